namespace AutoDiff.Examples;

/// <summary>A first line that is no row. Told from a row of numbers with a slip in it: only two forms are a header.</summary>
/// <remarks>
/// Column names: no cell of the first line is a number. Or scikit-learn's <c>rows,features,name of class 0,…</c>: the first two cells are whole
/// numbers, the rest, at least one, are not numbers. Any other first line is read as a row.
/// </remarks>
/// <param name="Rows">How many rows it says follow; null where it does not say.</param>
/// <param name="Features">How many features it says each has; null where it does not say.</param>
internal sealed record CsvHeader(int? Rows, int? Features)
{
    /// <summary>The header that a first line is; null where it is a row.</summary>
    public static CsvHeader? Of(ReadOnlySpan<char> line)
    {
        var (cells, numbers) = (0, 0);
        int? rows = null;
        int? features = null;
        foreach (var range in line.Split(','))
        {
            var cell = line[range];
            if (cells == 0 && Cell.IsCount(cell, out var first))
                rows = first;
            if (cells == 1 && Cell.IsCount(cell, out var second))
                features = second;
            numbers += Cell.IsNumber(cell, out _) ? 1 : 0;
            cells++;
        }
        if (numbers == 0)
            return line.IsWhiteSpace() ? null : new(null, null);
        return cells >= 3 && numbers == 2 && rows is not null && features is not null ? new(rows, features) : null;
    }
}
