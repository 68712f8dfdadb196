using System.Globalization;

namespace AutoDiff.Examples;

/// <summary>Tells a header from a row of numbers with a slip in it: only two forms are a header.</summary>
/// <remarks>
/// Column names: no cell of the first line is a number. Or scikit-learn's <c>rows,features,name of class 0,…</c>: the first two cells are whole
/// numbers, the rest, at least one, are not numbers. Any other first line is read as a row.
/// </remarks>
internal static class CsvHeader
{
    /// <summary>How many lines the header takes: 0 or 1.</summary>
    /// <exception cref="RefusedException">The header counts other rows or features than follow.</exception>
    public static int Lines(string source, IReadOnlyList<string> lines)
    {
        var cells = lines[0].Split(',');
        if (cells.All(cell => !IsNumber(cell)))
            return string.IsNullOrWhiteSpace(lines[0]) ? 0 : 1;
        if (cells.Length < 3 || !IsCount(cells[0], out var rows) || !IsCount(cells[1], out var features) || cells[2..].Any(IsNumber))
            return 0;
        var (gotRows, gotFeatures) = (lines.Count - 1, lines.Count == 1 ? features : lines[1].Split(',').Length - 1);
        if (rows != gotRows)
            throw new RefusedException($"{source}, line 1, column 1: the header counts {rows} rows; {gotRows} follow");
        if (features != gotFeatures)
            throw new RefusedException(
                $"{source}, line 1, column 2: the header counts {features} features; {gotFeatures} and a label follow"
            );
        return 1;
    }

    private static bool IsCount(string cell, out int count) =>
        int.TryParse(cell, NumberStyles.Integer, CultureInfo.InvariantCulture, out count);

    private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
