using AutoDiff.Data;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Data;

/// <summary>Functions of all rows, some at a time.</summary>
public class WholeTests
{
    private static readonly Dataset Set = Toys.Curve(x => (3 * x) + 1, 1001, -1, 1, 0.1, Key.Of(5));

    private static Tensor Loss(Tensor w, Dataset rows) => Mean(Square((rows.Inputs * w[0]) + w[1] - rows.Targets));

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(int.MaxValue)]
    public void TheMeanIsThatOfAllRowsHoweverManyAtATime(int size)
    {
        var w = Tensor.Of([2.5, 0.5]);
        var expected = Loss(w, Set).Item();
        Assert.Equal(expected, Set.Average(rows => Loss(w, rows), size).Item(), 1e-15);
        Assert.Equal(expected, Set.Average(Transforms.Compile<Tensor, Dataset, Tensor>(Loss), w, size).Item(), 1e-15);
        var gradient = Transforms.Compile((Tensor v, Dataset rows) => Transforms.Grad<Tensor>(u => Loss(u, rows), v));
        var whole = Transforms.Grad<Tensor>(u => Loss(u, Set), w).ToArray();
        var parts = Set.Average(gradient, w, size).ToArray();
        Assert.All(Enumerable.Range(0, 2), i => Assert.Equal(whole[i], parts[i], 1e-14));
    }

    [Fact]
    public void SumsOfManyPartsLoseNothing()
    {
        // 65,537 parts of one row: 2⁵³ once, ones after it, and −2⁵³ last.
        var values = Enumerable.Repeat(1.0, 65_537).ToArray();
        (values[0], values[^1]) = (9007199254740992, -9007199254740992);
        var set = new Dataset(Tensor.Of(values), Tensor.Of(values));
        Assert.Equal(65_535.0 / 65_537, set.Average(rows => Mean(rows.Inputs), 1).Item());
    }

    [Fact]
    public void ThreadsChangeNoBit()
    {
        var data = new Dataset(Key.Of(1).Normal([5000, 64]), Key.Of(2).Normal([5000]));
        var matrix = Key.Of(3).Normal([64, 64]);
        double[] One(int threads) =>
            data.Average(
                    Transforms.Compile((Dataset rows) => Mean(Tanh(MatMul(rows.Inputs, matrix)), 0), new() { Threads = threads }),
                    1024
                )
                .ToArray();
        Assert.Equal(One(1), One(4));
    }

    [Fact]
    public void InfinityStaysInfinity()
    {
        var set = new Dataset(Tensor.Of([1, double.PositiveInfinity, 1]), Tensor.Zeros([3]));
        Assert.Equal(double.PositiveInfinity, set.Average(rows => Mean(rows.Inputs), 1).Item());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(1001)]
    public void OutputsComeInTheRowsOrder(int size)
    {
        var expected = (2 * Set.Inputs).ToArray();
        Assert.Equal(expected, Set.Predict(x => 2 * x, size).ToArray());
        Assert.Equal(expected, Set.Predict(Transforms.Compile((Tensor x) => 2 * x), size).ToArray());
        Assert.Equal(expected, Set.Predict(Transforms.Compile((Tensor w, Tensor x) => w * x), Tensor.Of(2), size).ToArray());
        Assert.Equal([1001], Set.Predict(x => Reshape(x, x.Shape[0]), size).Shape);
        Assert.Equal([0, 1], Set.Take(0).Predict(x => 2 * x, size).Shape);
    }

    [Fact]
    public void CancellingStopsBetweenParts()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() => Set.Average(rows => Mean(rows.Inputs), 10, cancel.Token));
        Assert.Throws<OperationCanceledException>(() => Set.Predict(x => x, 10, cancel.Token));
    }

    [Fact]
    public void MisuseIsRefused()
    {
        Assert.Throws<ArgumentException>(() => Set.Take(0).Average(rows => Mean(rows.Inputs)));
        Assert.Throws<ArgumentException>(() => Set.Average(rows => Mean(rows.Inputs), 0));
        Assert.Throws<ArgumentException>(() => Set.Predict(x => x, 0));
        Assert.Throws<ArgumentNullException>(() => Set.Average((Compiled<Dataset, Tensor>)null!));
        Assert.Throws<ArgumentNullException>(() => Set.Average((Compiled<Tensor, Dataset, Tensor>)null!, Tensor.Of(1)));
        Assert.Throws<ArgumentNullException>(() => Set.Predict((Compiled<Tensor, Tensor>)null!));
        Assert.Throws<ArgumentNullException>(() => Set.Predict((Compiled<Tensor, Tensor, Tensor>)null!, Tensor.Of(1)));
        Assert.Contains("expected as many rows", Assert.Throws<ArgumentException>(() => Set.Predict(x => Mean(x))).Message);
        Assert.Contains("as of the rows before", Assert.Throws<ArgumentException>(() => Set.Average(rows => rows.Inputs, 1000)).Message);
    }
}
