using AutoDiff.Files;

namespace AutoDiff.Data;

/// <summary>Tables in files of separated values (RFC 4180): a row a line, cells between separators, in quotes where they hold separators, quotes or line ends.</summary>
/// <remarks>
/// <para>
/// The text is UTF-8, or UTF-16 with a byte order mark, plain or gzip, which is told by its first bytes; lines end in LF, CR or both. Spaces around cells do not count. Numbers are
/// written with a decimal point and no separators of groups, whatever the machine's language. Refused are ragged rows, blank lines other than the last, quotes that do not close or stand within a cell,
/// bytes that are no text, and what is beyond the limits of <see cref="CsvOptions"/> or unpacks to more than 64 MiB and more than a hundred times its own size. The memory taken is at most
/// some twenty times the text.
/// </para>
/// </remarks>
public static class Csv
{
    private const string Operation = "Csv.Read";

    /// <summary>The table of a file.</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <param name="options">How it is read; the defaults where null.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InvalidFileException">The file is damaged, empty, ragged, no text, or beyond the limits; the message gives line and column.</exception>
    /// <exception cref="IOException">It is not there, or the system fails to read it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    /// <exception cref="ArgumentException">The path is null or none.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Table Read(string path, CsvOptions? options = null, CancellationToken cancellation = default) =>
        InputFile.Read(path, Operation, stream => Read(stream, options, path, cancellation));

    /// <summary>The table of a stream, from where it stands to its end.</summary>
    /// <param name="stream">The bytes, plain or gzip; it stays open, and need not be able to seek.</param>
    /// <param name="options">How it is read; the defaults where null.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="cancellation">Ends the reading, between two reads of the stream.</param>
    /// <exception cref="InvalidFileException">The text is damaged, empty, ragged, no text, or beyond the limits; the message gives line and column.</exception>
    /// <exception cref="IOException">The system fails to read it.</exception>
    /// <exception cref="ArgumentException">The stream or its name is null, or it cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Table Read(
        Stream stream,
        CsvOptions? options = null,
        string source = "the stream",
        CancellationToken cancellation = default
    )
    {
        Require.NotNull(stream, Operation);
        Require.NotNull(source, Operation);
        Require.That(stream.CanRead, $"[{Operation}] got a stream that cannot be read; expected one that can");
        return new CsvTableReader(Operation, source, options ?? new()).Read(stream, cancellation);
    }
}
