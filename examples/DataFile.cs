using AutoDiff.Data;
using AutoDiff.Files;

namespace AutoDiff.Examples;

/// <summary>Reads what the user names: whatever is wrong with it is a refusal.</summary>
public static class DataFile
{
    // The longer name first: it begins with the shorter.
    private static readonly (string Property, string Option)[] Limits =
    [
        ($"{nameof(CsvOptions)}.{nameof(CsvOptions.MostRows)}", "--max-rows"),
        ($"{nameof(CsvOptions)}.{nameof(CsvOptions.MostBytesPerRow)}", "--max-line"),
        ($"{nameof(CsvOptions)}.{nameof(CsvOptions.MostBytes)}", "--max-size"),
    ];

    /// <summary>The table in a file, a pipe or a device, gzip or plain.</summary>
    /// <remarks>Ends when cancelled, even while a pipe keeps it waiting.</remarks>
    /// <exception cref="RefusedException">The file cannot be read, is larger than the limits, cut off, damaged, empty, ragged or no text.</exception>
    public static Task<Table> ReadAsync(string path, CsvOptions limits, CancellationToken cancellation = default) =>
        Interruptible.Run(() => Read(path, limits, cancellation), cancellation);

    private static Table Read(string path, CsvOptions limits, CancellationToken cancellation)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Csv.Read(file, limits, path, cancellation);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RefusedException($"{path}: there is no such file", problem);
        }
        catch (InvalidFileException problem)
        {
            throw Refusal(problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RefusedException($"{path}: cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>The same in the words of the command line: without the name of what refused, and with the options that set the limits.</summary>
    internal static RefusedException Refusal(InvalidFileException problem)
    {
        var message = problem.Message[(problem.Message.IndexOf(']') + 2)..];
        return new(
            Limits.Aggregate(message, (text, limit) => text.Replace(limit.Property, limit.Option, StringComparison.Ordinal)),
            problem
        );
    }
}
