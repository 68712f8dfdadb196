using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

/// <summary>Losses are negative logarithms of probabilities, and draws follow them.</summary>
public class LikelihoodTests
{
    private static readonly Tensor Outputs = Tensor.Of([0.3, -1.2, 0.8, 2.0, 0.0, -0.5], 2, 3);

    [Fact]
    public void Losses_are_negative_logarithms_of_probabilities()
    {
        Near([Nll(Softmax(0), 2), Nll(Softmax(1), 0)], Likelihood.Categorical.Losses(Outputs, Tensor.Of([2.0, 0.0])));
        Near([Nll(Softmax(0), 2), Nll(Softmax(1), 0)], Likelihood.Categorical.Losses(Outputs, Tensor.Of([0.0, 0, 1, 1, 0, 0], 2, 3)));
        Tensor ones = Tensor.Of([1.0, 0, 0, 1, 1, 0], 2, 3);
        Near(
            PerRow((z, t) => -Math.Log(t == 1 ? 1 / (1 + Math.Exp(-z)) : 1 / (1 + Math.Exp(z))), ones),
            Likelihood.Bernoulli.Losses(Outputs, ones)
        );
        Tensor numbers = Tensor.Of([0.0, 1, 2, 3, 4, 7], 2, 3);
        double[] factorials = [1, 1, 2, 6, 24, 120, 720, 5040];
        Near(
            PerRow((z, t) => -Math.Log(Math.Pow(Math.Exp(z), t) * Math.Exp(-Math.Exp(z)) / factorials[(int)t]), numbers),
            Likelihood.Poisson.Losses(Outputs, numbers)
        );
        Near(
            PerRow((z, t) => -Math.Log(Math.Exp(-(z - t) * (z - t) / 5) / Math.Sqrt(5 * Math.PI)), numbers),
            Likelihood.Gaussian(2.5).Losses(Outputs, numbers)
        );
        // Outputs may be a number an example, or hold several targets of it.
        Near([Math.Log(2)], Likelihood.Bernoulli.Losses(Tensor.Zeros([1]), Tensor.Ones([1])));
        Near([4 * Math.Log(3)], Likelihood.Categorical.Losses(Tensor.Zeros([1, 2, 2, 3]), Tensor.Zeros([1, 2, 2])));
    }

    [Fact]
    public void Draws_have_the_means_and_variances_that_they_should_have()
    {
        const int draws = 20_000;
        var many = BroadcastTo(Outputs, [draws, 2, 3]);
        double[] z = Outputs.ToArray();
        Moments(Likelihood.Bernoulli, i => 1 / (1 + Math.Exp(-z[i])), i => Math.Exp(-z[i]) / Math.Pow(1 + Math.Exp(-z[i]), 2));
        Moments(Likelihood.Poisson, i => Math.Exp(z[i]), i => Math.Exp(z[i]));
        Moments(Likelihood.Gaussian(2.5), i => z[i], _ => 2.5);
        var classes = Likelihood.Categorical.Sample(many, Key.Of(4)).ToArray();
        for (var row = 0; row < 2; row++)
        {
            for (var label = 0; label < 3; label++)
            {
                var (p, found) = (
                    Softmax(row)[label],
                    Enumerable.Range(0, draws).Count(i => classes[(2 * i) + row] == label) / (double)draws
                );
                Assert.InRange(Math.Abs(found - p), 0, 4 * Math.Sqrt(p * (1 - p) / draws));
            }
        }

        void Moments(Likelihood likelihood, Func<int, double> mean, Func<int, double> variance)
        {
            var values = likelihood.Sample(many, Key.Of(3)).ToArray();
            for (var i = 0; i < z.Length; i++)
            {
                var own = Enumerable.Range(0, draws).Select(draw => values[(draw * z.Length) + i]).ToArray();
                Assert.InRange(Math.Abs(own.Average() - mean(i)), 0, 4 * Math.Sqrt(variance(i) / draws));
                Assert.InRange(own.Average(value => Math.Pow(value - mean(i), 2)) / variance(i), 0.9, 1.1);
            }
        }
    }

    [Fact]
    public void Counts_at_the_ends_of_what_a_rate_can_be()
    {
        var rates = Tensor.Of([double.NegativeInfinity, -800, Math.Log(3000), 12, double.PositiveInfinity, double.NaN]);
        var counts = Likelihood.Poisson.Sample(rates, Key.Of(1)).ToArray();
        Assert.Equal([0, 0], counts[..2]);
        Assert.InRange(counts[2], 3000 - 250, 3000 + 250);
        Assert.All(counts[3..], count => Assert.Equal(double.NaN, count));
    }

    [Fact]
    public void Extreme_outputs_neither_overflow_nor_cancel()
    {
        var far = Tensor.Of([800.0, -800], 1, 2);
        Assert.Equal([1600.0], Likelihood.Categorical.Losses(far, Tensor.Of([1.0])).ToArray());
        Assert.Equal([1600.0], Likelihood.Bernoulli.Losses(far, Tensor.Of([0.0, 1], 1, 2)).ToArray());
        var fisher = Likelihood.Bernoulli.Fisher(Tensor.Of([40.0], 1, 1), Tensor.Of([1.0], 1, 1)).Item();
        Assert.Equal(1, fisher / Math.Exp(-40), 1e-14);
    }

    [Fact]
    public void What_is_misused_says_so()
    {
        Says("[Likelihood.Gaussian] got variance 0; expected a positive finite number", () => Likelihood.Gaussian(0));
        Says("[Likelihood.Gaussian] got variance NaN;", () => Likelihood.Gaussian(double.NaN));
        Says(
            "[Likelihood.Categorical] got outputs [3]; expected [examples, …, classes]",
            () => Likelihood.Categorical.Losses(Tensor.Zeros([3]), 0)
        );
        Says(
            "[Likelihood.Bernoulli] got targets [2] for outputs [2,3]; expected equal shapes",
            () => Likelihood.Bernoulli.Losses(Outputs, Tensor.Zeros([2]))
        );
        Says("[Likelihood.Poisson] got a scalar; expected outputs [examples, …]", () => Likelihood.Poisson.Losses(0, 0));
        Assert.Throws<ArgumentNullException>(() => Likelihood.Categorical.Sample(Outputs, null!));
        Assert.Throws<ArgumentNullException>(() => Likelihood.Gaussian().Losses(null!, Outputs));
    }

    private static double[] Softmax(int row)
    {
        double[] powers = [.. Outputs.ToArray().Skip(3 * row).Take(3).Select(Math.Exp)];
        return [.. powers.Select(power => power / powers.Sum())];
    }

    private static double Nll(double[] probabilities, int label) => -Math.Log(probabilities[label]);

    private static double[] PerRow(Func<double, double, double> loss, Tensor targets)
    {
        double[] each = [.. Outputs.ToArray().Zip(targets.ToArray(), loss)];
        return [each[..3].Sum(), each[3..].Sum()];
    }

    private static void Says(string message, Action misuse) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(misuse).Message, StringComparison.Ordinal);

    private static void Near(double[] expected, Tensor actual)
    {
        Assert.Equal([expected.Length], actual.Shape);
        foreach (var (e, a) in expected.Zip(actual.ToArray()))
            Assert.Equal(e, a, 1e-12);
    }
}
