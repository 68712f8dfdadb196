using AutoDiff.Nets;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Nets.Layers;

public class DropoutTests
{
    private static readonly Tensor X = Key.Of(5).Normal([200, 50]);

    private static readonly Tensor Signals = ExpandDims(X, -1);

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void ElementsAreZeroOrScaledWithTheirProbability(double rate)
    {
        var (x, y) = (X.ToArray(), Training(new Dropout(rate), X, 7).ToArray());
        var kept = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (y[i] == 0)
                continue;
            kept++;
            Assert.Equal(x[i] / (1 - rate), y[i], 1e-14 * Math.Abs(x[i] / (1 - rate)));
        }
        // Five standard deviations of a binomial share.
        Assert.Equal(1 - rate, (double)kept / x.Length, 5 * Math.Sqrt(rate * (1 - rate) / x.Length));
    }

    [Fact]
    public void TheExpectationIsTheInput()
    {
        const int draws = 4000;
        Tensor x = new[] { 1.0, -2, 3 };
        var y = Training(new Dropout(0.25), BroadcastTo(x, [draws, 3]), 11);
        var deviations = (Mean(y, 0) / x - 1).ToArray();
        Assert.All(deviations, deviation => Assert.Equal(0, deviation, 5 * Math.Sqrt(0.25 / 0.75 / draws)));
    }

    [Fact]
    public void TheSameKeyGivesTheSameBitsAndAnotherOthers()
    {
        foreach (var layer in (Layer[])[new Dropout(), new RRelu()])
        {
            Assert.Equal(Training(layer, X, 1).ToArray(), Training(layer, X, 1).ToArray());
            Assert.NotEqual(Training(layer, X, 1).ToArray(), Training(layer, X, 2).ToArray());
        }
    }

    [Fact]
    public void LayersOfOneNetDrawApart()
    {
        var twice = new Sequential(new Dropout(0.5), new Dropout(0.5));
        var kept = Training(twice, Tensor.Ones([10000]), 3).ToArray().Count(value => value != 0);
        Assert.InRange(kept, 2500 - 250, 2500 + 250);
    }

    [Fact]
    public void InferenceIsTheIdentity()
    {
        foreach (var layer in (Layer[])[new Dropout(0.5), new Dropout(1), new SpatialDropout(0.5)])
            Assert.Same(Signals, layer.Apply(TensorMap.Empty, Signals, Context.Inference(TensorMap.Empty)).Output);
    }

    [Fact]
    public void RatesOfZeroAndOneAreExact()
    {
        Assert.Same(X, Training(new Dropout(0), X, 1));
        Assert.All(Training(new Dropout(1), X, 1).ToArray(), value => Assert.Equal(0, value));
        Assert.All(Grad(x => Sum(Training(new Dropout(1), x, 1)), X).ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void TheDerivativeIsTheMask()
    {
        var layer = new Dropout(0.5);
        var gradient = Grad(x => Sum(Training(layer, x, 9)), X);
        Assert.Equal(Training(layer, Tensor.Ones(X.Shape), 9).ToArray(), gradient.ToArray());
    }

    [Fact]
    public void ChannelsFallOutWhole()
    {
        var y = Training(new SpatialDropout(0.5), Tensor.Ones([100, 20, 3, 2]), 4).ToArray();
        var channels = y.Chunk(6).ToArray();
        Assert.All(channels, channel => Assert.All(channel, value => Assert.Equal(channel[0], value)));
        Assert.All(channels, channel => Assert.Contains(channel[0], (double[])[0, 2]));
        Assert.InRange(channels.Count(channel => channel[0] == 0), 1000 - 112, 1000 + 112);
    }

    [Fact]
    public void TrainingWithoutAKeySaysWhatIsMissing()
    {
        foreach (var layer in (Layer[])[new Dropout(), new SpatialDropout(), new RRelu()])
        {
            var problem = Assert.Throws<ArgumentException>(() => layer.Apply(TensorMap.Empty, Signals, Context.Training()));
            Assert.StartsWith($"[{layer.GetType().Name}] got a training context without a key", problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void RandomizedSlopesLieBetweenTheirBounds()
    {
        var (x, y) = (X.ToArray(), Training(new RRelu(0.2, 0.4), X, 6).ToArray());
        double[] slopes = [.. Enumerable.Range(0, x.Length).Where(i => x[i] < 0).Select(i => y[i] / x[i])];
        Assert.All(slopes, slope => Assert.InRange(slope, 0.2 - 1e-15, 0.4 + 1e-15));
        Assert.Equal(0.3, slopes.Average(), 5 * 0.2 / Math.Sqrt(12.0 * slopes.Length));
        Assert.All(Enumerable.Range(0, x.Length).Where(i => x[i] > 0), i => Assert.Equal(x[i], y[i]));
    }

    private static Tensor Training(Layer layer, Tensor x, ulong seed) =>
        layer.Apply(TensorMap.Empty, x, Context.Training(Key.Of(seed))).Output;
}
