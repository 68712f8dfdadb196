namespace AutoDiff.Examples;

/// <summary>A file that is either whole or not there: written beside its place, then moved onto it.</summary>
public sealed class OutputFile
{
    private readonly string _path;

    private OutputFile(string path) => _path = path;

    /// <summary>The file at a path, tried out before any work: a file is made beside it and taken away.</summary>
    /// <exception cref="RefusedException">Nothing can be written there.</exception>
    public static OutputFile At(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new RefusedException("--json: got no path; expected a file to write");
        if (Directory.Exists(path))
            throw new RefusedException($"--json {path}: is a folder; expected a file to write");
        var file = new OutputFile(Path.GetFullPath(path));
        if (!Directory.Exists(Path.GetDirectoryName(file._path)))
            throw new RefusedException($"--json {path}: there is no folder {Path.GetDirectoryName(file._path)}");
        file.Guarded(() =>
        {
            using (File.Exists(file._path) ? new FileStream(file._path, FileMode.Open, FileAccess.Write) : null) { }
            using (new FileStream(file.Beside(), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose)) { }
        });
        return file;
    }

    /// <summary>Puts the content in place, or leaves what was there.</summary>
    /// <exception cref="RefusedException">It cannot be written.</exception>
    public void Write(ReadOnlyMemory<byte> content) =>
        Guarded(() =>
        {
            var beside = Beside();
            try
            {
                using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
                {
                    stream.Write(content.Span);
                    stream.Flush(flushToDisk: true);
                }
                File.Move(beside, _path, overwrite: true);
            }
            catch
            {
                File.Delete(beside);
                throw;
            }
        });

    private string Beside() => Path.Combine(Path.GetDirectoryName(_path) ?? "/", $".{Path.GetFileName(_path)}.{Guid.NewGuid():N}");

    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"--json {_path}: cannot be written: {problem.Message}", problem);
        }
    }
}
