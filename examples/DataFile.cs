using AutoDiff.Data;
using AutoDiff.Files;

namespace AutoDiff.Examples;

/// <summary>Reads what the user names: whatever is wrong with it is a refusal.</summary>
public static class DataFile
{
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

    /// <summary>The same, without the name of what refused, which no user of a command line knows.</summary>
    internal static RefusedException Refusal(InvalidFileException problem) =>
        new(problem.Message[(problem.Message.IndexOf(']') + 2)..], problem);
}
