using System.Collections;
using AutoDiff.Curvature;
using AutoDiff.Tests.Numerics;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Curvature;

/// <summary>A mean over batches is the mean over all examples, whatever their size, however many threads share them.</summary>
public class BatchedObjectiveTests
{
    private const int Size = 8;
    private static readonly double[] Block = Key.Of(21).Normal([11 * Size]).ToArray();

    public static TheoryData<int> Sizes => [1, 2, 3, 4, 7, 8, 22, 23, 40];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Everything_is_that_of_all_examples_at_once(int size)
    {
        var objective = Batched.Objective(size);
        var point = Batched.Small(3);
        var (x, gradient) = (objective.Ravel(point), new double[Size]);
        Near([Batched.Whole(point).Item()], [objective.Value(x)]);
        Near([Batched.Whole(point).Item()], [objective.ValueAndGradient(x, gradient)]);
        Near(TreeMath.Ravel(Grad(Batched.Whole, point)).ToArray(), gradient);
        var line = objective.Along(point, Batched.Small(5));
        Assert.Equal(objective.Value(line.Point(0.3)), line.Value(0.3));
        var hessian = Hessian(Batched.Whole, point).ToArray();
        AssertOperator(hessian, objective.Hessian(point));
        AssertOperator(hessian, objective.Hessian(x));
        var all = Batched.Rows(0, Batched.Examples);
        var outputs = Evaluate(Batched.Model(point, all));
        var jacobian = Jacobian<Small, Tensor>(w => Batched.Model(w, all))(point);
        var outer = Hessian((Tensor y) => Batched.Outer(y, all), outputs);
        var decay = Hessian(Batched.Decay, point);
        AssertOperator((MatMul(Transpose(jacobian), MatMul(outer, jacobian)) + decay).ToArray(), objective.GaussNewton(point));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(23)]
    public void Threads_and_what_is_kept_change_no_bit(int size)
    {
        double[]? expected = null;
        foreach (var threads in new[] { 1, 2, 3, 8 })
        {
            foreach (var bytes in new[] { 0, 2000, 1L << 30 })
            {
                var found = All(Batched.Objective(size, new() { Threads = threads, KeptBytes = bytes }), new() { Threads = threads });
                expected ??= found;
                Assert.Equal(expected, found);
            }
        }

        static double[] All(Objective<Small> objective, RunOptions run)
        {
            var (x, gradient) = (objective.Ravel(Batched.Small(3)), new double[Size]);
            var (hessian, block) = (objective.Hessian(x), new double[Block.Length]);
            hessian.ApplyBlock(Block, block, 11, run);
            return
            [
                objective.Value(x, run),
                objective.ValueAndGradient(x, gradient, run),
                .. gradient,
                .. hessian.ToMatrix(run),
                .. hessian.Apply(x),
                .. hessian.Apply(x),
                .. block,
                .. objective.GaussNewton(x).ToMatrix(run),
            ];
        }
    }

    [Fact]
    public void A_vector_in_a_block_has_the_bits_that_it_has_in_any_other()
    {
        var hessian = Batched.Objective(5).Hessian(Batched.Small(3));
        var whole = Products(0, 11);
        foreach (var (start, count) in new[] { (0, 2), (3, 4), (4, 7), (9, 2) })
            Assert.Equal(whole.AsSpan(start * Size, count * Size).ToArray(), Products(start, count));

        double[] Products(int start, int count)
        {
            var products = new double[count * Size];
            hessian.ApplyBlock(Block.AsMemory(start * Size, count * Size), products, count);
            return products;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1500)]
    [InlineData(1 << 20)]
    public void No_more_is_kept_than_is_allowed(int bytes)
    {
        var reader = new BatchReader<Labelled, LinearPlans>(
            "Test",
            Batched.Of(6),
            null,
            batch => LinearPlans.Of("Test", (Small w, Small v) => Hvp(x => Batched.Loss(x, batch), w, v), Batched.Small(1))
        );
        var products = new BatchProducts<LinearPlans>(
            "Test",
            new WithoutLeaves(reader),
            plans => plans,
            LeafArrays.Of(Batched.Small(3)),
            null,
            null,
            new() { KeptBytes = bytes }
        );
        products.Apply(Block.AsSpan(0, Size), new double[Size]);
        var one = products.Kept;
        products.Apply(Block.AsSpan(0, Size), new double[Size]);
        Assert.Equal(one, products.Kept);
        Assert.InRange(one, 0, bytes);
        Assert.Equal(bytes > 0, one > 0);
        Assert.Equal(bytes > 2000, one > 2000);
    }

    [Fact]
    public void The_loss_is_called_once_for_each_shape_of_batch_and_each_batch_is_read_when_needed()
    {
        var calls = 0;
        var list = new Loading(5);
        var objective = Objective.Of(
            (Small w, Labelled batch) =>
            {
                calls++;
                return Batched.Loss(w, batch);
            },
            Batched.Small(1),
            list
        );
        Assert.Equal((2, 2), (calls, list.Reads));
        var x = objective.Ravel(Batched.Small(3));
        objective.Value(x);
        Assert.Equal(7, list.Reads);
        objective.ValueAndGradient(x, new double[Size]);
        var hessian = objective.Hessian(x);
        hessian.ToMatrix();
        hessian.Apply(x);
        hessian.ApplyBlock(Block, new double[Block.Length], 11);
        Assert.Equal(2, calls);
        Assert.Equal(1, list.MostAtOnce);
    }

    [Fact]
    public void Batches_of_one_shape_and_other_settings_have_plans_of_their_own()
    {
        var calls = 0;
        Powers[] batches = [new(Tensor.Of([1.0, 3], 2), 2), new(Tensor.Of([2.0, 5], 2), 3), new(Tensor.Of([4.0, 0], 2), 2)];
        var objective = Objective.Of(
            (Tensor x, Powers batch) =>
            {
                calls++;
                return Mean(batch.Factors) * Power(x, batch.Exponent);
            },
            (Tensor)1.0,
            batches
        );
        // (2x² + 3.5x³ + 2x²) ⁄ 3
        var gradient = new double[1];
        Near([(16 + 28) / 3.0], [objective.ValueAndGradient([2.0], gradient)]);
        Near([(16 + 42) / 3.0], gradient);
        Near([(8 + 42) / 3.0], objective.Hessian([2.0]).ToMatrix());
        Near([(16 + 28) / 3.0], [objective.Value([2.0])]);
        Assert.Equal(2, calls);
    }

    [Fact]
    public void Weights_need_not_sum_to_one_and_none_counts_nothing()
    {
        Labelled[] batches = [Batched.Rows(0, 3), Batched.Rows(3, 0), Batched.Rows(3, 3), Batched.Rows(6, 5)];
        var point = Batched.Small(3);
        double[] losses = [.. batches.Select(batch => Batched.Loss(point, batch).Item())];
        // The mean over no examples is not a number, and of no weight.
        Assert.Equal(double.NaN, losses[1]);
        Near([((3 * losses[0]) + (3 * losses[2]) + (5 * losses[3])) / 11], [Value(null)]);
        foreach (var scale in new[] { 1, 1e-200, 1e200 })
        {
            double[] weights = [0.5, 0, 0, 2];
            Near(
                [((0.5 * losses[0]) + (2 * losses[3])) / 2.5],
                [Value(batch => scale * weights[Array.FindIndex(batches, one => ReferenceEquals(one, batch))])]
            );
        }
        Near([losses[3]], [Value(batch => ReferenceEquals(batch, batches[3]) ? 7 : 0)]);
        Says("[Objective] got batches that all have weight 0", () => Value(_ => 0));
        Says("[Objective] batch 0 has weight -1; expected a finite number of at least 0", () => Value(_ => -1));
        Says("[Objective] batch 0 has weight NaN;", () => Value(_ => double.NaN));
        Says(
            "[Objective] batch 3 has weight Infinity;",
            () => Value(batch => ReferenceEquals(batch, batches[3]) ? double.PositiveInfinity : 1)
        );

        double Value(Func<Labelled, double>? weight)
        {
            var objective = Objective.Of(Batched.Loss, point, batches, weight: weight);
            return objective.Value(objective.Ravel(point));
        }
    }

    [Fact]
    public void An_operator_stays_as_it_is_when_the_objective_goes_elsewhere()
    {
        var objective = Batched.Objective(5);
        var hessian = objective.Hessian(Batched.Small(3));
        var before = objective.Hessian(Batched.Small(3)).Apply(Block.AsSpan(0, Size));
        objective.Hessian(Batched.Small(9)).Apply(Block.AsSpan(0, Size));
        objective.ValueAndGradient(Block.AsSpan(0, Size), new double[Size]);
        Assert.Equal(before, hessian.Apply(Block.AsSpan(0, Size)));
    }

    [Fact]
    public void A_point_is_classified_as_by_all_examples_at_once()
    {
        var origin = Newton.Minimize(Batched.Whole, Batched.Small(1)).Value;
        var expected = CriticalPoint.Classify(Batched.Whole, origin);
        foreach (var size in new[] { 3, 23 })
        {
            var found = CriticalPoint.Classify(Batched.Objective(size), origin);
            Assert.Equal((expected.Kind, expected.Index), (found.Kind, found.Index));
            Near(expected.Eigenvalues, found.Eigenvalues);
            Assert.InRange(found.HessianError, expected.HessianError / 10, expected.HessianError * 10);
            Assert.InRange(found.GradientError, expected.GradientError / 10, expected.GradientError * 10);
        }
    }

    [Fact]
    public void Rounding_errors_of_the_sums_are_seen()
    {
        // Two batches that cancel: what is left is rounding alone.
        Tensor[] batches = [Tensor.Of([1e8 / 3], 1), Tensor.Of([-1e8 / 3], 1)];
        var objective = Objective.Of((Tensor x, Tensor batch) => Mean(batch) * Sum(Exp(x)), Tensor.Zeros([1]), batches);
        double[] x = [0.3];
        Assert.InRange(RoundingError.OfGradient(objective, x, [0], new()), 1e-9, 1e-6);
        var hessian = objective.Hessian(x);
        Assert.InRange(RoundingError.OfHessian(hessian, hessian.ToMatrix(), new()), 1e-9, 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Work_is_told_of_and_stopped_between_batches_and_leaves_nothing_behind(int threads)
    {
        var objective = Batched.Objective(4);
        var (x, run) = (objective.Ravel(Batched.Small(3)), new RunOptions { Threads = threads });
        var (hessian, gradient, block) = (objective.Hessian(x), new double[Size], new double[Block.Length]);
        (string Stage, Action<RunOptions> Work)[] all =
        [
            ("loss", options => objective.Value(x, options)),
            ("gradient", options => objective.ValueAndGradient(x, gradient, options)),
            ("product", options => hessian.ApplyBlock(Block, block, 11, options)),
            ("Hessian", options => hessian.ToMatrix(options)),
        ];
        foreach (var (stage, work) in all)
        {
            var told = new Told();
            work(run with { Progress = told });
            Assert.All(told.Reports, report => Assert.Equal(stage, report.Stage));
            Assert.True(told.Reports.Count >= 6, $"{stage}: {told.Reports.Count}");
            Assert.Equal(1, told.Reports.Max(report => report.Fraction), 1e-14);
            for (var at = 0; at < 3; at++)
            {
                using var source = new CancellationTokenSource();
                Array.Clear(gradient);
                Assert.ThrowsAny<OperationCanceledException>(() =>
                    work(run with { Progress = new Cancelling(source, at), Cancellation = source.Token })
                );
                Assert.All(gradient, value => Assert.Equal(0, value));
                AssertSame();
            }
        }

        void AssertSame()
        {
            var fresh = Batched.Objective(4);
            Assert.Equal(fresh.Hessian(x).ToMatrix(), hessian.ToMatrix(run));
            Assert.Equal(fresh.Hessian(x).Apply(x), hessian.Apply(x));
            Assert.Equal(fresh.Value(x), objective.Value(x, run));
        }
    }

    [Fact]
    public void Many_small_terms_beside_a_large_one_are_not_lost()
    {
        // 2¹⁷ batches of one: 1, and then 1e-16 each, which a running sum would drop.
        var count = 1 << 17;
        Tensor[] batches = [.. Enumerable.Range(0, count).Select(i => Tensor.Of([i == 0 ? 1.0 : 1e-16], 1))];
        var objective = Objective.Of((Tensor x, Tensor batch) => x * Mean(batch), (Tensor)1.0, batches);
        var expected = (1 + ((count - 1) * 1e-16)) / count;
        Assert.InRange(objective.Value([1.0]) / expected - 1, -5e-16, 5e-16);
    }

    [Fact]
    public void What_is_misused_says_so()
    {
        var point = Batched.Small(1);
        Says("[Objective] got no batches; expected at least one", () => Objective.Of(Batched.Loss, point, Array.Empty<Labelled>()));
        Says("[Objective] the function gave shape [5]; expected a scalar []", () => Objective.Of(Batched.Losses, point, Batched.Of(5)));
        Says(
            "[Objective] the function gave shape [2]; expected a scalar []",
            () => Objective.Of(Batched.Loss, point, Batched.Of(5), w => w.Bias)
        );
        Says("[Objective] batch 1 is null", () => Objective.Of(Batched.Loss, point, new Labelled[] { Batched.Rows(0, 3), null! }));
        Says(
            "[Objective] got a batch whose first leaf has no axis to count examples by",
            () => Objective.Of((Tensor x, Tensor batch) => x * batch, (Tensor)1.0, new Tensor[] { 1.0 })
        );
        Says("[BatchOptions] got -1 bytes to keep; expected at least 0", () => _ = new BatchOptions { KeptBytes = -1 });
        Assert.Throws<ArgumentNullException>(() => Objective.Of((Func<Small, Labelled, Tensor>)null!, point, Batched.Of(5)));
        Assert.Throws<ArgumentNullException>(() => Objective.Of(Batched.Loss, point, (Labelled[])null!));
        var alone = Objective.Of(Batched.Loss, point, Batched.Of(5));
        Assert.Throws<InvalidOperationException>(() => alone.GaussNewton(point));
        Says("[Objective.Value] got a point of 7 values; expected 8", () => alone.Value(new double[7]));
        Assert.True(new BatchOptions().KeptBytes > 0);
    }

    private static void AssertOperator(double[] expected, LinearOperator found)
    {
        Near(expected, found.ToMatrix());
        Near(Matrices.Times(expected, Block[..Size]), found.Apply(Block.AsSpan(0, Size)));
        foreach (var count in new[] { 1, 3, 11 })
        {
            var products = new double[count * Size];
            found.ApplyBlock(Block.AsMemory(0, count * Size), products, count);
            for (var i = 0; i < count; i++)
                Near(Matrices.Times(expected, Block[(i * Size)..((i + 1) * Size)]), products[(i * Size)..((i + 1) * Size)]);
        }
    }

    private static void Says(string message, Action misuse) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(misuse).Message, StringComparison.Ordinal);

    private static void Near(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= 1e-13 * Math.Max(1, Math.Abs(expected[i])),
                $"{i}: {expected[i]:R} {actual[i]:R}"
            );
    }

    private sealed class WithoutLeaves(BatchSequence<LinearPlans> batches) : BatchSequence<LinearPlans>
    {
        public override int Count => batches.Count;

        public override LinearPlans First => batches.First;

        public override Batch<LinearPlans> Read(int index) => batches.Read(index) with { Leaves = [] };
    }

    private sealed class Told : IProgress<RunProgress>
    {
        private readonly Lock _lock = new();

        public List<RunProgress> Reports { get; } = [];

        public void Report(RunProgress value)
        {
            lock (_lock)
                Reports.Add(value);
        }
    }

    /// <summary>Batches made when they are read, which forgets nobody who reads at the same time.</summary>
    private sealed class Loading(int size) : IReadOnlyList<Labelled>
    {
        private int _inside;

        public int Reads { get; private set; }

        public int MostAtOnce { get; private set; }

        public int Count => (Batched.Examples + size - 1) / size;

        public Labelled this[int index]
        {
            get
            {
                MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _inside));
                Reads++;
                Thread.Sleep(1);
                Interlocked.Decrement(ref _inside);
                return Batched.Rows(index * size, Math.Min(size, Batched.Examples - (index * size)));
            }
        }

        public IEnumerator<Labelled> GetEnumerator() => throw new NotSupportedException();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
