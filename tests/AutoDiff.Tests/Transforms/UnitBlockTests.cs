namespace AutoDiff.Tests;

public class UnitBlockTests
{
    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 0, 0 })]
    [InlineData(new[] { 8, 4, 8, 2 })]
    [InlineData(new[] { 0, 40, 0, 3, 0, 29, 1, 32, 33, 0 })]
    public void Blocks_hold_every_element_once_in_order(int[] sizes)
    {
        var blocks = UnitBlock.Of(sizes);
        Assert.Equal(sizes.Sum(), blocks.Sum(block => block.Size));
        foreach (var block in blocks)
        {
            Assert.Equal(sizes[..block.First].Sum(), block.Start);
            Assert.Equal(sizes[block.First..(block.First + block.Count)].Sum(), block.Size);
            Assert.True(block.Size > 0 && (block.Count == 1 || block.Size <= 32));
        }
    }

    [Fact]
    public void Small_leaves_take_one_plan_together() =>
        Assert.Equal([new(0, 32, 0, 32), new(32, 8, 32, 8)], UnitBlock.Of(Enumerable.Repeat(1, 40)));

    [Fact]
    public void Batches_have_equal_sizes_that_change_no_bit()
    {
        for (var most = 4; most < 40; most++)
        {
            for (var size = 1; size < 200; size++)
            {
                var rows = new UnitBlock(0, 1, 0, size).RowsOf(most);
                Assert.InRange(rows, Math.Min(size, 3), most);
                Assert.Equal((size + most - 1) / most, (size + rows - 1) / rows);
            }
        }
    }

    [Fact]
    public void Larger_nodes_have_fewer_directions_in_a_batch()
    {
        Assert.Equal(32, UnitBlock.Rows(0));
        Assert.Equal(32, UnitBlock.Rows(100));
        Assert.InRange(UnitBlock.Rows(32 * 256), 4, 32);
        Assert.Equal(4, UnitBlock.Rows(int.MaxValue));
    }
}
