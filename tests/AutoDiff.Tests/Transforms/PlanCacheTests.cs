using System.Runtime.CompilerServices;
using AutoDiff.Optimization;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>How many plans a compiled function makes and keeps.</summary>
public class PlanCacheTests
{
    [Fact]
    public void KeepsAStatedNumberOfPlans()
    {
        Assert.Equal(CompileOptions.Default.Plans, Kept(CompileOptions.Default, shapes: 100));
        Assert.Equal(5, Kept(new() { Plans = 5 }, shapes: 100));
        Assert.Equal(3, Kept(new() { Plans = 5 }, shapes: 3));
        Assert.Contains(
            "[Compile] got 0 plans; expected at least 1",
            Assert.Throws<ArgumentException>(() => Compile((Tensor x) => x, new() { Plans = 0 })).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void LetsGoOfTheOneUsedLongestAgo()
    {
        var traces = 0;
        var f = Compile(
            (Tensor x) =>
            {
                traces++;
                return Sum(x);
            },
            new() { Plans = 2 }
        );
        int[] lengths = [1, 2, 1, 3, 1, 1, 3, 2, 3, 1];
        int[] made = [1, 2, 2, 3, 3, 3, 3, 4, 4, 5];
        for (var i = 0; i < lengths.Length; i++)
        {
            Assert.Equal(lengths[i], f.Invoke(Tensor.Ones([lengths[i]])).Item());
            Assert.Equal(made[i], traces);
        }
    }

    [Fact]
    public void APlanThatIsLetGoStillRuns()
    {
        var f = Compile((Tensor x) => Exp(x), new() { Plans = 1 });
        var kept = f.For(Tensor.Ones([3]));
        f.Invoke(Tensor.Ones([4]));
        Assert.NotSame(kept, f.For(Tensor.Ones([3])));
        double[][] results = [new double[3]];
        kept.Run(
            [
                [0, 0, 0],
            ],
            results
        );
        Assert.Equal([1, 1, 1], results[0]);
    }

    [Fact]
    public void ThreadsThatMeetManyShapesGetRightResultsAndAtMostTheStatedNumber()
    {
        var f = Compile((Tensor x) => Sum(x), new() { Plans = 3 });
        Parallel.For(0, 400, i => Assert.Equal(1 + (i % 7), f.Invoke(Tensor.Ones([1 + (i % 7)])).Item()));
        Assert.InRange(Enumerable.Range(1, 7).Count(n => IsKept(f, n)), 1, 3);

        static bool IsKept(Compiled<Tensor, Tensor> f, int length) => f.KeptFor(Tensor.Ones([length])) is not null;
    }

    [Fact]
    public void AFoldOverManyShapesKeepsAsManyPlans()
    {
        var traced = new List<WeakReference>();
        var step = Compile(
            (Tensor sum, Tensor batch) =>
            {
                traced.Add(new(batch));
                return sum + Sum(batch);
            },
            new() { Plans = 3 }
        );
        var counts = new Counts(traced);
        int[] lengths = [.. Enumerable.Range(1, 40), 40, 39, 40, 38, 39, 40];
        var end = Fold(step, (Tensor)0, lengths.Select(length => Tensor.Ones([length])), counts);
        Assert.Equal(lengths.Sum(), end.Item());
        Assert.Equal(40, traced.Count);
        Assert.All(counts.Alive.Skip(3), alive => Assert.Equal(3, alive));
    }

    /// <summary>How many of the plans that were traced are alive after each step.</summary>
    private sealed class Counts(List<WeakReference> traced) : IProgress<FoldProgress<Tensor>>
    {
        public List<int> Alive { get; } = [];

        public void Report(FoldProgress<Tensor> value)
        {
            GC.Collect();
            Alive.Add(traced.Count(reference => reference.IsAlive));
        }
    }

    /// <summary>How many of the executables for shapes [1], [2], … are alive once the caller has let go of them.</summary>
    private static int Kept(CompileOptions options, int shapes)
    {
        var f = Compile((Tensor x) => Grad((Tensor w) => Sum(Tanh(w)), x), options);
        var made = Made(f, shapes);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var kept = made.Count(reference => reference.IsAlive);
        GC.KeepAlive(f);
        return kept;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Made(Compiled<Tensor, Tensor> f, int shapes) =>
        [.. Enumerable.Range(1, shapes).Select(length => new WeakReference(f.For(Tensor.Ones([length]))))];
}
