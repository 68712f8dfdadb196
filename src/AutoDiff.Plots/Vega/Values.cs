namespace AutoDiff.Plots;

/// <summary>The data that a panel shows, as tables.</summary>
public static class Values
{
    /// <summary>Comma-separated values (RFC 4180), a row a datum: its mark's place from 1, kind and name, then all marks' columns, empty where its own has none.</summary>
    /// <remarks>Numbers are as short as reads back to the same bits; NaN, Infinity and -Infinity by name.</remarks>
    public static string Of(Panel panel)
    {
        var tables = panel.Marks.Select((mark, i) => (Head: new[] { $"{i + 1}", Kind(mark), mark.Name ?? "" }, Columns: Columns(mark)));
        string[] names = [.. tables.SelectMany(table => table.Columns).Select(column => column.Name).Distinct(StringComparer.Ordinal)];
        var rows =
            from table in tables
            from row in Enumerable.Range(0, table.Columns[0].Count)
            let cells = names.Select(name =>
                table.Columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.Ordinal))?.Text(row) ?? ""
            )
            select table.Head.Concat(cells);
        return string.Concat(
            rows.Prepend(["layer", "mark", "name", .. names]).Select(row => string.Join(',', row.Select(Quoted)) + "\r\n")
        );
    }

    /// <summary>What a mark is called in tables: <c>line</c>, <c>errorBar</c>, …</summary>
    public static string Kind(Mark mark) => char.ToLowerInvariant(mark.GetType().Name[0]) + mark.GetType().Name[1..];

    /// <summary>A mark's data, column by column; of a grid, a row for each of its values.</summary>
    public static ImmutableArray<Column> Columns(Mark mark) => Column.Of(mark);

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny("\",\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
