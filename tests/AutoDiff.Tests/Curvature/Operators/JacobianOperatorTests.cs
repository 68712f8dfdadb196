using AutoDiff.Curvature;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Curvature;

/// <summary>A Jacobian's products, forward and back, against its elements, on all examples at once and over batches.</summary>
public class JacobianOperatorTests
{
    private const int Columns = 8;
    private static readonly double[] Numbers = Key.Of(31).Normal([5 * 200]).ToArray();

    /// <summary>Functions of more outputs than parameters, of fewer, of a scalar, of rank three and without a leaf.</summary>
    private static readonly Dictionary<string, Func<Small, Labelled, Tensor>> Functions = new()
    {
        ["outputs of each example"] = Batched.Model,
        ["a loss of each example"] = Batched.Losses,
        ["one number"] = Batched.Loss,
        ["rank three"] = (w, batch) => ExpandDims(Batched.Model(w, batch), 1) * Tensor.Ones([2, 1]),
        ["a leaf that is not used"] = (w, batch) => Sum(Sin(MatMul(batch.Inputs, w.Weight)), 1),
    };

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var name in Functions.Keys)
            {
                foreach (var size in new[] { 1, 4, 9, 23 })
                    cases.Add(name, size);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Products_and_elements_are_those_of_the_Jacobians_of_all_batches(string name, int size)
    {
        var (function, point) = (Functions[name], Batched.Small(3));
        double[] expected = [.. Batched.Of(size).SelectMany(batch => Rows(function, point, batch))];
        double[]? bits = null;
        foreach (var (threads, bytes) in new[] { (1, 1L << 30), (1, 0), (3, 700), (8, 1L << 30) })
        {
            var jacobian = JacobianOperator.Of(function, point, Batched.Of(size), new() { Threads = threads, KeptBytes = bytes });
            var found = Against(expected, jacobian, threads);
            bits ??= found;
            Assert.Equal(bits, found);
        }
    }

    [Theory]
    [InlineData("outputs of each example")]
    [InlineData("one number")]
    public void A_function_of_the_point_alone_needs_no_batch(string name)
    {
        var (all, point) = (Batched.Rows(0, 3), Batched.Small(3));
        var function = Functions[name];
        Against(Rows(function, point, all), JacobianOperator.Of(w => function(w, all), point), 2);
    }

    [Fact]
    public void More_rows_than_are_computed_at_a_time_have_their_places()
    {
        var x = Key.Of(33).Normal([90, 150]);
        Tensor[] batches = [Evaluate(Slice(x, 0, 0, 41)), Evaluate(Slice(x, 0, 41, 90))];
        var point = Evaluate(Key.Of(34).Normal([150]));
        var jacobian = JacobianOperator.Of((Tensor w, Tensor batch) => Sin(MatMul(batch, w)), point, batches);
        var expected = Jacobian<Tensor, Tensor>(w => Sin(MatMul(x, w)))(point).ToArray();
        Near(expected, jacobian.ToMatrix(), 10);
    }

    [Fact]
    public void There_may_be_no_outputs_and_no_parameters()
    {
        var none = JacobianOperator.Of((Tensor x) => Slice(x, 0, 0, 0), Tensor.Ones([3]));
        Assert.Equal((0, 3), (none.Rows, none.Size));
        Assert.Empty(none.Apply([1, 2, 3]));
        Assert.Empty(none.ToMatrix());
        Assert.Equal([0, 0, 0], none.ApplyTransposed([]));
        var constant = JacobianOperator.Of((TreeList<Tensor> _) => Tensor.Ones([2]), new TreeList<Tensor>([]));
        Assert.Equal((2, 0), (constant.Rows, constant.Size));
        Assert.Equal([0, 0], constant.Apply([]));
        Assert.Empty(constant.ApplyTransposed([1, 2]));
        Assert.Empty(constant.ToMatrix());
        Assert.Equal([6.0], JacobianOperator.Of((Tensor x) => Square(x), (Tensor)3.0).ToMatrix());
    }

    [Fact]
    public void Scales_far_from_one_are_exact()
    {
        foreach (var scale in new[] { 1e-150, 1e150 })
        {
            var jacobian = JacobianOperator.Of(
                (Small w, Labelled batch) => scale * Batched.Losses(w, batch),
                Batched.Small(3),
                Batched.Of(4)
            );
            var plain = JacobianOperator.Of(Batched.Losses, Batched.Small(3), Batched.Of(4));
            Near([.. plain.ToMatrix().Select(value => value * scale)], jacobian.ToMatrix(), scale);
        }
    }

    [Fact]
    public void Work_is_stopped_between_batches()
    {
        var jacobian = JacobianOperator.Of(Batched.Loss, Batched.Small(3), Batched.Of(4));
        var before = jacobian.ToMatrix();
        foreach (
            var work in new Action<RunOptions>[]
            {
                run => jacobian.ToMatrix(run),
                run => jacobian.ApplyBlock(Numbers.AsMemory(0, Columns), new double[jacobian.Rows], 1, run),
                run => jacobian.ApplyTransposedBlock(Numbers.AsMemory(0, jacobian.Rows), new double[Columns], 1, run),
            }
        )
        {
            using var source = new CancellationTokenSource();
            var run = new RunOptions
            {
                Threads = 1,
                Cancellation = source.Token,
                Progress = new Cancelling(source, 0),
            };
            Assert.ThrowsAny<OperationCanceledException>(() => work(run));
            Assert.Throws<OperationCanceledException>(() => work(new() { Cancellation = new(canceled: true) }));
            Assert.Equal(before, jacobian.ToMatrix());
        }
    }

    [Fact]
    public void What_is_misused_says_so()
    {
        var point = Batched.Small(3);
        var jacobian = JacobianOperator.Of(Batched.Model, point, Batched.Of(4));
        Assert.False(jacobian.IsSymmetric);
        Says("[LinearOperator.Apply] got a vector x of 46 values; expected 8", () => jacobian.Apply(new double[46]));
        Says("[JacobianOperator.ApplyTransposed] got a vector w of 8 values; expected 46", () => jacobian.ApplyTransposed(new double[8]));
        Says(
            "[JacobianOperator.ApplyTransposedBlock] got a block y of 8 values; expected 16",
            () => jacobian.ApplyTransposedBlock(new double[92], new double[8], 2)
        );
        Says("[JacobianOperator.ApplyTransposedBlock] got -1 vectors", () => jacobian.ApplyTransposedBlock(default, default, -1));
        Says("[Jacobian] got no batches", () => JacobianOperator.Of(Batched.Model, point, Array.Empty<Labelled>()));
        Assert.Throws<ArgumentNullException>(() => JacobianOperator.Of((Func<Small, Tensor>)null!, point));
        Assert.Throws<ArgumentNullException>(() => JacobianOperator.Of(Batched.Model, (Small)null!, Batched.Of(4)));
    }

    private static double[] Rows(Func<Small, Labelled, Tensor> function, Small point, Labelled batch) =>
        Jacobian<Small, Tensor>(w => function(w, batch))(point).ToArray();

    /// <summary>All that it gives, seen to be that of a matrix.</summary>
    private static double[] Against(double[] expected, JacobianOperator jacobian, int threads)
    {
        var rows = expected.Length / Columns;
        Assert.Equal((rows, Columns), (jacobian.Rows, jacobian.Size));
        var run = new RunOptions { Threads = threads };
        var matrix = jacobian.ToMatrix(run);
        Near(expected, matrix, 1);
        var all = new List<double>(matrix);
        foreach (var count in new[] { 1, 3, 5 })
        {
            var (x, w) = (Numbers[..(count * Columns)], Numbers[..(count * rows)]);
            var (y, z) = (new double[count * rows], new double[count * Columns]);
            jacobian.ApplyBlock(x, y, count, run);
            jacobian.ApplyTransposedBlock(w, z, count, run);
            for (var k = 0; k < count; k++)
            {
                Near(
                    [.. Enumerable.Range(0, rows).Select(i => Dot(i * Columns, 1, x[(k * Columns)..]))],
                    y[(k * rows)..((k + 1) * rows)],
                    1
                );
                Near(
                    [.. Enumerable.Range(0, Columns).Select(j => Transposed(j, w[(k * rows)..]))],
                    z[(k * Columns)..((k + 1) * Columns)],
                    1
                );
            }
            all.AddRange([.. y, .. z]);
        }
        return [.. all, .. jacobian.Apply(Numbers.AsSpan(0, Columns)), .. jacobian.ApplyTransposed(Numbers.AsSpan(0, rows))];

        double Dot(int start, int step, double[] v) => Enumerable.Range(0, Columns).Sum(j => expected[start + (step * j)] * v[j]);
        double Transposed(int column, double[] v) => Enumerable.Range(0, rows).Sum(i => expected[(i * Columns) + column] * v[i]);
    }

    private static void Says(string message, Action misuse) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(misuse).Message, StringComparison.Ordinal);

    private static void Near(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double scale)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= 1e-13 * Math.Max(scale, Math.Abs(expected[i])),
                $"{i}: {expected[i]:R} {actual[i]:R}"
            );
    }
}
