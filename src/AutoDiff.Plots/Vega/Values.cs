using System.Globalization;

namespace AutoDiff.Plots;

/// <summary>A column of a mark's data: numbers, or words; the other is empty.</summary>
public sealed record Column(string Name, ImmutableArray<double> Numbers, ImmutableArray<string> Words)
{
    internal Column(string name, IEnumerable<double> numbers)
        : this(name, [.. numbers], []) { }

    internal static ImmutableArray<Column> Table(string names, IEnumerable<double[]> rows)
    {
        double[][] all = [.. rows];
        return [.. names.Split(' ').Select((name, i) => new Column(name, all.Select(row => row[i])))];
    }

    internal int Count => Math.Max(Numbers.Length, Words.Length);

    internal string Text(int row) => Words.IsEmpty ? Numbers[row].ToString("R", CultureInfo.InvariantCulture) : Words[row];
}

/// <summary>The data that a panel shows, as tables.</summary>
public static class Values
{
    /// <summary>Comma-separated values (RFC 4180), a row a datum: its mark's place from 1, kind and name, then all marks' columns, empty where its own has none.</summary>
    /// <remarks>Numbers are as short as reads back to the same bits; NaN, Infinity and -Infinity by name.</remarks>
    public static string Of(Panel panel)
    {
        var tables = panel.Marks.Select(mark => (Mark: mark, Columns: Columns(mark))).ToArray();
        string[] names = [.. tables.SelectMany(table => table.Columns).Select(column => column.Name).Distinct()];
        var rows = tables.SelectMany(
            (table, i) => Enumerable.Range(0, table.Columns[0].Count).Select(row => Row(i, table.Mark, table.Columns, row))
        );
        return string.Concat(
            rows.Prepend(["layer", "mark", "name", .. names]).Select(row => string.Join(',', row.Select(Quoted)) + "\r\n")
        );

        IEnumerable<string> Row(int i, Mark mark, ImmutableArray<Column> columns, int row) =>
            [
                $"{i + 1}",
                Kind(mark),
                mark.Name ?? "",
                .. names.Select(name => columns.FirstOrDefault(column => column.Name == name)?.Text(row) ?? ""),
            ];
    }

    /// <summary>What a mark is called in tables: <c>line</c>, <c>errorBar</c>, …</summary>
    public static string Kind(Mark mark) => char.ToLowerInvariant(mark.GetType().Name[0]) + mark.GetType().Name[1..];

    /// <summary>A mark's data, column by column; of a grid, a row for each of its values.</summary>
    public static ImmutableArray<Column> Columns(Mark mark) =>
        mark switch
        {
            Mark.Scatter { Labels: not [] } m => [.. Points(m), new("label", [], m.Labels)],
            Mark.ErrorBar m => [.. Points(m), new("low", m.Low), new("high", m.High)],
            Mark.Arrows m => [.. Points(m), new("dx", m.Dx), new("dy", m.Dy)],
            Mark.Text m => [.. Points(m), new("text", [], m.Words)],
            Mark.Series m => Points(m),
            Mark.Bar m => [new("category", [], m.Categories), new("height", m.Heights)],
            Mark.Histogram m => [new("value", m.Values)],
            Mark.Box m => [new("category", [], [.. m.Values.Select(_ => m.Category)]), new("value", m.Values)],
            Mark.Band m => [new("x", m.X), new("low", m.Low), new("high", m.High)],
            Mark.Grid m => Column.Table(
                "x y value",
                m.Values.Select((value, i) => (double[])[m.X[i % m.X.Length], m.Y[i / m.X.Length], value])
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static ImmutableArray<Column> Points(Mark.Series mark) => [new("x", mark.X), new("y", mark.Y)];

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny("\",\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
