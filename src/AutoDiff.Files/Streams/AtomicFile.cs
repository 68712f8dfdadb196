namespace AutoDiff.Files;

/// <summary>Writes files so that a path holds a whole new file or what it held before.</summary>
/// <remarks>
/// The bytes go to a temporary file in the same folder, are flushed to the disk, and take the path by renaming, which the system does at once or not at all. Writers to
/// one path do not meet: each has its own temporary file, and the last to finish wins. Where writing fails the temporary file is removed. That of a killed process stays until
/// a later write in the same folder finds it more than a minute old and held by nobody, whatever its path was: checkpoints have a path each. Its name, <c>.autodiff-….tmp</c>, is none that is ever read. The folder itself is not
/// flushed, for which .NET has no call: after a power failure the path may hold the file before, whole.
/// </remarks>
public static class AtomicFile
{
    private const string Prefix = ".autodiff-";
    private const string Extension = ".tmp";

    // A writer holds its file from the moment that follows its making.
    private static readonly TimeSpan LeftAlone = TimeSpan.FromMinutes(1);

    /// <summary>Lets <paramref name="write"/> write the file that the path then holds. A link stays one: the file that it leads to is replaced.</summary>
    /// <param name="path">Where.</param>
    /// <param name="operation">In whose name to refuse.</param>
    /// <param name="write">Writes a stream, which is closed afterwards; what it throws leaves the path as it was.</param>
    /// <exception cref="IOException">The folder is not there, the path is a folder's, or the system fails to write.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    /// <exception cref="ArgumentException">An argument is null or the path none.</exception>
    public static void Write(string path, string operation, Action<Stream> write)
    {
        Require.NotNull(write, operation);
        var target = Target(path, operation);
        var folder = Path.GetDirectoryName(target)!;
        RemoveLeftovers(folder);
        using var stream = Create(folder);
        var temporary = stream.Name;
        try
        {
            write(stream);
            if (!OperatingSystem.IsWindows() && File.Exists(target))
                File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
            stream.Flush(flushToDisk: true);
            // Still open, so that nobody takes it for a leftover.
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            stream.Dispose();
            TryRemove(temporary);
            throw;
        }
    }

    private static string Target(string path, string operation)
    {
        var target = LinkTarget.Of(path, operation);
        return Path.EndsInDirectorySeparator(target) || Directory.Exists(target)
            ? throw new IOException($"[{operation}] {path} is a folder; expected the path of a file")
            : target;
    }

    private static FileStream Create(string folder) =>
        new(
            Path.Combine(folder, $"{Prefix}{Guid.NewGuid():N}{Extension}"),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.Delete,
                BufferSize = 1 << 16,
            }
        );

    private static void RemoveLeftovers(string folder)
    {
        var old = DateTime.UtcNow - LeftAlone;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles($"{Prefix}*{Extension}"))
        {
            if (file.LastWriteTimeUtc < old)
                TryRemove(file.FullName);
        }
    }

    /// <summary>Removes a file unless somebody holds it, or the system does not let us.</summary>
    private static void TryRemove(string file)
    {
        try
        {
            using var held = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            File.Delete(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException) { }
    }
}
