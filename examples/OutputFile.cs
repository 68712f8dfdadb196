namespace AutoDiff.Examples;

/// <summary>A place to write to: a file, which is then either whole or as it was, or a pipe or device.</summary>
/// <remarks>
/// A file is written beside its place and moved onto it, with the permissions of the one that was there; a link to a file stays one. Pipes and
/// devices are written to.
/// </remarks>
public sealed class OutputFile
{
    private readonly string _option;
    private readonly string _named;
    private readonly string _path;
    private readonly Func<Stream>? _through;

    private OutputFile(string option, string named, string path, Func<Stream>? through) =>
        (_option, _named, _path, _through) = (option, named, path, through);

    /// <summary>Whether it is a file, and no pipe or device.</summary>
    public bool IsFile => _through is null;

    /// <summary>The file at a path, tried out before any work: a file is made beside it and taken away.</summary>
    /// <param name="path">The path.</param>
    /// <param name="option">The option that names it, for what is refused.</param>
    /// <exception cref="RefusedException">Nothing can be written there.</exception>
    public static OutputFile At(string path, string option = "--json")
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0'))
            throw new RefusedException($"{option}: got no path; expected a file to write");
        if (Directory.Exists(path))
            throw new RefusedException($"{option} {path}: is a folder; expected a file to write");
        var full = Path.GetFullPath(path);
        if (Standard(full) is { } standard)
            return new(option, path, full, standard);
        return Guarded(
            $"{option} {path}",
            () =>
            {
                var target = FinalTarget(full);
                if (File.Exists(target) ? !FileKind.IsRegular(target) : target != full && IsSystems(target))
                    return new(
                        option,
                        path,
                        full,
                        () => new FileStream(full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)
                    );
                var file = new OutputFile(option, path, target, null);
                file.TryOut();
                return file;
            }
        );
    }

    /// <summary>Puts the content in place, or leaves what was there.</summary>
    /// <remarks>When cancelled, a pipe or device that keeps it waiting is left waiting; a file is finished or taken away first.</remarks>
    /// <exception cref="RefusedException">It cannot be written.</exception>
    public Task WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
        _through is { } open
            ? Interruptible.Run(() => Guarded($"{_option} {_named}", () => WriteThrough(open, content)), cancellation)
            : Task.Run(() => Guarded($"{_option} {_named}", () => Replace(content, cancellation)), cancellation);

    private static bool WriteThrough(Func<Stream> open, ReadOnlyMemory<byte> content)
    {
        using var stream = open();
        stream.Write(content.Span);
        stream.Flush();
        return true;
    }

    private bool Replace(ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var beside = Beside();
        UnixFileMode? mode = OperatingSystem.IsWindows() || !File.Exists(_path) ? null : File.GetUnixFileMode(_path);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows() && mode is not null)
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var stream = new FileStream(beside, options))
            {
                // Set apart from creation, where the umask would take from it.
                if (!OperatingSystem.IsWindows() && mode is { } kept)
                    File.SetUnixFileMode(stream.SafeFileHandle, kept);
                stream.Write(content.Span);
                stream.Flush(flushToDisk: true);
            }
            cancellation.ThrowIfCancellationRequested();
            File.Move(beside, _path, overwrite: true);
            return true;
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    private void TryOut()
    {
        var folder = Path.GetDirectoryName(_path);
        if (!Directory.Exists(folder))
            throw new RefusedException($"{_option} {_named}: there is no folder {folder}");
        using (File.Exists(_path) ? new FileStream(_path, FileMode.Open, FileAccess.Write) : null) { }
        using (new FileStream(Beside(), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose)) { }
    }

    /// <summary>A name of its own, short: one made of the file's could be too long.</summary>
    private string Beside() => Path.Combine(Path.GetDirectoryName(_path) ?? "/", $".autodiff-{Guid.NewGuid():N}");

    private static string FinalTarget(string path) =>
        new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    /// <summary>Whether the system keeps the place: a link there may open something that has no path of its own.</summary>
    private static bool IsSystems(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);

    /// <summary>The process's own streams: opened by path, a file that one leads to would be written from its start.</summary>
    private static Func<Stream>? Standard(string path) =>
        path switch
        {
            "/dev/stdout" or "/dev/fd/1" or "/proc/self/fd/1" => Console.OpenStandardOutput,
            "/dev/stderr" or "/dev/fd/2" or "/proc/self/fd/2" => Console.OpenStandardError,
            _ => null,
        };

    private static T Guarded<T>(string named, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"{named}: cannot be written: {problem.Message}", problem);
        }
    }
}
