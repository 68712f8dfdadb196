namespace AutoDiff.Examples;

/// <summary>Reads tables of numbers separated by commas; every refusal names the file, and the line and column where there is one.</summary>
public static class CsvReader
{
    /// <summary>The table in a file, a pipe or a device, gzip or plain.</summary>
    /// <remarks>Ends when cancelled, even while a pipe keeps it waiting.</remarks>
    /// <exception cref="RefusedException">The file cannot be read, is larger than the limits, cut off, damaged, empty, ragged or not numeric.</exception>
    public static Task<CsvTable> ReadAsync(string path, ReadLimits limits, CancellationToken cancellation = default) =>
        Interruptible.Run(() => Read(path, limits, cancellation), cancellation);

    /// <summary>The table in a stream, gzip or plain.</summary>
    /// <exception cref="RefusedException">The text is larger than the limits, empty, ragged or not numeric.</exception>
    /// <exception cref="InvalidDataException">The gzip data are cut off or damaged.</exception>
    public static CsvTable Read(string source, Stream stream, ReadLimits limits, CancellationToken cancellation = default)
    {
        using var lines = new TextLines(source, stream, limits, cancellation);
        var table = new CsvBuilder(source, limits);
        while (lines.Next(out var line))
        {
            cancellation.ThrowIfCancellationRequested();
            table.Add(lines.Number, line);
        }
        return table.ToTable();
    }

    private static CsvTable Read(string path, ReadLimits limits, CancellationToken cancellation)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Read(path, file, limits, cancellation);
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
}
