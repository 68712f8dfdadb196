using AutoDiff.Data;

namespace AutoDiff.Tests.Data;

public class ScalingTests
{
    private static readonly Tensor Inputs = Tensor.Of([1, 10, 0.1, 2, 30, 0.1, 3, 50, 0.1, 6, 70, 0.1], 4, 3);

    [Fact]
    public void FeaturesGetMeanZeroAndDeviationOne()
    {
        var scaler = Standardizer.Of(Inputs);
        Assert.Equal([1, 3], scaler.Mean.Shape);
        Assert.Equal(3, scaler.Mean.ToArray()[0]);
        Assert.Equal(Math.Sqrt(3.5), scaler.Deviation.ToArray()[0], 1e-15);
        Assert.Equal(Math.Sqrt(500), scaler.Deviation.ToArray()[1], 1e-13);
        // A tenth is no binary fraction, and the mean of four of them need not be one: yet nothing is blown up.
        Assert.Equal(0, scaler.Deviation.ToArray()[2]);
        var y = scaler.Apply(Inputs).ToMatrix();
        Assert.All(Enumerable.Range(0, 4), row => Assert.Equal(0, y[row, 2], 1e-16));
        Assert.Equal(-2 / Math.Sqrt(3.5), y[0, 0], 1e-15);
    }

    [Fact]
    public void OthersAreScaledByTheSameNumbersAndBack()
    {
        var scaler = Standardizer.Of(Inputs);
        var other = Tensor.Of([5, -20, 0.3], 1, 3);
        Near([2 / Math.Sqrt(3.5), -60 / Math.Sqrt(500)], scaler.Apply(other).ToArray()[..2], 1e-14);
        Assert.Equal(0.2, scaler.Apply(other).ToArray()[2], 1e-15);
        Near([5, -20, 0.3], scaler.Invert(scaler.Apply(other)).ToArray(), 1e-14);
    }

    /// <summary>Squares of such numbers are infinite, or 0.</summary>
    [Theory]
    [InlineData(1e200)]
    [InlineData(1e-200)]
    [InlineData(1e-310)]
    [InlineData(8e307)]
    public void MagnitudesOfAnySizeAreScaled(double unit)
    {
        var scaler = Standardizer.Of(Tensor.Of([-unit, unit, 0, 0], 4, 1));
        Assert.Equal(0, scaler.Mean.Item());
        Assert.Equal(Math.Sqrt(0.5), scaler.Deviation.Item() / unit, 1e-13);
    }

    [Fact]
    public void ChannelsAndWholesAreScaledTogether()
    {
        var images = Key.Of(1).Normal([5, 2, 3, 3], 4, 2);
        var channels = Standardizer.OfChannels(images);
        Assert.Equal([1, 2, 1, 1], channels.Mean.Shape);
        Near([0, 0], Ops.Mean(channels.Apply(images), 0, 2, 3).ToArray(), 1e-14);
        Near([1, 1], Ops.StandardDeviation(channels.Apply(images), 0, 2, 3).ToArray(), 1e-14);
        var all = Standardizer.OfAll(images);
        Assert.Equal(1, all.Mean.Shape.Size);
        Assert.Equal(0, Ops.Mean(all.Apply(images)).Item(), 1e-14);
        Assert.Equal(1, Ops.StandardDeviation(all.Apply(images)).Item(), 1e-14);
    }

    [Fact]
    public void LeastAndLargestBecomeZeroAndOne()
    {
        var scaler = MinMaxScaler.Of(Inputs);
        Near([0, 0, 0, 0.2, 1 / 3.0, 0, 0.4, 2 / 3.0, 0, 1, 1, 0], scaler.Apply(Inputs).ToArray(), 1e-15);
        Near(Inputs.ToArray(), scaler.Invert(scaler.Apply(Inputs)).ToArray(), 1e-13);
        Near([1.8], scaler.Apply(Tensor.Of([10, 10, 0.1], 1, 3))[0, 0].ToArray(), 1e-15);
        Assert.Equal([0.1, 70], new[] { MinMaxScaler.OfAll(Inputs) }.SelectMany(all => new[] { all.Least.Item(), all.Largest.Item() }));
    }

    [Fact]
    public void NothingAndInfinityAreRefused()
    {
        Assert.Throws<ArgumentException>(() => Standardizer.Of(Tensor.Zeros([0, 3])));
        Assert.Throws<ArgumentException>(() => Standardizer.Of(Tensor.Of(1)));
        Assert.Throws<ArgumentException>(() => Standardizer.OfChannels(Tensor.Zeros([3])));
        Assert.Throws<ArgumentException>(() => Standardizer.OfAll(Tensor.Of([1, double.NaN])));
        Assert.Throws<ArgumentException>(() => MinMaxScaler.Of(Tensor.Of([1, double.PositiveInfinity])));
        Assert.Throws<ArgumentNullException>(() => Standardizer.Of(null!));
        Assert.Throws<ArgumentNullException>(() => Standardizer.OfChannels(null!));
        Assert.Throws<ArgumentNullException>(() => MinMaxScaler.OfAll(null!));
        Assert.Throws<ArgumentNullException>(() => Standardizer.Of(Inputs).Apply(null!));
        Assert.Throws<ArgumentNullException>(() => Standardizer.Of(Inputs).Invert(null!));
        Assert.Throws<ArgumentNullException>(() => MinMaxScaler.Of(Inputs).Apply(null!));
        Assert.Throws<ArgumentNullException>(() => MinMaxScaler.Of(Inputs).Invert(null!));
    }

    [Fact]
    public void MeansOfWholePixels()
    {
        var image = Ops.Reshape(Tensor.Range(16), 1, 4, 4);
        Assert.Equal([2.5, 4.5, 10.5, 12.5], Images.ResizeByMeans(image, 2, 2).ToArray());
        Assert.Equal([1, 2, 2], Images.ResizeByMeans(image, 2, 2).Shape);
        Assert.Equal([7.5], Images.ResizeByMeans(image, 1, 1).ToArray());
        Assert.Equal(image.ToArray(), Images.ResizeByMeans(image, 4, 4).ToArray());
    }

    [Fact]
    public void MeansOfPartsOfPixels()
    {
        // Three pixels to two: each takes one whole and half of the middle one.
        Near([(1 + (0.5 * 4)) / 1.5, ((0.5 * 4) + 10) / 1.5], Images.ResizeByMeans(Tensor.Of([1, 4, 10], 1, 3), 1, 2).ToArray(), 1e-15);
        var images = Key.Of(2).Normal([2, 3, 7, 5]);
        var small = Images.ResizeByMeans(images, 4, 3);
        Assert.Equal([2, 3, 4, 3], small.Shape);
        Near(Ops.Mean(images, 2, 3).ToArray(), Ops.Mean(small, 2, 3).ToArray(), 1e-15);
    }

    [Fact]
    public void SizesOutOfRangeAreRefused()
    {
        var images = Tensor.Zeros([2, 4, 4]);
        Assert.All(
            new[] { (0, 1), (1, 0), (5, 4), (4, 5) },
            size => Assert.Throws<ArgumentException>(() => Images.ResizeByMeans(images, size.Item1, size.Item2))
        );
        Assert.Throws<ArgumentException>(() => Images.ResizeByMeans(Tensor.Zeros([4]), 1, 1));
        Assert.Throws<ArgumentNullException>(() => Images.ResizeByMeans(null!, 1, 1));
    }

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
