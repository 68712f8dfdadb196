using System.Text;
using AutoDiff.Files;
using CsvHelper;

namespace AutoDiff.Data;

/// <summary>Makes a table of a text, row by row; every refusal names its line, and its column where there is one.</summary>
internal sealed class CsvTableReader(string operation, string source, CsvOptions options)
{
    private const int Sampled = 1 << 14;

    private readonly CsvCells _cells = new();
    private readonly List<int> _fields = [];
    private CsvMalformedRecord? _malformed;
    private CsvNames? _header;
    private CsvNames? _perhaps;
    private int _columns;
    private long _firstLine = 1;
    private long _blank;

    public Table Read(Stream stream, CancellationToken cancellation)
    {
        try
        {
            using var text = new CsvText(stream, options.MostBytes, (problem, at) => Refusal(null, problem, at), cancellation);
            var separator = options.Separator ?? CsvSeparators.Detect(text.Sample(Sampled));
            using var reader = CsvReader.Create(text, Dialect(separator), leaveOpen: false);
            while (Next(reader))
            {
                cancellation.ThrowIfCancellationRequested();
                Add(reader, separator);
            }
            return ToTable();
        }
        catch (InvalidDataException problem)
        {
            throw Refusal(null, $"{problem.Message}; expected a whole gzip file", null);
        }
    }

    private CsvReaderOptions Dialect(char separator) =>
        new()
        {
            Separator = separator,
            HasHeader = false,
            SkipEmptyLines = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MaxRecordSize = options.MostBytesPerRow,
            OnMalformedRecord = record => _malformed ??= record,
        };

    private bool Next(CsvReader reader)
    {
        bool read;
        try
        {
            read = reader.Read();
        }
        catch (CsvFormatException problem)
        {
            // What is malformed is told, not thrown; this is what the buffer has no room for.
            throw TooLong(problem.LineNumber, problem.ByteOffset);
        }
        if (_malformed is { } malformed)
            throw Refusal(
                $"line {malformed.LineNumber}",
                malformed.Reason switch
                {
                    CsvMalformedReason.UnterminatedQuote => "a quote is never closed; expected another quote where the cell ends",
                    CsvMalformedReason.TextAfterClosingQuote =>
                        "something follows the quote that closes a cell; expected a separator, or two quotes for one within the cell",
                    _ =>
                        "a quote stands within a cell that does not begin with one; expected the cell in quotes and its own quotes doubled",
                },
                malformed.ByteOffset
            );
        return read;
    }

    private void Add(CsvReader reader, char separator)
    {
        var line = reader.LineNumber;
        if (reader.RawRecord.Length > options.MostBytesPerRow)
            throw TooLong(line, reader.ByteOffset);
        if (reader.RawRecord.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0)
        {
            // Blank lines at the end are none; this may be one of them.
            _blank = _blank == 0 ? line : _blank;
            return;
        }
        if (_blank != 0)
            throw Refusal(Place(_blank, 1), "the line is blank; expected a row, or nothing more", reader.ByteOffset);
        FindFields(reader, separator);
        if (_columns == 0)
        {
            (_columns, _firstLine) = (_fields.Count, line);
            _header = CsvNames.OfColumns(reader, _fields, options.Header);
            if (_header is not null)
                return;
            _perhaps = CsvNames.OfClasses(reader, _fields, options.Header);
        }
        else if (_perhaps is { } classes)
        {
            // A name of a class above a number: the first line was no row.
            if (CsvCell.IsNumber(reader.GetSpan(_fields[^1]), out _))
            {
                (_header, _columns) = (classes, classes.Columns);
                _cells.Clear();
            }
            _perhaps = null;
        }
        if (_fields.Count != _columns)
            throw Refusal(
                Place(line, Math.Min(_fields.Count, _columns) + 1),
                $"the row has {_fields.Count} columns; expected {_columns} as {(_header is { Rows: not null } ? "the header counts" : $"on line {_firstLine}")}",
                reader.ByteOffset
            );
        if (_cells.Rows == options.MostRows)
            throw Refusal(
                $"line {line}",
                $"there are more than {options.MostRows} rows; {Limit(nameof(options.MostRows))}",
                reader.ByteOffset
            );
        foreach (var field in _fields)
            _cells.Add(reader.GetSpan(field));
        _cells.EndRow((int)line);
    }

    /// <summary>The positions of the cells: several spaces separate as one does.</summary>
    private void FindFields(CsvReader reader, char separator)
    {
        _fields.Clear();
        for (var i = 0; i < reader.FieldCount; i++)
        {
            if (separator != ' ' || reader.GetRawSpan(i).Length > 0)
                _fields.Add(i);
        }
    }

    private Table ToTable()
    {
        if (_cells.Rows == 0)
            throw Refusal(
                Place(_header is null ? 1 : _firstLine + 1, 1),
                _header is null ? "there are no rows; expected some" : "nothing follows the header; expected rows",
                null
            );
        if (_header?.Rows is { } rows && rows != _cells.Rows)
            throw Refusal(Place(1, 1), $"the header counts {rows} rows; {_cells.Rows} follow", null);
        var missing = options.Missing.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var columns = new TableColumn[_columns];
        for (var i = 0; i < columns.Length; i++)
        {
            var name = _header?.Names?[i] is { Length: > 0 } given ? given : $"column{i + 1}";
            columns[i] = _cells.Column(name, i, _columns, missing);
        }
        return new(source, [.. columns], [.. _cells.Lines], _header?.Classes ?? []);
    }

    private InvalidFileException TooLong(long line, long offset) =>
        Refusal($"line {line}", $"the row has more than {options.MostBytesPerRow} bytes; {Limit(nameof(options.MostBytesPerRow))}", offset);

    private static string Limit(string option) => $"{nameof(CsvOptions)}.{option} sets the limit";

    private static string Place(long line, int column) => $"line {line}, column {column}";

    private InvalidFileException Refusal(string? place, string problem, long? offset) =>
        new(
            $"[{operation}] {source}{(place is not null ? $", {place}" : offset is null ? "" : $", byte {offset}")}: {problem}",
            source,
            offset
        );
}
