using System.Diagnostics;
using AutoDiff.Examples;

namespace AutoDiff.Tests.Examples;

/// <summary>A report in a process of its own, ended by Ctrl-C.</summary>
public sealed class ReportSignalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("autodiff");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task CtrlCLeavesThePageOfWhatIsDoneAndTheCache()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent by Linux's tools");
        var cancel = TestContext.Current.CancellationToken;
        var page = System.IO.Path.Combine(_folder.FullName, "report.html");
        string[] report = ["report", "--cache", System.IO.Path.Combine(_folder.FullName, "cache"), "--output", page];
        // Whoever runs tests in the background may have them, and their children, ignore SIGINT.
        string[] program =
        [
            "--default-signal=INT",
            Environment.ProcessPath is { } host && host.EndsWith("dotnet", StringComparison.Ordinal) ? host : "dotnet",
        ];
        using var process = Process.Start(
            new ProcessStartInfo(
                "env",
                [.. program, typeof(CommandLine).Assembly.Location, .. report, "--only", "first-steps,edge-of-stability"]
            )
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        Assert.StartsWith("first-steps ", await process.StandardOutput.ReadLineAsync(cancel), StringComparison.Ordinal);
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        Assert.Equal("cancelled\n", await process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel);
        Assert.Equal(CommandLine.Cancelled, process.ExitCode);
        Assert.Contains("1 came out; 1 not run", await File.ReadAllTextAsync(page, cancel), StringComparison.Ordinal);
        using var output = new StringWriter();
        Assert.Equal(0, await CommandLine.RunAsync([.. report, "--only", "first-steps"], output, output, cancel));
        Assert.Matches("^first-steps +ok, cached", output.ToString());
    }
}
