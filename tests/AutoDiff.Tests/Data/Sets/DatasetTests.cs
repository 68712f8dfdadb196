using System.Text.Json;
using AutoDiff.Data;

namespace AutoDiff.Tests.Data;

public class DatasetTests
{
    private static readonly Key Seed = Key.Of(3);

    /// <summary>Row i has the inputs (i, −i) and the class i mod classes.</summary>
    internal static Dataset Numbered(int rows, int classes = 3) =>
        new(
            Tensor.Of([.. Enumerable.Range(0, rows).SelectMany(i => new double[] { i, -i })], rows, 2),
            Tensor.Of([.. Enumerable.Range(0, rows).Select(i => (double)(i % classes))])
        );

    internal static int[] RowsOf(Dataset set)
    {
        var inputs = set.Inputs.ToMatrix();
        return [.. Enumerable.Range(0, set.Count).Select(i => (int)inputs[i, 0])];
    }

    [Fact]
    public void RowsMustBeAsMany()
    {
        var error = Assert.Throws<ArgumentException>(() => new Dataset(Tensor.Zeros([3, 2]), Tensor.Zeros([2])));
        Assert.Equal("[Dataset] got inputs [3,2] and targets [2]; expected a first axis of as many rows", error.Message);
        Assert.Throws<ArgumentException>(() => new Dataset(Tensor.Of(1), Tensor.Of(1)));
        Assert.Throws<ArgumentNullException>(() => new Dataset(null!, Tensor.Of(1)));
        Assert.Throws<ArgumentNullException>(() => new Dataset(Tensor.Of(1), null!));
    }

    [Fact]
    public void PartsHoldTheirRowsWithTheirTargets()
    {
        var set = Numbered(7);
        Assert.Equal([2, 3, 4], RowsOf(set.Slice(2, 5)));
        Assert.Equal([2, 0, 1], set.Slice(2, 5).Labels());
        Assert.Equal([0, 1], RowsOf(set.Take(2)));
        Assert.Equal([5, 6], RowsOf(set.Skip(5)));
        Assert.Equal(0, set.Skip(7).Count);
        Assert.Equal([6, 6, 0], RowsOf(set.Rows(Tensor.Of([6, 6, 0]))));
        Assert.Equal([5, 6, 0, 1], RowsOf(Dataset.Concatenate(set.Skip(5), set.Take(2))));
        Assert.Equal([2, 0, 0, 1], Dataset.Concatenate(set.Skip(5), set.Take(2)).Labels());
        var shuffled = set.Shuffle(Seed);
        Assert.Equal(Seed.Permutation(7), RowsOf(shuffled));
        Assert.Equal(RowsOf(shuffled).Select(row => row % 3), shuffled.Labels());
    }

    [Fact]
    public void MapsKeepTheOther()
    {
        var set = Numbered(4);
        Assert.Equal([0, 0, 2, -2, 4, -4, 6, -6], set.Map(x => 2 * x).Inputs.ToArray());
        Assert.Same(set.Targets, set.Map(x => x).Targets);
        Assert.Equal([1, 2, 3, 1], set.MapTargets(y => y + 1).Targets.ToArray());
        Assert.Throws<ArgumentException>(() => set.Map(x => x[..2]));
        Assert.Equal([4, 6], new Dataset(Tensor.Zeros([4, 2, 3]), set.Targets).Flatten().Inputs.Shape);
        Assert.Equal([0, 6], new Dataset(Tensor.Zeros([0, 2, 3]), Tensor.Zeros([0])).Flatten().Inputs.Shape);
        var (inputs, targets) = set;
        Assert.Same(set.Inputs, inputs);
        Assert.Same(set.Targets, targets);
    }

    [Fact]
    public void OneRowOfItCanBeMappedOver()
    {
        var norms = Transforms.Vmap<Dataset, Tensor>(row => Ops.Sum(Ops.Square(row.Inputs)) + row.Targets)(Numbered(4));
        Assert.Equal([0, 2 + 1, 8 + 2, 18], norms.ToArray());
    }

    [Fact]
    public void AnythingOutOfRangeIsRefused()
    {
        var set = Numbered(4);
        Assert.Throws<ArgumentException>(() => set.Slice(-1, 2));
        Assert.Throws<ArgumentException>(() => set.Slice(3, 2));
        Assert.Throws<ArgumentException>(() => set.Slice(0, 5));
        Assert.Throws<ArgumentException>(() => set.Take(5));
        Assert.Throws<ArgumentException>(() => set.Skip(-1));
        Assert.Throws<ArgumentException>(() => Dataset.Concatenate());
        Assert.Throws<ArgumentNullException>(() => Dataset.Concatenate(set, null!));
        Assert.Throws<ArgumentNullException>(() => set.Shuffle(null!));
        Assert.Throws<ArgumentNullException>(() => set.Map(null!));
        Assert.Throws<ArgumentNullException>(() => set.MapTargets(null!));
    }

    [Fact]
    public void JsonGivesItBack()
    {
        var back = JsonSerializer.Deserialize<Dataset>(JsonSerializer.Serialize(Numbered(3)))!;
        Assert.Equal([0, 1, 2], RowsOf(back));
        Assert.Equal([0, 1, 2], back.Labels());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FractionsAreRoundedToRows(bool stratified)
    {
        var parts = Numbered(10, 2).Split([0.5, 0.3, 0.2], Seed, stratified);
        Assert.Equal(stratified ? [6, 2, 2] : [5, 3, 2], parts.Select(part => part.Count));
        Assert.Equal(Enumerable.Range(0, 10), parts.SelectMany(RowsOf).Order());
        Assert.All(parts, part => Assert.Equal(RowsOf(part).Order(), RowsOf(part)));
        if (stratified)
            Assert.All(parts, part => Assert.Equal(part.ClassCounts(2)[0], part.ClassCounts(2)[1]));
        var (train, test) = Numbered(10).Split(0.8, Seed);
        Assert.Equal([8, 2], [train.Count, test.Count]);
    }

    [Fact]
    public void SplitsAreDrawnByTheirKey()
    {
        var set = Numbered(1000);
        int[] One(ulong seed) => RowsOf(set.Split(0.5, Key.Of(seed)).First);
        Assert.Equal(One(1), One(1));
        Assert.NotEqual(One(1), One(2));
        // A random half has about half of the first half's rows: 250 with a deviation of 7.9.
        Assert.InRange(One(1).Count(row => row < 500), 210, 290);
    }

    [Theory]
    [InlineData(10, 2, false)]
    [InlineData(11, 3, false)]
    [InlineData(50, 7, true)]
    [InlineData(5, 5, true)]
    public void FoldsHaveEachRowInOneTestSet(int rows, int folds, bool stratified)
    {
        var pairs = Numbered(rows).KFold(folds, Seed, stratified).ToArray();
        Assert.Equal(folds, pairs.Length);
        Assert.Equal(Enumerable.Range(0, rows), pairs.SelectMany(pair => RowsOf(pair.Test)).Order());
        Assert.All(pairs, pair => Assert.Equal(Enumerable.Range(0, rows), RowsOf(pair.Train).Concat(RowsOf(pair.Test)).Order()));
        Assert.InRange(pairs.Max(pair => pair.Test.Count) - pairs.Min(pair => pair.Test.Count), 0, 1);
        if (!stratified)
            return;
        for (var label = 0; label < 3; label++)
            Assert.InRange(pairs.Max(pair => pair.Test.ClassCounts(3)[label]) - pairs.Min(pair => pair.Test.ClassCounts(3)[label]), 0, 1);
    }

    [Fact]
    public void SplitsOutOfRangeAreRefused()
    {
        var set = Numbered(4);
        Assert.All([0.0, 1.0, -0.5, double.NaN], fraction => Assert.Throws<ArgumentException>(() => set.Split(fraction, Seed)));
        Assert.Throws<ArgumentException>(() => set.Split([0.5, 0.6], Seed));
        Assert.Throws<ArgumentException>(() => set.Split([], Seed));
        Assert.Throws<ArgumentNullException>(() => set.Split(null!, Seed));
        Assert.Throws<ArgumentNullException>(() => set.Split(0.5, null!));
        Assert.Throws<ArgumentException>(() => set.KFold(1, Seed));
        Assert.Throws<ArgumentException>(() => set.KFold(5, Seed));
        Assert.Throws<ArgumentNullException>(() => set.KFold(2, null!));
        Assert.Throws<ArgumentException>(() => set.MapTargets(y => y + 0.5).Split(0.5, Seed, stratified: true));
    }

    [Fact]
    public void ClassesAreCountedAndWeighed()
    {
        var set = Numbered(10).Take(8);
        Assert.Equal([3, 3, 2], set.ClassCounts());
        Assert.Equal([3, 3, 2, 0], set.ClassCounts(4));
        Assert.Equal([8 / 9.0, 8 / 9.0, 8 / 6.0], set.ClassWeights().ToArray());
        var hot = set.OneHot(4);
        Assert.Equal([8, 4], hot.Targets.Shape);
        Assert.Equal([0, 1, 0, 0], hot.Targets[1].ToArray());
        Assert.Equal(set.Labels(), hot.Labels());
        Assert.Equal([3, 3, 2, 0], hot.ClassCounts());
        Assert.Equal([], set.Take(0).ClassCounts());
        Assert.Contains("class 3", Assert.Throws<ArgumentException>(() => hot.ClassWeights()).Message);
        Assert.Contains("class 2", Assert.Throws<ArgumentException>(() => set.OneHot(2)).Message);
        Assert.Throws<ArgumentException>(() => set.ClassCounts(2));
        Assert.Throws<ArgumentException>(() => set.MapTargets(y => -1 - y).Labels());
        Assert.Throws<ArgumentException>(() => set.MapTargets(y => y * double.NaN).Labels());
        Assert.Throws<ArgumentException>(() => set.MapTargets(y => Ops.OneHot(y, 3) * 2).Labels());
        Assert.Throws<ArgumentException>(() => set.MapTargets(y => 1 - Ops.OneHot(y, 3)).Labels());
        Assert.Throws<ArgumentException>(() => new Dataset(Tensor.Zeros([2]), Tensor.Zeros([2, 1, 1])).Labels());
    }
}
