namespace AutoDiff.Tests.Execution;

/// <summary>Picking rows of more than a cache holds, of which the next are asked for ahead.</summary>
public sealed class GatherTests
{
    private const int Rows = 40_000;

    [Theory]
    [InlineData(Precision.Double, 7, 1)]
    [InlineData(Precision.Double, 7, 2)]
    [InlineData(Precision.Single, 40, 1)]
    [InlineData(Precision.Single, 700, 1)]
    public void RowsAreThoseOfTheirNumbers(Precision precision, int width, int batches)
    {
        var rows = Rows / width;
        var table = Tensor.Of([.. Enumerable.Range(0, batches * rows * width * 8).Select(i => (double)i)], batches, rows * 8, width);
        int[] picks = [0, (rows * 8) - 1, 1, 1, .. Key.Of(1).Choice(rows * 8, 60, replace: true)];
        var positions = Tensor.Of(
            [.. Enumerable.Repeat(picks, batches).SelectMany(row => row).Select(row => (double)row)],
            batches,
            picks.Length
        );
        var pick = Transforms.Compile((Tensor at) => Ops.Gather(table, at, 1, batchAxes: 1), new() { Precision = precision });
        var picked = pick.Invoke(positions).ToArray();
        var at = 0;
        for (var batch = 0; batch < batches; batch++)
        {
            foreach (var row in picks)
            {
                for (var i = 0; i < width; i++)
                    Assert.Equal((double)((((batch * rows * 8) + row) * width) + i), picked[at++]);
            }
        }
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(40_000)]
    public void ANumberOutOfRangeIsRefusedAheadOrNot(double bad)
    {
        var table = Tensor.Zeros([Rows, 8]);
        var pick = Transforms.Compile((Tensor at) => Ops.Gather(table, at));
        for (var place = 0; place < 20; place += 19)
        {
            var positions = new double[20];
            positions[place] = bad;
            Assert.Contains("out of range", Assert.Throws<ArgumentException>(() => pick.Invoke(Tensor.Of(positions))).Message);
        }
    }
}
