using MathNet.Numerics.Distributions;
using static AutoDiff.Ops;
using static AutoDiff.Tests.KeyStatisticsTests;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>Every distribution as plans draw it, mapped over keys, against its exact distribution function: at fixed seeds, so a failure is a change of the streams.</summary>
public sealed class KeyDistributionTests
{
    private const int Examples = 200;
    private const int Each = 250;

    // Chance of a false alarm had the seeds not been fixed: about 1 in 10⁴ for each test.
    private static readonly double _kolmogorov = 2.23 / Math.Sqrt(Examples * Each);

    private static readonly Key _key = Key.Of(77);

    private static readonly Dictionary<string, (Func<Key, Tensor> Draw, Func<double, double> Cumulative)> Continuous = new(
        StringComparer.Ordinal
    )
    {
        ["Uniform"] = (key => key.Uniform([Each], -2, 6), x => (x + 2) / 8),
        ["Normal"] = (key => key.Normal([Each], 1, 3), x => Normal.CDF(1, 3, x)),
        ["TruncatedNormal, about 0"] = (key => key.TruncatedNormal([Each], -0.5, 2), x => Truncated(x, -0.5, 2)),
        ["TruncatedNormal, above"] = (key => key.TruncatedNormal([Each], 1, 1.5), x => Truncated(x, 1, 1.5)),
        ["TruncatedNormal, far above"] = (key => key.TruncatedNormal([Each], 5, double.PositiveInfinity), x => 1 - Truncated(-x, -40, -5)),
        ["TruncatedNormal, far below"] = (key => key.TruncatedNormal([Each], -30, -5), x => Truncated(x, -30, -5)),
        ["Exponential"] = (key => key.Exponential([Each], 0.5), x => 1 - Math.Exp(-x / 2)),
        ["Gamma of 0.2"] = (key => key.Gamma([Each], 0.2), x => Gamma.CDF(0.2, 1, x)),
        ["Gamma of 1"] = (key => key.Gamma([Each], 1), x => Gamma.CDF(1, 1, x)),
        ["Gamma of 7.5"] = (key => key.Gamma([Each], 7.5), x => Gamma.CDF(7.5, 1, x)),
        ["Gamma of 1000"] = (key => key.Gamma([Each], 1000), x => Gamma.CDF(1000, 1, x)),
    };

    // With the probabilities of 0, 1, ….
    private static readonly Dictionary<string, (Func<Key, Tensor> Draw, double[] Probabilities)> Discrete = new(StringComparer.Ordinal)
    {
        ["Bernoulli"] = (key => key.Bernoulli([Each], 0.3), [0.7, 0.3]),
        ["Bernoulli of a tensor"] = (key => key.Bernoulli([Each], Tensor.Of(0.3)), [0.7, 0.3]),
        ["Rademacher"] = (key => (key.Rademacher([Each]) + 1) / 2, [0.5, 0.5]),
        ["Integers"] = (key => key.Integers([Each], 7), [.. Enumerable.Repeat(1.0 / 7, 7)]),
        ["Permutation, its first"] = (
            key => Stack([.. key.Split(25).Select(k => Take(k.Permutation(Tensor.Range(5)), 0, 0))]),
            [.. Enumerable.Repeat(0.2, 5)]
        ),
        ["Choice, its last"] = (
            key => Stack([.. key.Split(25).Select(k => Take(k.Choice(Tensor.Range(5), 3, replace: false), 0, 2))]),
            [.. Enumerable.Repeat(0.2, 5)]
        ),
        ["Choice, replacing"] = (key => key.Choice(Tensor.Range(5), Each, replace: true), [.. Enumerable.Repeat(0.2, 5)]),
        ["Categorical"] = (key => key.Categorical(BroadcastTo(Log(Tensor.Of([0.1, 0.2, 0, 0.7])) + 5, [Each, 4])), [0.1, 0.2, 0, 0.7]),
    };

    public static TheoryData<string> Continuously => [.. Continuous.Keys];

    public static TheoryData<string> Discretely => [.. Discrete.Keys];

    [Theory]
    [MemberData(nameof(Continuously))]
    public void Draws_have_their_distribution(string name)
    {
        var (draw, cumulative) = Continuous[name];
        var keys = _key.SplitBatch(Examples);
        Assert.True(Kolmogorov(Compile(Vmap(draw)).Invoke(keys).ToArray(), cumulative) < _kolmogorov);
        Assert.True(
            Kolmogorov(Compile<float, Key, Tensor>(Vmap(draw)).Invoke(keys).ToArray(), cumulative) < _kolmogorov,
            "in single precision"
        );
    }

    [Theory]
    [MemberData(nameof(Discretely))]
    public void Draws_have_their_probabilities(string name)
    {
        var (draw, probabilities) = Discrete[name];
        var values = Compile(Vmap(draw)).Invoke(_key.SplitBatch(Examples)).ToArray();
        var counts = probabilities.Select((_, i) => (double)values.Count(value => value == i)).ToArray();
        Assert.Equal(values.Length, counts.Sum());
        var possible = probabilities.Zip(counts).Where(pair => pair.First > 0).ToArray();
        var statistic = possible.Sum(pair => Square(pair.Second - (pair.First * values.Length)) / (pair.First * values.Length));
        Assert.True(1 - ChiSquared.CDF(possible.Length - 1, statistic) > 1e-4, $"χ² {statistic}");
        Assert.All(probabilities.Zip(counts).Where(pair => pair.First == 0), pair => Assert.Equal(0, pair.Second));

        static double Square(double x) => x * x;
    }

    [Fact]
    public void Every_order_of_a_compiled_permutation_is_equally_likely()
    {
        var orders = Compile(Vmap((Key key) => key.Permutation(Tensor.Range(4)))).Invoke(_key.FoldIn(1).SplitBatch(24_000)).ToArray();
        var counts = orders.Chunk(4).CountBy(p => (((p[0] * 4) + p[1]) * 4) + p[2]).Select(pair => (double)pair.Value).ToArray();
        Assert.Equal(24, counts.Length);
        Assert.True(Significance(counts) > 1e-4);
    }

    /// <summary>Neighbouring examples, neighbouring draws, a key's draws and its gammas: nothing is correlated.</summary>
    [Fact]
    public void Examples_are_independent()
    {
        const int length = 20_000;
        var keys = _key.FoldIn(2).SplitBatch(4);
        var streams = Vmap((Key key) => key.Normal([length]))(keys).ToArray().Chunk(length).ToList();
        streams.AddRange(Vmap((Key key) => key.Gamma([length], 3))(keys).ToArray().Chunk(length));
        streams.AddRange(_key.FoldIn(2).Split(4).Select(key => key.FoldIn(0).Uniform([length]).ToArray()));
        for (var i = 0; i < streams.Count; i++)
        {
            for (var j = 0; j < i; j++)
                Assert.True(Math.Abs(Correlation(streams[i], streams[j])) < 4.5 / Math.Sqrt(length), $"streams {i} and {j}");
            Assert.True(Math.Abs(Correlation(streams[i][1..], streams[i][..^1])) < 4.5 / Math.Sqrt(length), $"stream {i} at lag 1");
        }
    }

    private static double Truncated(double x, double low, double high) =>
        (Normal.CDF(0, 1, x) - Normal.CDF(0, 1, low)) / (Normal.CDF(0, 1, high) - Normal.CDF(0, 1, low));
}
