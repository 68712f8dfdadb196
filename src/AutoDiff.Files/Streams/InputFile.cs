namespace AutoDiff.Files;

/// <summary>Opens files to be read.</summary>
public static class InputFile
{
    /// <summary>What <paramref name="read"/> makes of a file's bytes.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <param name="operation">In whose name to refuse.</param>
    /// <param name="read">Reads a stream that can seek, at its first byte, which is closed afterwards.</param>
    /// <exception cref="InvalidFileException">The file is empty, a pipe or a device, or <paramref name="read"/> refuses it.</exception>
    /// <exception cref="IOException">It is not there, or the system fails to read it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    /// <exception cref="ArgumentException">An argument is null or the path none.</exception>
    public static T Read<T>(string path, string operation, Func<Stream, T> read)
    {
        Require.NotNull(read, operation);
        // A pipe or a device would block, some even before it is open: they have no length.
        var target = new FileInfo(LinkTarget.Of(path, operation));
        if (target.Exists && target.Length == 0)
            throw new InvalidFileException($"[{operation}] {path} is empty, or no file but a pipe or a device; expected a file", path, 0);
        using var stream = new FileStream(
            target.FullName,
            new FileStreamOptions
            {
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.SequentialScan,
                BufferSize = 1 << 16,
            }
        );
        return read(stream);
    }
}
