using System.Collections.Immutable;
using System.Globalization;

namespace AutoDiff.Examples;

/// <summary>Reads tables of numbers separated by commas; every refusal names file, line and column.</summary>
public static class CsvReader
{
    private const int ShownCharacters = 24;

    /// <summary>The table in a file, gzip or plain.</summary>
    /// <exception cref="RefusedException">The file cannot be read, or is empty, ragged or not numeric.</exception>
    public static CsvTable Read(string path, CancellationToken cancellation = default)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Read(path, file, cancellation);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RefusedException($"{path}: there is no such file", problem);
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RefusedException($"{path}: cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>The table in a stream that can seek, gzip or plain.</summary>
    /// <exception cref="RefusedException">The text is empty, ragged or not numeric.</exception>
    public static CsvTable Read(string source, Stream stream, CancellationToken cancellation = default)
    {
        var lines = TextLines.Read(stream, cancellation);
        if (lines.Count == 0)
            throw new RefusedException($"{source}, line 1, column 1: the file is empty; expected rows of numbers, the label last");
        var first = CsvHeader.Lines(source, lines);
        if (lines.Count == first)
            throw new RefusedException(
                $"{source}, line {first + 1}, column 1: nothing after the header; expected rows of numbers, the label last"
            );
        var columns = lines[first].Split(',').Length;
        var cells = ImmutableArray.CreateBuilder<double>((lines.Count - first) * columns);
        for (var line = first; line < lines.Count; line++)
        {
            cancellation.ThrowIfCancellationRequested();
            AddRow(cells, lines[line].Split(','), columns, $"{source}, line {line + 1}", first + 1);
        }
        return new(source, columns, cells.MoveToImmutable(), first + 1);
    }

    private static void AddRow(ImmutableArray<double>.Builder cells, string[] row, int columns, string where, int like)
    {
        if (row is [var only] && string.IsNullOrWhiteSpace(only))
            throw new RefusedException($"{where}, column 1: the line is blank; expected {columns} columns as on line {like}");
        if (row.Length != columns)
            throw new RefusedException(
                $"{where}, column {Math.Min(row.Length, columns) + 1}: got {row.Length} columns; expected {columns} as on line {like}"
            );
        for (var column = 0; column < columns; column++)
        {
            if (!double.TryParse(row[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                throw new RefusedException(
                    $"{where}, column {column + 1}: got {Shown(row[column])}; expected a number, and commas between numbers"
                );
            if (!double.IsFinite(value))
                throw new RefusedException($"{where}, column {column + 1}: got {Shown(row[column])}; expected a finite number");
            cells.Add(value);
        }
    }

    /// <summary>The cell between quotes, short, and without characters that a terminal would act on.</summary>
    private static string Shown(string cell)
    {
        var shown = string.Concat(cell.Trim().Take(ShownCharacters).Select(c => char.IsControl(c) ? '?' : c));
        return cell.Trim().Length > ShownCharacters ? $"\"{shown}...\"" : $"\"{shown}\"";
    }
}
