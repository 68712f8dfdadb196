using AutoDiff.Data;
using Xunit;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

/// <summary>What holds of all sets, of none, one, odd and many rows: parts are partitions, and functions of all rows do not know of parts.</summary>
public sealed class DataLaws
{
    private const int Classes = 3;
    private static readonly Key Seed = Key.Of(7);
    private static readonly int[] Counts = [1, 2, 7, 1001, 65_537];

    public static TheoryData<int, int, bool> Folds =>
        new(
            from count in Counts
            from folds in (int[])[2, 3, 10]
            where folds <= count
            from stratified in (bool[])[false, true]
            select (count, folds, stratified)
        );

    public static TheoryData<int, bool> Parts =>
        new(from count in (int[])[0, .. Counts] from stratified in (bool[])[false, true] select (count, stratified));

    public static TheoryData<int, int> Chunks =>
        new(from count in Counts from size in (int[])[1, 64, 1000, 65_536, int.MaxValue] select (count, size));

    [Theory]
    [MemberData(nameof(Folds))]
    public void Folds_partition_the_rows(int count, int folds, bool stratified)
    {
        var set = Numbered(count);
        var pairs = set.KFold(folds, Seed, stratified).ToArray();
        Assert.Equal(folds, pairs.Length);
        Assert.Equal(Enumerable.Range(0, count), pairs.SelectMany(pair => Rows(pair.Test)).Order());
        foreach (var (train, test) in pairs)
        {
            Assert.InRange(test.Count, count / folds, ((count - 1) / folds) + 1);
            Assert.Equal(Enumerable.Range(0, count), Rows(train).Concat(Rows(test)).Order());
            if (!stratified)
                continue;
            foreach (var (label, members) in test.ClassCounts(Classes).Index())
            {
                var all = set.ClassCounts(Classes)[label];
                Assert.InRange(members, all / folds, (all + folds - 1) / folds);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void Splits_partition_the_rows(int count, bool stratified)
    {
        var set = Numbered(count);
        foreach (
            var fractions in (double[][])
                [
                    [1],
                    [0.5, 0.5],
                    [0.8, 0.2],
                    [0.7, 0.2, 0.1],
                ]
        )
        {
            var parts = set.Split(fractions, Seed, stratified);
            Assert.Equal(Enumerable.Range(0, count), parts.SelectMany(Rows).Order());
            for (var i = 0; i < parts.Length; i++)
            {
                Assert.InRange(
                    parts[i].Count - (fractions[i] * count),
                    -1.0001 * (stratified ? Classes : 1),
                    1.0001 * (stratified ? Classes : 1)
                );
                var members = parts[i].ClassCounts(Classes);
                for (var label = 0; stratified && label < Classes; label++)
                    Assert.InRange(members[label] - (fractions[i] * set.ClassCounts(Classes)[label]), -1.0001, 1.0001);
            }
        }
        Assert.Equal(Enumerable.Range(0, count), Rows(set.Shuffle(Seed)).Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(65_537)]
    public void Standardized_features_have_mean_zero_and_deviation_one(int count)
    {
        var units = Tensor.Of([1, 1e-150, 1e150]);
        var x = Transforms.Evaluate((Seed.Normal([count, 3]) + 3) * units);
        var scaler = Standardizer.Of(x);
        var y = scaler.Apply(x);
        Assert.All(Mean(y, 0).ToArray(), mean => Assert.Equal(0, mean, 1e-13));
        Assert.All(StandardDeviation(y, 0).ToArray(), deviation => Assert.Equal(count == 1 ? 0 : 1, deviation, 1e-13));
        Assert.All(((scaler.Invert(y) - x) / units).ToArray(), error => Assert.Equal(0, error, 1e-14));
    }

    [Theory]
    [MemberData(nameof(Chunks))]
    public void A_function_of_all_rows_does_not_know_of_parts(int count, int size)
    {
        var set = new Dataset(Seed.Normal([count, 2]), Seed.FoldIn(1).Normal([count]));
        var loss = (Dataset rows) => Mean(Square(Sum(Tanh(rows.Inputs), 1) - rows.Targets));
        var (whole, first) = (loss(set).Item(), (double?)null);
        foreach (var threads in (int[])[1, 2, 5])
        {
            var mean = set.Average(Transforms.Compile(loss, new() { Threads = threads }), size).Item();
            Assert.Equal(whole, mean, 1e-14);
            Assert.Equal(first ??= mean, mean);
        }
        Assert.Equal(Tanh(set.Inputs).ToArray(), set.Predict(Tanh, size).ToArray());
    }

    [Fact]
    public void Of_no_rows_there_is_nothing_to_predict() =>
        Assert.Equal([0, 2], new Dataset(Tensor.Zeros([0, 2]), Tensor.Zeros([0])).Predict(Tanh).Shape);

    /// <summary>Each row's input is its number, its target the class that is the number's remainder: of 2, 3 or 4 parts as large as others'.</summary>
    private static Dataset Numbered(int count) =>
        new(Reshape(Tensor.Range(count), count, 1), Tensor.Of([.. Enumerable.Range(0, count).Select(row => (double)Class(row))], count));

    private static int Class(int row) =>
        row % 9 is var digit && digit < 2 ? 0
        : digit < 5 ? 1
        : 2;

    /// <summary>The numbers of a set's rows, whose targets are still theirs.</summary>
    private static int[] Rows(Dataset set)
    {
        var rows = Array.ConvertAll(set.Inputs.ToArray(), row => (int)row);
        Assert.Equal(Array.ConvertAll(rows, Class), set.Labels());
        return rows;
    }
}
