using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Execution;

/// <summary>A part that is set is written in the tensor's place where nothing else needs it, and nowhere else.</summary>
public sealed class UpdateTests
{
    [Fact]
    public void ALoopOverRowsMovesEachRowOnce()
    {
        const int Count = 200;
        var graph = PlanCases.Graph(
            [
                [Count, 3],
            ],
            x => [Sum(Sin(Filled(x[0], Count)))]
        );
        Assert.InRange(Plan<double>.Of(graph).Traffic, 0, 12 * Count * 3);
    }

    /// <summary>Each row is made of the one before it, so that its cotangent is read while others are being changed.</summary>
    [Fact]
    public void ARecurrenceOverRowsMovesEachRowAFewTimes()
    {
        const int Count = 200;
        Tensor Loss(Tensor x)
        {
            var y = x;
            for (var i = 1; i < Count; i++)
                y = y.At(i).Set(Tanh(y[i - 1] + x[i]));
            return Sum(Sin(y));
        }
        var graph = PlanCases.Graph(
            [
                [Count, 3],
            ],
            x => [Loss(x[0]), Grad(Loss, x[0])]
        );
        Assert.InRange(Plan<double>.Of(graph).Traffic, 0, 80 * Count * 3);
    }

    /// <summary>What is read afterwards stays as it was.</summary>
    [Fact]
    public void WhatIsStillNeededIsNotWrittenTo()
    {
        var x = Key.Of(1).Normal([4, 3]);
        var f = Compile(
            (Tensor x) =>
            {
                var y = Sin(x);
                var z = y.At(1).Set(y[0] * 2);
                return Stack([y, z, z.At(0..2).Set(z[1..3]), z.At(.., 1..).Add(z[.., ..2])]);
            }
        );
        var (y, result) = (Sin(x).ToArray(), f.Invoke(x).ToArray());
        double[] z = [.. y];
        for (var i = 0; i < 3; i++)
            z[3 + i] = 2 * y[i];
        double[] moved = [.. z[3..9], .. z[6..]];
        var added = (double[])z.Clone();
        for (var row = 0; row < 4; row++)
            (added[(3 * row) + 1], added[(3 * row) + 2]) = (z[(3 * row) + 1] + z[3 * row], z[(3 * row) + 2] + z[(3 * row) + 1]);
        Assert.Equal([.. y, .. z, .. moved, .. added], result);
    }

    /// <summary>Set parts that overlap, repeat or leave rows out, against the same by concatenation.</summary>
    [Theory]
    [InlineData(0, 1, 2, 3, 4)]
    [InlineData(4, 2, 0)]
    [InlineData(1, 1, 3, 1)]
    [InlineData(0, 0, 0)]
    public void GradientsAreThoseOfConcatenation(params int[] rows)
    {
        var (x, start) = (Key.Of(1).Normal([8, 3]), Key.Of(2).Normal([6, 3]));
        Tensor BySetting(TreeList<Tensor> t) =>
            Loss(rows.Aggregate(t[1], (y, row) => y.At(row..(row + 2)).Set(Tanh(t[0][row..(row + 2)] + y[0]))));
        Tensor ByJoining(TreeList<Tensor> t) =>
            Loss(rows.Aggregate(t[1], (y, row) => Concatenate([y[..row], Tanh(t[0][row..(row + 2)] + y[0]), y[(row + 2)..]])));
        Same(BySetting, ByJoining);
        Same(t => Loss(Grad(BySetting, t)[0]), t => Loss(Grad(ByJoining, t)[0]));

        void Same(Func<TreeList<Tensor>, Tensor> f, Func<TreeList<Tensor>, Tensor> g)
        {
            TreeList<Tensor> point = [x, start];
            foreach (var (a, b) in Grad(f, point).Zip(Grad(g, point)))
                ReferenceData.AssertClose(b.ToArray(), a.ToArray(), 1e-13, "gradient");
        }

        static Tensor Loss(Tensor y) => Sum(Sin(y) * Cos(2 * y));
    }

    /// <summary>The inside of a grid, set at each of many steps: no account is kept of its positions, which are many, since nothing finds room beside it.</summary>
    [Fact]
    public void AGridsInsideIsNotCountedElementByElement()
    {
        const int steps = 8;
        static Tensor Loss(Tensor grid)
        {
            for (var step = 0; step < steps; step++)
                grid = grid.At(1..^1, 1..^1).Set(Sin(grid[2.., 1..^1] + grid[..^2, 1..^1]));
            return Sum(grid);
        }
        var x = new Input([512, 512], "x");
        _ = Grad(Loss, (Tensor)new Input([4, 4], "x"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = Grad(Loss, (Tensor)x);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, steps * 510 * 510);
    }

    /// <summary>Two that share one cotangent each have their own parts of it set to 0.</summary>
    [Fact]
    public void ASharedCotangentIsSplitForEach()
    {
        var w = Tensor.Of([1.0, 10, 100]);
        var (a, b) = (Tensor.Of([1.0, 2, 3]), Tensor.Of([4.0, 5, 6]));
        var g = Grad(
            t => Sum((t[0].At(0).Set(t[1][1]).At(1).Set(7) + t[1].At(1).Set(t[0][2]).At(0).Set(t[0][1])) * w),
            new TreeList<Tensor>([a, b])
        );
        Assert.Equal([0, 1, 110], g[0].ToArray());
        Assert.Equal([0, 1, 100], g[1].ToArray());
    }

    private static Tensor Filled(Tensor x, int count)
    {
        var y = Tensor.Zeros(x.Shape);
        for (var i = 0; i < count; i++)
            y = y.At(i).Set(Square(x[i]));
        return y;
    }
}
