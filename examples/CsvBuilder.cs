using System.Collections.Immutable;

namespace AutoDiff.Examples;

/// <summary>Makes a table of its lines, in order; every refusal names file, line and column.</summary>
internal sealed class CsvBuilder(string source, ReadLimits limits)
{
    private readonly ImmutableArray<double>.Builder _cells = ImmutableArray.CreateBuilder<double>();
    private CsvHeader? _header;
    private int _firstLine = 1;
    private int _columns;
    private int _rows;
    private int _blank;

    /// <exception cref="RefusedException">The line is neither row nor header, or there are too many.</exception>
    public void Add(int number, ReadOnlySpan<char> line)
    {
        if (number == 1 && CsvHeader.Of(line) is { } header)
        {
            (_header, _firstLine) = (header, 2);
            return;
        }
        if (line.IsWhiteSpace())
        {
            // Blank lines at the end are none; this may be one of them.
            _blank = _blank == 0 ? number : _blank;
            return;
        }
        if (_columns == 0)
            _columns = Columns(line);
        if (_blank != 0)
            throw Refusal(_blank, 1, $"the line is blank; expected {_columns} columns as on line {_firstLine}");
        if (++_rows > limits.Rows)
            throw new RefusedException($"{source}, line {number}: has more than {limits.Rows} rows; --max-rows sets the limit");
        AddRow(number, line);
    }

    /// <exception cref="RefusedException">There are no rows, or not as many as the header counts.</exception>
    public CsvTable ToTable()
    {
        if (_header is null && _rows == 0)
            throw Refusal(1, 1, "the file is empty; expected rows of numbers, the label last");
        if (_header?.Rows is { } rows && rows != _rows)
            throw Refusal(1, 1, $"the header counts {rows} rows; {_rows} follow");
        if (_rows == 0)
            throw Refusal(_firstLine, 1, "nothing after the header; expected rows of numbers, the label last");
        return new(source, _columns, _cells.DrainToImmutable(), _firstLine);
    }

    private int Columns(ReadOnlySpan<char> first)
    {
        var columns = first.Count(',') + 1;
        return _header?.Features is { } features && features != columns - 1
            ? throw Refusal(1, 2, $"the header counts {features} features; {columns - 1} and a label follow")
            : columns;
    }

    private void AddRow(int number, ReadOnlySpan<char> line)
    {
        var columns = line.Count(',') + 1;
        if (columns != _columns)
            throw Refusal(number, Math.Min(columns, _columns) + 1, $"got {columns} columns; expected {_columns} as on line {_firstLine}");
        var column = 0;
        foreach (var range in line.Split(','))
        {
            column++;
            var cell = line[range];
            if (!Cell.IsNumber(cell, out var value))
                throw Refusal(number, column, $"got {Cell.Shown(cell)}; expected a number, and commas between numbers");
            if (!double.IsFinite(value))
                throw Refusal(number, column, $"got {Cell.Shown(cell)}; expected a finite number");
            _cells.Add(value);
        }
    }

    private RefusedException Refusal(int line, int column, string problem) => new($"{source}, line {line}, column {column}: {problem}");
}
