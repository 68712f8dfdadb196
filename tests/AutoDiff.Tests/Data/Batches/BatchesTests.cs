using AutoDiff.Data;

namespace AutoDiff.Tests.Data;

public class BatchesTests
{
    private static readonly Key Seed = Key.Of(7);

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(10, 3, 4, 1)]
    [InlineData(12, 3, 4, 3)]
    [InlineData(5, 64, 1, 5)]
    public void AnEpochTakesEachRowOnceAndItsLastBatchWhatIsLeft(int count, int size, int perEpoch, int last)
    {
        var batches = new Batches(count, size, Seed);
        Assert.Equal(perEpoch, batches.PerEpoch);
        Assert.Equal(last, batches.IndicesOf(perEpoch - 1).Length);
        Assert.Equal(Enumerable.Range(0, count), Enumerable.Range(0, perEpoch).SelectMany(batches.IndicesOf).Order());
    }

    [Fact]
    public void EpochsAreCountedFromZero()
    {
        var batches = new Batches(10, 3, Seed);
        Assert.Equal([0, 0, 0, 0, 1, 1], Enumerable.Range(0, 6).Select(batches.Epoch));
        Assert.Equal([10, 3], [batches.Count, batches.Size]);
        Assert.Equal(Seed, batches.Key);
    }

    [Fact]
    public void TheOrderAndTheKeyAreWhatTheyAreSaidToBe()
    {
        var batches = new Batches(10, 4, Seed);
        var (orders, steps) = Seed.Split();
        Assert.Equal(orders.FoldIn(1).Permutation(10)[4..8], batches.IndicesOf(4));
        Assert.Equal(steps.FoldIn(4), batches[4].Key);
        var drawn = new Batches(10, 4, Seed) { Replacement = true };
        Assert.Equal(orders.FoldIn(4).Choice(10, 4, replace: true), drawn.IndicesOf(4));
        Assert.Equal(steps.FoldIn(4), drawn[4].Key);
    }

    [Fact]
    public void APositionIsARowsNumber()
    {
        var batches = new Batches(10, 4, Seed);
        Assert.Equal(batches.IndicesOf(2).Select(row => (double)row), batches[2].Positions.ToArray());
        Assert.Equal([2], batches[2].Positions.Shape);
    }

    [Fact]
    public void WithoutShufflingTheRowsStayInOrder()
    {
        var batches = new Batches(5, 2, Seed) { Shuffle = false };
        Assert.Equal([0, 1, 2, 3, 4, 0, 1], Enumerable.Range(0, 4).SelectMany(batches.IndicesOf));
    }

    [Fact]
    public void TheLastBatchIsDroppedWhereAsked()
    {
        var batches = new Batches(10, 4, Seed) { DropLast = true };
        Assert.Equal(2, batches.PerEpoch);
        Assert.Equal(1, batches.Epoch(2));
        Assert.All(batches.Take(6), batch => Assert.Equal([4], batch.Positions.Shape));
        Assert.Equal(8, batches.IndicesOf(2).Concat(batches.IndicesOf(3)).Distinct().Count());
        Assert.Equal(3, new Batches(12, 4, Seed) { DropLast = true }.PerEpoch);
    }

    [Fact]
    public void DrawsWithReplacementFillEveryBatch()
    {
        var batches = new Batches(3, 8, Seed) { Replacement = true };
        Assert.Equal(1, batches.PerEpoch);
        Assert.All(batches.Take(5), batch => Assert.Equal([8], batch.Positions.Shape));
    }

    [Fact]
    public void AnyStepCanBeAskedForFirst()
    {
        var batches = new Batches(100, 7, Seed);
        var inOrder = batches.Take(60).Select(batch => batch.Positions.ToArray()).ToArray();
        int[] steps = [59, 0, 31, 30, 16, 15, 59];
        Assert.All(steps, step => Assert.Equal(inOrder[step], batches[step].Positions.ToArray()));
        Assert.All(steps, step => Assert.Equal(inOrder[step], new Batches(100, 7, Seed)[step].Positions.ToArray()));
        Assert.Equal(inOrder[31..34], batches.Take(3, 31).Select(batch => batch.Positions.ToArray()));
    }

    [Fact]
    public void ManyThreadsMayAskAtOnce()
    {
        var expected = new Batches(1000, 100, Seed);
        int[][] rows = [.. Enumerable.Range(0, 200).Select(expected.IndicesOf)];
        var shared = new Batches(1000, 100, Seed);
        var got = new int[200][];
        Parallel.For(0, 200, new() { MaxDegreeOfParallelism = 8 }, step => got[step] = shared.IndicesOf(step * 73 % 200));
        Assert.All(Enumerable.Range(0, 200), step => Assert.Equal(rows[step * 73 % 200], got[step]));
    }

    [Fact]
    public void WhatIsHandedOutCanBeWrittenTo()
    {
        var batches = new Batches(10, 10, Seed);
        Array.Clear(batches.IndicesOf(0));
        Assert.Equal(Enumerable.Range(0, 10), batches.IndicesOf(0).Order());
    }

    [Fact]
    public void RowsOfADataSetArePickedInAPlan()
    {
        var data = new Dataset(Tensor.Range(10), 10 * Tensor.Range(10));
        var batches = new Batches(data, 4, Seed);
        var pick = Transforms.Compile((Batch batch) => data.Rows(batch.Positions));
        var rows = batches.IndicesOf(3);
        var picked = pick.Invoke(batches[3]);
        Assert.Equal(rows.Select(row => (double)row), picked.Inputs.ToArray());
        Assert.Equal(rows.Select(row => 10.0 * row), picked.Targets.ToArray());
    }

    [Fact]
    public void MisuseIsRefused()
    {
        Assert.Contains("0 rows", Assert.Throws<ArgumentException>(() => new Batches(0, 1, Seed)).Message);
        Assert.Contains("batches of 0 rows", Assert.Throws<ArgumentException>(() => new Batches(1, 0, Seed)).Message);
        Assert.Throws<ArgumentNullException>(() => new Batches(1, 1, null!));
        Assert.Throws<ArgumentNullException>(() => new Batches((Dataset)null!, 1, Seed));
        Assert.Throws<ArgumentException>(() => new Batches(1, 1, Seed.SplitBatch(2)));
        Assert.Contains("5 rows out of 4", Assert.Throws<ArgumentException>(() => new Batches(4, 5, Seed) { DropLast = true }).Message);
        var batches = new Batches(4, 2, Seed);
        Assert.Contains("step -1", Assert.Throws<ArgumentException>(() => batches[-1]).Message);
        Assert.Throws<ArgumentException>(() => batches.IndicesOf(-1));
        Assert.Throws<ArgumentException>(() => batches.Epoch(-1));
        Assert.Throws<ArgumentException>(() => batches.Take(-1));
        Assert.Throws<ArgumentException>(() => batches.Take(2, int.MaxValue));
    }
}
