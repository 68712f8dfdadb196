using AutoDiff.Curvature;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Curvature;

/// <summary>Fisher matrices, exact, drawn and empirical, and the covariance of gradients, against their definitions.</summary>
public class FisherTests
{
    private const int Size = 8;
    private const int Examples = Batched.Examples;

    /// <summary>Likelihoods of two outputs, with targets.</summary>
    private static readonly Dictionary<string, (Likelihood Likelihood, Func<Labelled, Tensor> Targets)> Cases = new()
    {
        ["categorical, positions"] = (Likelihood.Categorical, batch => Take(batch.Targets, 1, 1)),
        ["categorical, rows"] = (Likelihood.Categorical, batch => (0.6 * batch.Targets) + 0.2),
        ["Bernoulli"] = (Likelihood.Bernoulli, batch => batch.Targets),
        ["Gaussian"] = (Likelihood.Gaussian(0.3), batch => batch.Targets - Slice(batch.Inputs, 1, 0, 2)),
        ["Poisson"] = (Likelihood.Poisson, batch => 3 * batch.Targets),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_exact_one_is_the_Gauss_Newton_matrix(string name)
    {
        var point = Batched.Small(3);
        var whole = Of(name, Examples).GaussNewton(point).ToMatrix();
        foreach (var size in new[] { 1, 6, Examples })
        {
            var objective = Of(name, size);
            Near(whole, objective.GaussNewton(point).ToMatrix());
            var fisher = objective.Fisher(point);
            Near(whole, fisher.ToMatrix());
            Assert.Equal(fisher.ToMatrix(), objective.Fisher(objective.Ravel(point)).ToMatrix());
            AssertProducts(whole, fisher);
        }
    }

    [Fact]
    public void What_does_not_depend_on_examples_is_part_of_the_Gauss_Newton_matrix_alone()
    {
        var point = Batched.Small(3);
        var (likelihood, targets) = Cases["Bernoulli"];
        foreach (var size in new[] { 6, Examples })
        {
            var decayed = Objective.Of(Batched.Model, likelihood, targets, point, Batched.Of(size), Batched.Decay);
            var plain = Of("Bernoulli", size);
            Assert.Equal(plain.Fisher(point).ToMatrix(), decayed.Fisher(point).ToMatrix());
            Assert.Equal(plain.EmpiricalFisher(point).ToMatrix(), decayed.EmpiricalFisher(point).ToMatrix());
            var decay = Objective.Of(Batched.Decay, point).Hessian(point).ToMatrix();
            Near([.. plain.GaussNewton(point).ToMatrix().Zip(decay, (x, y) => x + y)], decayed.GaussNewton(point).ToMatrix());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Losses_and_their_moments_are_those_of_gradients_one_by_one(string name)
    {
        var point = Batched.Small(3);
        var (likelihood, targets) = Cases[name];
        var losses = new double[Examples];
        var gradients = new double[Examples][];
        for (var i = 0; i < Examples; i++)
        {
            var one = Batched.Rows(i, 1);
            Tensor Loss(Small w) => Sum(likelihood.Losses(Batched.Model(w, one), targets(one)));
            (losses[i], gradients[i]) = (Loss(point).Item(), TreeMath.Ravel(Grad(Loss, point)).ToArray());
        }
        double[] mean = [.. Enumerable.Range(0, Size).Select(j => gradients.Average(g => g[j]))];
        var second = Moment(gradients);
        var covariance = Moment([.. gradients.Select(g => g.Zip(mean, (a, b) => a - b).ToArray())]);
        foreach (var size in new[] { 1, 6, Examples })
        {
            var likely = Of(name, size);
            var alone = Objective.OfExamples(
                (w, batch) => likelihood.Losses(Batched.Model(w, batch), targets(batch)),
                point,
                Batched.Of(size),
                Level
            );
            foreach (var objective in new[] { likely, alone })
            {
                Near([losses.Average() + Batched.Decay(point).Item()], [objective.Value(objective.Ravel(point))]);
                Near(second, objective.EmpiricalFisher(point).ToMatrix());
                Near(covariance, objective.GradientCovariance(point).ToMatrix());
                AssertProducts(second, objective.EmpiricalFisher(objective.Ravel(point)));
                AssertProducts(covariance, objective.GradientCovariance(objective.Ravel(point)));
                Near(likely.Hessian(point).ToMatrix(), objective.Hessian(point).ToMatrix());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Drawn_ones_are_unbiased_with_the_error_that_they_should_have(string name)
    {
        const int keys = 400;
        var objective = Of(name, 6);
        var point = Batched.Small(3);
        var v = Key.Of(5).Normal([Size]).ToArray();
        var exact = Quadratic(objective.Fisher(point), v);
        double[] drawn = [.. Enumerable.Range(0, keys).Select(i => Quadratic(objective.Fisher(point, Key.Of((ulong)i), 1), v))];
        double[] many = [.. Enumerable.Range(0, keys).Select(i => Quadratic(objective.Fisher(point, Key.Of((ulong)i), 4), v))];
        var (error, errorOfMany) = (Deviation(drawn), Deviation(many));
        Assert.InRange(Math.Abs(drawn.Average() - exact), 0, 4 * error / Math.Sqrt(keys));
        Assert.InRange(Math.Abs(many.Average() - exact), 0, 4 * errorOfMany / Math.Sqrt(keys));
        // Four draws halve it; a standard deviation of 400 numbers is known to some 5 %, or for long tails to twice that.
        Assert.InRange(error / errorOfMany, 1.6, 2.5);
        if (name == "Gaussian")
            Assert.InRange(error / PredictedOfNormalScores(objective, point, v), 0.8, 1.2);
    }

    [Fact]
    public void One_key_draws_the_same_and_another_others()
    {
        var objective = Of("Poisson", 6);
        var point = Batched.Small(3);
        var one = objective.Fisher(point, Key.Of(1), 2).ToMatrix();
        Assert.Equal(one, objective.Fisher(objective.Ravel(point), Key.Of(1), 2).ToMatrix());
        Assert.NotEqual(one, objective.Fisher(point, Key.Of(2), 2).ToMatrix());
        var drawn = objective.Fisher(point, Key.Of(1), 2);
        AssertProducts(one, drawn);
        // Each batch has its own: two of the same examples draw different targets.
        Labelled[] twins = [Batched.Rows(0, 6), Batched.Rows(0, 6)];
        var (likelihood, targets) = Cases["Poisson"];
        var single = Objective.Of(Batched.Model, likelihood, targets, point, twins[..1]).Fisher(point, Key.Of(1)).ToMatrix();
        var both = Objective.Of(Batched.Model, likelihood, targets, point, twins).Fisher(point, Key.Of(1)).ToMatrix();
        Assert.True(single.Zip(both, (a, b) => Math.Abs(a - b)).Max() > 1e-3);
    }

    [Fact]
    public void Threads_and_what_is_kept_change_no_bit()
    {
        var point = Batched.Small(3);
        double[]? expected = null;
        foreach (var threads in new[] { 1, 3 })
        {
            foreach (var bytes in new[] { 0L, 1L << 30 })
            {
                var objective = Of("categorical, positions", 6, new() { Threads = threads, KeptBytes = bytes });
                var run = new RunOptions { Threads = threads };
                LinearOperator[] operators =
                [
                    objective.Fisher(point),
                    objective.Fisher(point, Key.Of(3), 2),
                    objective.EmpiricalFisher(point),
                    objective.GradientCovariance(point),
                ];
                double[] found =
                [
                    .. operators.SelectMany(a => (double[])[.. a.ToMatrix(run), .. a.Apply(new double[] { 1, 2, 3, 4, 5, 6, 7, 8 })]),
                ];
                expected ??= found;
                Assert.Equal(expected, found);
            }
        }
    }

    [Fact]
    public void A_batchs_gradient_scatters_as_the_covariance_over_its_size()
    {
        // EXPERIMENTS: mean and variance of gradients of random batches: the whole gradient, and a variance that falls as 1/B.
        const int draws = 4000;
        var point = Batched.Small(3);
        var (likelihood, targets) = Cases["Gaussian"];
        var objective = Of("Gaussian", 6);
        var jacobian = JacobianOperator.Of((w, batch) => likelihood.Losses(Batched.Model(w, batch), targets(batch)), point, Batched.Of(6));
        var v = Key.Of(5).Normal([Size]).ToArray();
        var slopes = jacobian.Apply(v);
        var variance = Quadratic(objective.GradientCovariance(point), v);
        foreach (var size in new[] { 1, 4, 16, 64 })
        {
            var rows = Key.Of((ulong)size).Uniform([draws * size], 0, Examples).ToArray();
            double[] means =
            [
                .. Enumerable.Range(0, draws).Select(i => Enumerable.Range(0, size).Average(j => slopes[(int)rows[(i * size) + j]])),
            ];
            Assert.InRange(Math.Abs(means.Average() - slopes.Average()), 0, 4 * Math.Sqrt(variance / size / draws));
            Assert.InRange(Deviation(means) / Math.Sqrt(variance / size), 0.94, 1.06);
        }
    }

    [Fact]
    public void A_covariance_of_equal_gradients_is_zero_where_moments_would_cancel()
    {
        var batches = Enumerable.Repeat(Tensor.Ones([3]), 4).ToArray();
        var objective = Objective.OfExamples((Tensor w, Tensor batch) => 1e8 * Sin(w) * batch, (Tensor)0.3, batches);
        Assert.Equal([0.0], objective.GradientCovariance([0.3]).ToMatrix());
        Assert.Equal(1, objective.EmpiricalFisher([0.3]).ToMatrix()[0] / Math.Pow(1e8 * Math.Cos(0.3), 2), 1e-14);
    }

    [Fact]
    public void What_is_not_known_is_refused()
    {
        var point = Batched.Small(3);
        var alone = Objective.Of(Batched.Loss, point, Batched.Of(6));
        var examples = Objective.OfExamples(Batched.Losses, point, Batched.Of(6));
        foreach (var objective in new[] { alone, Objective.Of(w => Sum(w.Bias), point), Batched.Objective(6) })
        {
            Refused("[Objective.Fisher]", () => objective.Fisher(point));
            Refused("[Objective.Fisher]", () => objective.Fisher(point, Key.Of(1)));
            Refused("[Objective.EmpiricalFisher]", () => objective.EmpiricalFisher(point));
            Refused("[Objective.GradientCovariance]", () => objective.GradientCovariance(point));
        }
        Refused("[Objective.Fisher]", () => examples.Fisher(point));
        Refused("[Objective.GaussNewton]", () => examples.GaussNewton(point));
        var likely = Of("Bernoulli", 6);
        Says("[Objective.Fisher] got a number of draws of 0; expected a positive number", () => likely.Fisher(point, Key.Of(1), 0));
        Says("[Objective.Fisher] got a point of 2 values; expected 8", () => likely.Fisher([1, 2]));
        Says(
            "[Objective] the function gave shape []; expected a loss for each example",
            () => Objective.OfExamples(Batched.Loss, point, Batched.Of(6))
        );
        Assert.Throws<ArgumentNullException>(() => likely.Fisher(point, null!));

        static void Refused(string operation, Func<object> use) =>
            Assert.StartsWith(operation, Assert.Throws<InvalidOperationException>(use).Message, StringComparison.Ordinal);
    }

    private static Objective<Small> Of(string name, int size, BatchOptions? options = null)
    {
        var (likelihood, targets) = Cases[name];
        return Objective.Of(Batched.Model, likelihood, targets, Batched.Small(1), Batched.Of(size), Level, options: options);
    }

    /// <summary>A regularizer without derivatives: the Gauss-Newton matrix has its Hessian, which the Fisher matrix has not.</summary>
    private static Tensor Level(Small w) => Batched.Decay(TreeMath.Map(w, StopGradient));

    private static double[] Moment(double[][] vectors)
    {
        var matrix = new double[Size * Size];
        for (var i = 0; i < matrix.Length; i++)
            matrix[i] = vectors.Average(v => v[i / Size] * v[i % Size]);
        return matrix;
    }

    /// <summary>√(Σ 2·(gᵢᵀFᵢgᵢ)²) over the number of examples: scores of an example along v are normal with that variance.</summary>
    private static double PredictedOfNormalScores(Objective<Small> objective, Small point, double[] v)
    {
        var outputs = JacobianOperator.Of(Batched.Model, point, Batched.Of(6)).Apply(v);
        Assert.Equal(Size, objective.Size);
        var variances = Enumerable.Range(0, Examples).Select(i => (Math.Pow(outputs[2 * i], 2) + Math.Pow(outputs[(2 * i) + 1], 2)) / 0.3);
        return Math.Sqrt(variances.Sum(variance => 2 * variance * variance)) / Examples;
    }

    private static double Quadratic(LinearOperator a, double[] v) => a.Apply(v).Zip(v, (x, y) => x * y).Sum();

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    private static void AssertProducts(double[] expected, LinearOperator found)
    {
        var v = Key.Of(7).Normal([6 * Size]).ToArray();
        var products = new double[v.Length];
        found.ApplyBlock(v, products, 6);
        for (var i = 0; i < 6; i++)
            Near(AutoDiff.Tests.Numerics.Matrices.Times(expected, v[(i * Size)..((i + 1) * Size)]), products[(i * Size)..((i + 1) * Size)]);
        Near(AutoDiff.Tests.Numerics.Matrices.Times(expected, v[..Size]), found.Apply(v.AsSpan(0, Size)));
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
