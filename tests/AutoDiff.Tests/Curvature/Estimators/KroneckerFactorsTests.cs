using AutoDiff.Curvature;
using AutoDiff.Tests.Numerics;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Curvature;

/// <summary>Two dense layers, the bias of one before its weight, the other without one.</summary>
[TensorTree]
public sealed partial record Dense(Tensor Bias, Tensor First, Tensor Second);

/// <summary>Kronecker factors against their definition, example by example, and against the matrices that they stand for.</summary>
public class KroneckerFactorsTests
{
    private const int Hidden = 4;
    private const int Size = Hidden + (3 * Hidden) + (Hidden * 2);
    private static readonly Dense Point = Evaluate(
        new Dense(Key.Of(41).Normal([Hidden]), Key.Of(42).Normal([3, Hidden]), Key.Of(43).Normal([Hidden, 2]))
    );

    private static readonly Dictionary<string, (Likelihood Likelihood, Func<Labelled, Tensor> Targets)> Cases = new()
    {
        ["categorical"] = (Likelihood.Categorical, batch => Take(batch.Targets, 1, 1)),
        ["Bernoulli"] = (Likelihood.Bernoulli, batch => batch.Targets),
        ["Gaussian"] = (Likelihood.Gaussian(0.3), batch => batch.Targets),
        ["Poisson"] = (Likelihood.Poisson, batch => 3 * batch.Targets),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Factors_are_second_moments_of_inputs_and_of_gradients_in_outputs(string name)
    {
        var (likelihood, targets) = Cases[name];
        foreach (var size in new[] { 1, 6, Batched.Examples })
        {
            Check(KroneckerFactors.Of(Model, likelihood, Point, Batched.Of(size)), Expected(likelihood, null));
            Check(KroneckerFactors.Empirical(Model, likelihood, targets, Point, Batched.Of(size)), Expected(likelihood, targets));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_one_example_they_are_the_matrixs_own_blocks(string name)
    {
        var (likelihood, targets) = Cases[name];
        Labelled[] one = [Batched.Rows(4, 1)];
        var objective = Objective.Of((w, batch) => Model(w, batch, new DenseLayers()), likelihood, targets, Point, one);
        var exact = KroneckerFactors.Of(Model, likelihood, Point, one);
        var empirical = KroneckerFactors.Empirical(Model, likelihood, targets, Point, one);
        Blocks(exact, objective.Fisher(Point));
        Blocks(empirical, objective.EmpiricalFisher(Point));

        static void Blocks(KroneckerFactors factors, LinearOperator whole)
        {
            for (var layer = 0; layer < 2; layer++)
            {
                var error = factors.Error(whole, layer, Key.Of(1));
                Assert.InRange(error.Value, 0, 1e-13);
                Assert.Equal((0, factors.Layers[layer].Inputs * factors.Layers[layer].Outputs), (error.StandardError, error.Products));
            }
        }
    }

    [Fact]
    public void Of_a_linear_model_and_normal_targets_they_are_exact()
    {
        var point = Batched.Small(3);
        Tensor Linear(Small w, Labelled batch, DenseLayers layers) => layers.Dense(batch.Inputs, w.Weight, w.Bias);
        var likelihood = Likelihood.Gaussian(0.3);
        var factors = KroneckerFactors.Of(Linear, likelihood, point, Batched.Of(5));
        var fisher = Objective
            .Of((Small w, Labelled batch) => Linear(w, batch, new()), likelihood, batch => batch.Targets, point, Batched.Of(5))
            .Fisher(point);
        Near(fisher.ToMatrix(), factors.ToMatrix());
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(0.3)]
    [InlineData(1e6)]
    public void The_damped_inverse_is_that_of_each_block(double damping)
    {
        var factors = KroneckerFactors.Of(Model, Likelihood.Categorical, Point, Batched.Of(6));
        var x = Key.Of(8).Normal([Size]).ToArray();
        var back = factors.Shift(damping).Apply(factors.Inverse(damping).Apply(x).AsSpan());
        for (var i = 0; i < Size; i++)
            Assert.Equal(x[i], back[i], 1e-15 * Math.Max(1e4, 100 / damping));
    }

    [Fact]
    public void The_error_is_that_of_the_dense_blocks_and_its_estimate_is_near()
    {
        var objective = Objective.Of(
            (w, batch) => Model(w, batch, new DenseLayers()),
            Likelihood.Categorical,
            Cases["categorical"].Targets,
            Point,
            Batched.Of(6)
        );
        var (factors, fisher) = (KroneckerFactors.Of(Model, Likelihood.Categorical, Point, Batched.Of(6)), objective.Fisher(Point));
        var (dense, exact) = (factors.ToMatrix(), fisher.ToMatrix());
        int[][] places =
        [
            [.. Enumerable.Range(0, Hidden + (3 * Hidden))],
            [.. Enumerable.Range(4 * Hidden, 2 * Hidden)],
        ];
        for (var layer = 0; layer < 2; layer++)
        {
            var own = places[layer];
            var pairs = own.SelectMany(i => own.Select(j => (Factors: dense[(i * Size) + j], Exact: exact[(i * Size) + j]))).ToArray();
            var expected = Math.Sqrt(
                pairs.Sum(pair => Math.Pow(pair.Factors - pair.Exact, 2)) / pairs.Sum(pair => Math.Pow(pair.Exact, 2))
            );
            Assert.InRange(expected, 0.01, 1);
            Assert.Equal(expected, factors.Error(fisher, layer, Key.Of(1)).Value, 1e-12);
            // Five probes of a block of eight or sixteen rows, many times: right on average, and as uncertain as they say.
            Estimate[] estimates = [.. Enumerable.Range(0, 200).Select(i => factors.Error(fisher, layer, Key.Of((ulong)i), products: 5))];
            Assert.All(estimates, estimate => Assert.Equal((5, 5), (estimate.Products, estimate.Samples)));
            var spread = Math.Sqrt(estimates.Average(estimate => Math.Pow(estimate.Value - expected, 2)));
            Assert.InRange(Math.Abs(estimates.Average(estimate => estimate.Value) - expected), 0, spread / 2);
            Assert.InRange(Math.Sqrt(estimates.Average(estimate => Math.Pow(estimate.StandardError, 2))) / spread, 0.5, 1.6);
        }
        // Between layers there is nothing.
        Assert.All(places[0], i => Assert.All(places[1], j => Assert.Equal(0, dense[(i * Size) + j])));
        var large = factors.Scale(1e150);
        Assert.True(large.IsSymmetric);
        Assert.Equal(
            1 - 1e-150,
            KroneckerFactors.Of(Model, Likelihood.Categorical, Point, Batched.Of(6)).Error(large, 0, Key.Of(1), 3).Value,
            1e-12
        );
    }

    [Fact]
    public void Threads_change_no_bit_and_work_is_stopped_between_batches()
    {
        var expected = KroneckerFactors.Of(Model, Likelihood.Poisson, Point, Batched.Of(3), options: new() { Threads = 1 }).ToMatrix();
        Assert.Equal(
            expected,
            KroneckerFactors.Of(Model, Likelihood.Poisson, Point, Batched.Of(3), options: new() { Threads = 3 }).ToMatrix()
        );
        using var source = new CancellationTokenSource();
        var run = new RunOptions
        {
            Threads = 1,
            Cancellation = source.Token,
            Progress = new Cancelling(source, 1),
        };
        Assert.Throws<OperationCanceledException>(() => KroneckerFactors.Of(Model, Likelihood.Poisson, Point, Batched.Of(3), options: run));
    }

    [Fact]
    public void What_is_misused_says_so()
    {
        var batches = Batched.Of(6);
        Says(
            "[KroneckerFactors] leaf \"Second\" is in 0 dense layers; expected each leaf in one, once",
            () => Of((w, batch, layers) => MatMul(layers.Dense(batch.Inputs, w.First, w.Bias), w.Second))
        );
        Says(
            "[KroneckerFactors] leaf \"Bias\" is in 2 dense layers",
            () => Of((w, batch, layers) => Model(w, batch, layers) + layers.Dense(layers.Dense(batch.Inputs, w.First, w.Bias), w.Second))
        );
        Says(
            "[KroneckerFactors] got a weight [4,2] that is no leaf of the parameters",
            () => Of((w, batch, layers) => layers.Dense(layers.Dense(batch.Inputs, w.First, w.Bias), w.Second * 2))
        );
        Says(
            "[KroneckerFactors] a dense layer got inputs [3,3] of a batch of 6 examples; expected a row for each example",
            () =>
                Of(
                    (w, batch, layers) =>
                        MatMul(
                            Tensor.Ones([batch.Inputs.Shape[0], 3]),
                            layers.Dense(Tanh(layers.Dense(batch.Inputs[0..3], w.First, w.Bias)), w.Second)
                        )
                )
        );
        Says("[DenseLayers.Dense] got inputs [4]; expected [examples, inputs]", () => Of((w, _, layers) => layers.Dense(w.Bias, w.Second)));
        Says(
            "[DenseLayers.Dense] got a bias [4] beside a weight [4,2]; expected one number for each output",
            () => Of((w, batch, layers) => layers.Dense(MatMul(batch.Inputs, w.First), w.Second, w.Bias))
        );
        var factors = Of(Model);
        Says("[KroneckerFactors.Inverse] got damping 0; expected a positive finite number", () => factors.Inverse(0));
        Says("[KroneckerFactors.Inverse] got damping NaN;", () => factors.Inverse(double.NaN));
        Says("[KroneckerFactors.Error] got layer 2; expected 0 to 1", () => factors.Error(factors, 2, Key.Of(1)));
        Says("[KroneckerFactors.Error] got 1 products; expected at least 2", () => factors.Error(factors, 0, Key.Of(1), 1));
        Says(
            "[KroneckerFactors.Error] got an operator [1,1]; expected size 24",
            () => factors.Error(MatrixOperator.Of([1], 1), 0, Key.Of(1))
        );
        Assert.Throws<ArgumentNullException>(() => factors.Error(null!, 0, Key.Of(1)));
        Assert.Throws<ArgumentNullException>(() => KroneckerFactors.Of(Model, null!, Point, batches));

        KroneckerFactors Of(Func<Dense, Labelled, DenseLayers, Tensor> model) =>
            KroneckerFactors.Of(model, Likelihood.Categorical, Point, batches);
    }

    private static Tensor Model(Dense w, Labelled batch, DenseLayers layers) =>
        layers.Dense(Tanh(layers.Dense(batch.Inputs, w.First, w.Bias)), w.Second);

    /// <summary>The factors by their definition: one example at a time, its outputs' Fisher information as a matrix.</summary>
    private static double[][] Expected(Likelihood likelihood, Func<Labelled, Tensor>? targets)
    {
        var factors = new Tensor[]
        {
            Tensor.Zeros([4, 4]),
            Tensor.Zeros([Hidden, Hidden]),
            Tensor.Zeros([Hidden, Hidden]),
            Tensor.Zeros([2, 2]),
        };
        for (var i = 0; i < Batched.Examples; i++)
        {
            var one = Batched.Rows(i, 1);
            var sums = MatMul(one.Inputs, Point.First) + Point.Bias;
            var (hidden, outputs) = (Tanh(sums), MatMul(Tanh(sums), Point.Second));
            var information = targets is null
                ? Jacobian<Tensor, Tensor>(u => Reshape(likelihood.Fisher(outputs, Reshape(u, 1, 2)), 2))(Tensor.Zeros([2]))
                : Outer(Reshape(Grad(y => Sum(likelihood.Losses(y, targets(one))), outputs), 2));
            var jacobian = Jacobian<Tensor, Tensor>(s => Reshape(MatMul(Tanh(Reshape(s, 1, Hidden)), Point.Second), 2))(
                Reshape(sums, Hidden)
            );
            Tensor[] own =
            [
                Outer(Concatenate([Reshape(one.Inputs, 3), Tensor.Ones([1])], 0)),
                MatMul(Transpose(jacobian), MatMul(information, jacobian)),
                Outer(Reshape(hidden, Hidden)),
                information,
            ];
            for (var j = 0; j < own.Length; j++)
                factors[j] += own[j] / Batched.Examples;
        }
        return Array.ConvertAll(factors, factor => factor.ToArray());
    }

    private static Tensor Outer(Tensor v) => Reshape(v, v.Shape[0], 1) * Reshape(v, 1, v.Shape[0]);

    private static void Check(KroneckerFactors found, double[][] expected)
    {
        Assert.Equal(
            [("First", "Bias", 4, Hidden), ("Second", null, Hidden, 2)],
            found.Layers.Select(layer => (layer.Weight, layer.Bias, layer.Inputs, layer.Outputs))
        );
        for (var layer = 0; layer < 2; layer++)
        {
            Near(expected[2 * layer], found.Layers[layer].Activations);
            Near(expected[(2 * layer) + 1], found.Layers[layer].Gradients);
        }
        // Bias, then the first weight, then the second: the bias is the last row of its layer's matrix.
        var matrix = found.ToMatrix();
        var (a, g) = (expected[0], expected[1]);
        for (var i = 0; i < 4 * Hidden; i++)
        {
            for (var j = 0; j < 4 * Hidden; j++)
            {
                var ((row, column), (otherRow, otherColumn)) = (InFirst(i), InFirst(j));
                Assert.Equal(a[(row * 4) + otherRow] * g[(column * Hidden) + otherColumn], matrix[(i * Size) + j], 1e-13);
            }
        }
        Near(
            Matrices.Times(matrix, [.. Enumerable.Range(0, Size).Select(i => Math.Sin(i))]),
            found.Apply([.. Enumerable.Range(0, Size).Select(i => Math.Sin(i))])
        );

        static (int Row, int Column) InFirst(int i) => i < Hidden ? (3, i) : ((i - Hidden) / Hidden, i % Hidden);
    }

    private static void Says(string message, Action misuse) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(misuse).Message, StringComparison.Ordinal);

    private static void Near(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        var scale = Math.Max(1, expected.Max(Math.Abs));
        for (var i = 0; i < expected.Count; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-13 * scale, $"{i}: {expected[i]:R} {actual[i]:R}");
    }
}
