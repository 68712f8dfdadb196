using AutoDiff.Data;
using AutoDiff.Files;

namespace AutoDiff.Tests.Data;

public sealed class TableTests
{
    private const string Flowers = "width,species,height,note\n1,rose,2,x\n3,Aster,4,y\n5,rose,6,z\n";
    private const string Holes = "a,b,c\n1,?,0\n,4,1\n5,8,\n3,6,1\n";

    [Fact]
    public void Texts_are_classes_in_the_order_of_their_characters()
    {
        var table = Tables.Read(Flowers);
        var set = table.ToDataset("species", ignore: ["note"]);
        Assert.Equal([1, 2, 3, 4, 5, 6], set.Inputs.ToArray());
        Assert.Equal([3, 2], set.Inputs.Shape);
        Assert.Equal([1, 0, 1], set.Targets.ToArray());
        Assert.Equal(["Aster", "rose"], table.Classes("species"));
    }

    [Fact]
    public void Columns_are_chosen_by_name_and_position_in_the_order_asked_for()
    {
        var set = Tables.Read(Flowers).ToDataset(1, features: [^2, "width"]);
        Assert.Equal([2, 1, 4, 3, 6, 5], set.Inputs.ToArray());
        Assert.Equal([2, 4, 6], Tables.Read(Flowers).ToTensor(["height"]).ToArray());
    }

    [Fact]
    public void Numbers_are_values_or_labels()
    {
        var table = Tables.Read("1,7\n2,-1\n3,7.5\n");
        Assert.Equal([7, -1, 7.5], table.ToDataset(^1).Targets.ToArray());
        Assert.Equal([1, 0, 2], table.ToDataset(^1, classes: true).Targets.ToArray());
        Assert.Equal(["-1", "7", "7.5"], table.Classes(^1));
    }

    [Fact]
    public void A_header_names_classes_by_their_numbers()
    {
        var table = Tables.Read("2,2,no,yes\n1,2,0\n3,4,0\n");
        Assert.Equal(["no", "yes"], table.Classes(^1));
        Assert.Equal([0, 0], table.ToDataset(^1).Targets.ToArray());
        foreach (var label in new[] { "2", "-1", "0.5", "x" })
            Refused(() => Tables.Read($"2,2,no,yes\n1,2,0\n3,4,{label}\n").ToDataset(^1), "line 3, column 3");
    }

    [Fact]
    public void A_missing_value_is_refused_with_its_place()
    {
        Refused(() => Tables.Read(Holes).ToDataset("c"), "[Table.ToDataset] f.csv, line 3, column 1 (a): the value is missing");
        Refused(() => Tables.Read(Holes).ToDataset("c", ["b"]), "line 2, column 2 (b): the value is missing");
        Refused(() => Tables.Read("1,2\n3,NaN\n").ToTensor(), "[Table.ToTensor] f.csv, line 2, column 2 (column2): the value is missing");
    }

    [Theory]
    [InlineData(MissingValues.DropRows, new[] { 3.0, 6 }, new[] { 1.0 })]
    [InlineData(MissingValues.Mean, new[] { 1, 6, 3, 4, 3, 6.0 }, new[] { 0, 1, 1.0 })]
    [InlineData(MissingValues.NaN, new[] { 1, double.NaN, double.NaN, 4, 3, 6 }, new[] { 0, 1, 1.0 })]
    public void Missing_values_follow_the_rule(MissingValues rule, double[] inputs, double[] targets)
    {
        var set = Tables.Read(Holes).ToDataset("c", missing: rule);
        Assert.Equal(inputs, set.Inputs.ToArray());
        Assert.Equal(targets, set.Targets.ToArray());
    }

    [Fact]
    public void Missing_values_that_are_not_used_do_not_matter()
    {
        var set = Tables.Read("a,b,c\n1,?,0\n2,NA,1\n").ToDataset("c", ["a"]);
        Assert.Equal([1, 2], set.Inputs.ToArray());
    }

    [Fact]
    public void Which_texts_are_missing_is_an_option()
    {
        Assert.Equal(
            [1, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN],
            Tables.Read("1\n?\n\"\"\nna\nN/A\nnull\nNAN\n")[0].Numbers
        );
        Assert.Equal(
            [1, double.NaN],
            Tables.Read("1\n-99\n", new() { Missing = ["-99"] })[0].Numbers.Select(number => number == -99 ? double.NaN : number)
        );
        var column = Tables.Read("1\n?\nnone\n", new() { Missing = ["None"] })[0];
        Assert.Equal(["1", "?", null], column.Texts);
    }

    [Fact]
    public void What_no_set_can_be_made_of_is_refused()
    {
        Refused(() => Tables.Read(Flowers).ToDataset("width", ["species"]), "line 2, column 2 (species): got \"rose\"; expected a number");
        Refused(() => Tables.Read("a,b\n1,2\nfour,1\n").ToDataset("b"), "line 3, column 1 (a): got \"four\"; expected a number");
        Refused(() => Tables.Read("1,2\n3,-1e999\n").ToTensor(), "line 2, column 2 (column2): got -Infinity; expected a finite number");
        Refused(() => Tables.Read("1,?\n?,2\n").ToTensor(missing: MissingValues.DropRows), "every row lacks a value");
        Refused(
            () => Tables.Read("1,?\n2,?\n").ToTensor(missing: MissingValues.Mean),
            "line 1, column 2 (column2): no value of the column is there"
        );
    }

    [Fact]
    public void A_mean_does_not_overflow() =>
        Assert.Equal(1.5e308, Tables.Read("1.5e308\n1.5e308\n?\n").ToTensor(missing: MissingValues.Mean).ToArray()[2], 1e294);

    [Fact]
    public void Misuse_is_refused_at_once()
    {
        var table = Tables.Read("a,a,b\n1,2,3\n");
        Assert.Throws<ArgumentException>(() => table["c"]);
        Assert.Contains("more than one", Assert.Throws<ArgumentException>(() => table["a"]).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => table[3]);
        Assert.Throws<ArgumentException>(() => table[^4]);
        Assert.Throws<ArgumentException>(() => table.Place(1, 0));
        Assert.Throws<ArgumentException>(() => table.ToDataset("b", []));
        Assert.Throws<ArgumentException>(() => table.ToDataset("b", ["b"]));
        Assert.Throws<ArgumentException>(() => table.ToDataset("b", [0], [1]));
        Assert.Throws<ArgumentException>(() => table.ToDataset("b", missing: (MissingValues)9));
        Assert.Throws<ArgumentException>(() => table.ToTensor([]));
        Assert.Throws<ArgumentException>(() => table.ToTensor(missing: (MissingValues)9));
        Assert.Throws<ArgumentNullException>(() => table[(string)null!]);
    }

    private static void Refused(Func<object> read, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidFileException>(read).Message, StringComparison.Ordinal);
}
