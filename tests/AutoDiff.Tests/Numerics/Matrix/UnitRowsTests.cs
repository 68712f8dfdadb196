namespace AutoDiff.Tests.Numerics;

public class UnitRowsTests
{
    [Fact]
    public void Batches_of_columns_make_up_the_identity()
    {
        int[] widths = [2, 0, 3, 1];
        var n = widths.Sum();
        for (var start = 0; start < n; start++)
        {
            for (var count = 1; count <= n - start; count++)
            {
                var offset = 0;
                foreach (var width in widths)
                {
                    var batch = new double[count * width];
                    UnitRows.Set(batch, offset, width, start, count);
                    for (var i = 0; i < batch.Length; i++)
                        Assert.Equal(start + (i / width) == offset + (i % width) ? 1 : 0, batch[i]);
                    UnitRows.Set(batch, offset, width, start, count, value: 0);
                    Assert.All(batch, value => Assert.Equal(0, value));
                    offset += width;
                }
            }
        }
    }
}
