using AutoDiff.Examples;
using AutoDiff.Tests.Data;

namespace AutoDiff.Tests.Examples;

public sealed class DataSetTests
{
    [Fact]
    public void DistinctLabelsAreClassesInOrder()
    {
        var set = DataSet.Of(Tables.Read("1,7\n2,-1\n3,7\n"), Scaling.None);
        Assert.Equal([-1, 7], set.Labels);
        Assert.Equal([1, 2], set.Counts);
        Assert.Equal([0, 1, 1, 0, 0, 1], set.Rows.Targets.ToArray());
    }

    [Theory]
    [InlineData(Scaling.None, new[] { 1.0, 5, 3, 5 })]
    [InlineData(Scaling.Max, new[] { 0.2, 1, 0.6, 1 })]
    [InlineData(Scaling.Standard, new[] { -1.0, 0, 1, 0 })]
    public void FeaturesAreScaled(Scaling scaling, double[] expected) =>
        Assert.Equal(expected, DataSet.Of(Tables.Read("1,5,0\n3,5,1\n"), scaling).Rows.Features.ToArray());

    [Theory]
    [InlineData("0\n1\n", "f.csv, line 1, column 1: got 1 column")]
    [InlineData("1,2,0\n", "f.csv, line 1, column 1: got 1 row")]
    [InlineData("1,2,3\n4,5,3\n", "f.csv, line 1, column 3: every label is 3")]
    [InlineData("1,2,0\n3,four,1\n", "f.csv, line 2, column 2 (column2): got \"four\"; expected a number")]
    [InlineData("1,2,0\n3,\u001b[31m,1\n", "f.csv, line 2, column 2 (column2): got \"?[31m\"")]
    [InlineData("1,2,0\n3,,1\n", "f.csv, line 2, column 2 (column2): the value is missing")]
    [InlineData("1,2,0\n3,1e999,1\n", "f.csv, line 2, column 2 (column2): got Infinity; expected a finite number")]
    [InlineData("1,2,no\n3,4,yes\n", "f.csv, line 1, column 3 (column3): got \"no\"; expected a number")]
    [InlineData("a,b\n1,0\n2,0.5\n", "f.csv, line 3, column 2: got label 0.5; expected a whole number")]
    [InlineData("1,0\n2,1e300\n", "f.csv, line 2, column 2: got label 1E+300; expected a whole number")]
    public void WhatIsNoClassificationIsRefused(string text, string expected)
    {
        var table = Tables.Read(text);
        Assert.StartsWith(
            expected,
            Assert.Throws<RefusedException>(() => DataSet.Of(table, Scaling.Standard)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(Scaling.Standard)]
    [InlineData(Scaling.Max)]
    public void HugeFeaturesAreScaledWithoutOverflow(Scaling scaling) =>
        Assert.Equal([1, -1], DataSet.Of(Tables.Read("1e300,0\n-1e300,1\n"), scaling).Rows.Features.ToArray());

    [Fact]
    public void HugeFeaturesAreRefusedUnscaled() =>
        Assert.StartsWith(
            "f.csv, line 2, column 1: got -1E+300",
            Assert.Throws<RefusedException>(() => DataSet.Of(Tables.Read("1,0\n-1e300,1\n"), Scaling.None)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void ALabelForEveryRowIsNoClass()
    {
        var table = Tables.Read(string.Concat(Enumerable.Range(0, 1001).Select(row => $"1,{row}\n")));
        Assert.Contains(
            "1001 different numbers",
            Assert.Throws<RefusedException>(() => DataSet.Of(table, Scaling.None)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ManyRowsOfManyClassesAreRefused()
    {
        const int rows = 134_218; // of 1,000 classes: just above 2²⁷ cells
        var table = Tables.Read(string.Concat(Enumerable.Range(0, rows).Select(row => $"{row % 1000},{row % 1000}\n")));
        Assert.Equal(
            "f.csv, line 1, column 2: 134218 rows of 1000 classes are too many; expected at most 134217 rows",
            Assert.Throws<RefusedException>(() => DataSet.Of(table, Scaling.None)).Message
        );
    }

    [Fact]
    public void TheDigitsAreThereAndDividedBySixteen()
    {
        var set = DataSet.Of(Digits.Read(TestContext.Current.CancellationToken), Scaling.Max);
        Assert.Equal([1797, 64], set.Rows.Features.Shape);
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180], set.Counts);
        Assert.Equal(5 / 16.0, set.Rows.Features.ToArray()[2]);
    }
}
