using System.Globalization;
using AutoDiff.Plots;

namespace AutoDiff.Tests.Plots;

/// <summary>A panel's data as comma-separated values.</summary>
public sealed class ValuesTests
{
    public static TheoryData<string> Kinds => [.. SamplePanels.Marks.Select(sample => sample.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryNumberAndWordComesBack(string kind)
    {
        var mark = SamplePanels.Marks.Single(sample => sample.Kind == kind).Mark with { Name = "a, \"b\"" };
        var rows = Parse(Values.Of(SamplePanels.Of(mark)));
        Assert.Equal(["layer", "mark", "name", .. Values.Columns(mark).Select(column => column.Name)], rows[0]);
        Assert.All(rows.Skip(1), row => Assert.Equal(["1", kind, "a, \"b\""], row[..3]));
        for (var i = 0; i < Values.Columns(mark).Length; i++)
        {
            var (column, cells) = (Values.Columns(mark)[i], rows.Skip(1).Select(row => row[3 + i]).ToArray());
            if (column.Words.IsEmpty)
                Assert.Equal(column.Numbers, cells.Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)));
            else
                Assert.Equal(column.Words, cells);
        }
    }

    [Fact]
    public void MarksStandBelowEachOtherWithEmptyCellsWhereTheyHaveNoColumn()
    {
        var panel = SamplePanels.Of(
            new Mark.Band([1, 2], [0.1, double.NaN], [1e300, double.NegativeInfinity]) { Name = "spread" },
            new Mark.Line([1], [-0.0]),
            new Mark.Line([], [])
        );
        Assert.Equal(
            "layer,mark,name,x,low,high,y\r\n1,band,spread,1,0.1,1E+300,\r\n1,band,spread,2,NaN,-Infinity,\r\n2,line,,1,,,-0\r\n",
            Values.Of(panel)
        );
        Assert.Equal("layer,mark,name\r\n", Values.Of(SamplePanels.Of()));
    }

    [Fact]
    public void AGridHasARowForEachOfItsValues() =>
        Assert.Equal(
            "layer,mark,name,x,y,value\r\n1,heatMap,,1,10,1\r\n1,heatMap,,2,10,2\r\n1,heatMap,,3,10,3\r\n1,heatMap,,1,20,4\r\n1,heatMap,,2,20,5\r\n1,heatMap,,3,20,6\r\n",
            Values.Of(SamplePanels.Of(new Mark.HeatMap([1, 2, 3], [10, 20], [1, 2, 3, 4, 5, 6])))
        );

    [Fact]
    public void ItIsTheSameInEveryCulture()
    {
        var panel = SamplePanels.Of(new Mark.Line([0.5], [-1.5]));
        var expected = (Values.Of(panel), VegaLite.Of(panel));
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NegativeSign) = (",", "−");
        CultureInfo.CurrentCulture = comma;
        Assert.Equal(expected, (Values.Of(panel), VegaLite.Of(panel)));
    }

    /// <summary>A reader of RFC 4180.</summary>
    private static List<List<string>> Parse(string text)
    {
        List<List<string>> rows = [[""]];
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '"' && quoted && i + 1 < text.Length && text[i + 1] == '"')
                rows[^1][^1] += text[i++];
            else if (text[i] == '"')
                quoted = !quoted;
            else if (!quoted && text[i] == ',')
                rows[^1].Add("");
            else if (!quoted && text.AsSpan(i).StartsWith("\r\n"))
            {
                rows.Add([""]);
                i++;
            }
            else
                rows[^1][^1] += text[i];
        Assert.False(quoted);
        Assert.Equal([""], rows[^1]);
        return rows[..^1];
    }
}
