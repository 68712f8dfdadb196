using System.Diagnostics;
using System.Text;
using AutoDiff.Examples;

namespace AutoDiff.Tests.Examples;

public sealed class OutputFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("autodiff");

    private string Target => In("report.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void TryingOutLeavesNothingBehind()
    {
        OutputFile.At(Target);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task TheContentReplacesWhatWasThere()
    {
        await File.WriteAllTextAsync(Target, "before, and longer", Cancel);
        var file = OutputFile.At(Target);
        Assert.Equal("before, and longer", await File.ReadAllTextAsync(Target, Cancel));
        await file.WriteAsync("after"u8.ToArray(), Cancel);
        Assert.Equal("after", await File.ReadAllTextAsync(Target, Cancel));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public async Task AReaderOfTheOldFileKeepsIt()
    {
        await File.WriteAllTextAsync(Target, "before", Cancel);
        using var reader = new StreamReader(new FileStream(Target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        await OutputFile.At(Target).WriteAsync("after"u8.ToArray(), Cancel);
        Assert.Equal("before", await reader.ReadToEndAsync(Cancel));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.UserWrite | UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead)]
    public async Task PermissionsAreKept(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            return; // which has no such permissions
        await File.WriteAllTextAsync(Target, "before", Cancel);
        File.SetUnixFileMode(Target, mode);
        await OutputFile.At(Target).WriteAsync("after"u8.ToArray(), Cancel);
        Assert.Equal(("after", mode), (await File.ReadAllTextAsync(Target, Cancel), File.GetUnixFileMode(Target)));
    }

    [Fact]
    public async Task ANewFileIsMadeAsAnyOther()
    {
        if (OperatingSystem.IsWindows())
            return; // which has no such permissions
        await File.WriteAllTextAsync(In("other"), "", Cancel);
        await OutputFile.At(Target).WriteAsync("after"u8.ToArray(), Cancel);
        Assert.Equal(File.GetUnixFileMode(In("other")), File.GetUnixFileMode(Target));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ALinkStaysOneAndWhatItLeadsToIsReplaced(bool exists)
    {
        var place = _folder.CreateSubdirectory("place");
        var file = Path.Combine(place.FullName, "file.json");
        if (exists)
            await File.WriteAllTextAsync(file, "before", Cancel);
        File.CreateSymbolicLink(In("middle.json"), Path.Combine("place", "file.json"));
        File.CreateSymbolicLink(Target, "middle.json");
        await OutputFile.At(Target).WriteAsync("after"u8.ToArray(), Cancel);
        Assert.Equal("middle.json", new FileInfo(Target).LinkTarget);
        Assert.Equal("after", await File.ReadAllTextAsync(file, Cancel));
        Assert.Null(new FileInfo(file).LinkTarget);
        Assert.Single(place.GetFiles());
    }

    [Fact]
    public async Task APipeIsWrittenTo()
    {
        var pipe = Pipe();
        File.CreateSymbolicLink(Target, "pipe");
        foreach (var path in new[] { pipe, Target })
        {
            var file = OutputFile.At(path);
            var content = new byte[200_000]; // more than a pipe holds
            Random.Shared.NextBytes(content);
            var read = Task.Run(() => File.ReadAllBytes(pipe), Cancel);
            await file.WriteAsync(content, Cancel);
            Assert.Equal(content, await read);
        }
        Assert.Equal(2, _folder.GetFiles().Length);
    }

    [Fact]
    public async Task WaitingForAPipesReaderEndsWhenCancelled()
    {
        var pipe = Pipe();
        using var cancel = new CancellationTokenSource();
        var write = OutputFile.At(pipe).WriteAsync("never"u8.ToArray(), cancel.Token);
        await Task.Delay(20, Cancel);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        using (new FileStream(pipe, FileMode.Open, FileAccess.Read)) { } // lets the thread go that waits
    }

    [Fact]
    public async Task APipeThatIsClosedIsRefused()
    {
        var pipe = Pipe();
        var write = OutputFile.At(pipe).WriteAsync(new byte[1 << 20], Cancel);
        using (var reader = new FileStream(pipe, FileMode.Open, FileAccess.Read))
            Assert.Equal(0, reader.ReadByte());
        Assert.StartsWith($"--json {pipe}: cannot be written", (await Assert.ThrowsAsync<RefusedException>(() => write)).Message);
    }

    [Fact]
    public async Task WhatGoesWrongLeavesTheOldFileAndNothingBeside()
    {
        await File.WriteAllTextAsync(Target, "before", Cancel);
        var file = OutputFile.At(Target);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => file.WriteAsync("after"u8.ToArray(), cancelled.Token));
        Assert.Equal("before", await File.ReadAllTextAsync(Target, Cancel));

        // A folder in the file's place refuses the last step, when all is written.
        File.Delete(Target);
        Directory.CreateDirectory(Path.Combine(Target, "inside"));
        await Assert.ThrowsAsync<RefusedException>(() => file.WriteAsync("after"u8.ToArray(), Cancel));
        Assert.Empty(_folder.GetFiles());
    }

    /// <summary>The process may end as soon as the cancelled task does.</summary>
    [Fact]
    public async Task WhatIsCancelledWhileWritingHasLeftNothingBeside()
    {
        using var cancel = new CancellationTokenSource();
        var write = OutputFile.At(Target).WriteAsync(new byte[64 << 20], cancel.Token);
        while (_folder.GetFiles().Length == 0)
            await Task.Yield();
        await cancel.CancelAsync();
        await Task.WhenAny(write);
        Assert.DoesNotContain(_folder.GetFiles(), file => file.FullName != Target);
    }

    /// <summary>Owners' numbers above 2²¹, as directories of users and containers give them.</summary>
    [Fact]
    public async Task AFileOfAnOwnerWithALargeNumberIsReplaced()
    {
        await File.WriteAllTextAsync(Target, "before, and longer", Cancel);
        using var change = Process.Start(
            new ProcessStartInfo("chown", ["2000000000:2000000000", Target]) { UseShellExecute = false, RedirectStandardError = true }
        )!;
        await change.WaitForExitAsync(Cancel);
        Assert.SkipUnless(change.ExitCode == 0, "only root gives files away");
        await OutputFile.At(Target).WriteAsync("after"u8.ToArray(), Cancel);
        Assert.Equal("after", await File.ReadAllTextAsync(Target, Cancel));
    }

    [Fact]
    public async Task AFileInUseIsRefusedAtOnce()
    {
        await File.WriteAllTextAsync(Target, "before", Cancel);
        using (new FileStream(Target, FileMode.Open, FileAccess.Write, FileShare.None))
            Assert.Contains("cannot be written", Assert.Throws<RefusedException>(() => OutputFile.At(Target)).Message);
        Assert.Equal("before", await File.ReadAllTextAsync(Target, Cancel));
    }

    [Fact]
    public void ASocketIsRefusedAtOnce()
    {
        using var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix,
            System.Net.Sockets.SocketType.Stream,
            System.Net.Sockets.ProtocolType.Unspecified
        );
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(Target));
        Assert.Contains("cannot be written", Assert.Throws<RefusedException>(() => OutputFile.At(Target)).Message);
    }

    [Fact]
    public async Task AFolderThatIsGoneIsRefused()
    {
        var inner = _folder.CreateSubdirectory("inner");
        var file = OutputFile.At(Path.Combine(inner.FullName, "report.json"));
        inner.Delete();
        Assert.Contains(
            "cannot be written",
            (await Assert.ThrowsAsync<RefusedException>(() => file.WriteAsync(Encoding.UTF8.GetBytes("x"), Cancel))).Message
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a\0b")]
    [InlineData("missing/report.json")]
    [InlineData("loop")]
    [InlineData("/dev/null/x")]
    [InlineData("/dev/missing/report.json")]
    public void WhereNothingCanBeWrittenIsRefusedAtOnce(string name)
    {
        File.CreateSymbolicLink(In("loop"), "loop");
        Assert.StartsWith(
            "--json",
            Assert.Throws<RefusedException>(() => OutputFile.At(name.Length == 0 ? name : In(name))).Message,
            StringComparison.Ordinal
        );
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private string Pipe() => Pipes.Make(In("pipe"));
}
