using System.Diagnostics;
using AutoDiff.Tests.House;

namespace AutoDiff.Tests.Programs;

/// <summary>The library as F# sees it: no conversion from numbers, no spans of parameters.</summary>
public sealed class FromFSharp
{
    [Fact]
    public async Task AScriptComputesWhatItSays()
    {
        var folder = AppContext.BaseDirectory;
        string[] references =
        [
            .. new[] { "AutoDiff", "AutoDiff.Numerics", "System.Numerics.Tensors" }.Select(name =>
                $"--reference:{Path.Combine(folder, name)}.dll"
            ),
        ];
        var script = Path.Combine(Repository.Root, "tests", "AutoDiff.Tests", "Programs", "FromFSharp.fsx");
        using var fsi = Process.Start(
            new ProcessStartInfo("dotnet", ["fsi", "--nologo", .. references, script])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        var cancellation = TestContext.Current.CancellationToken;
        var errors = fsi.StandardError.ReadToEndAsync(cancellation);
        var output = await fsi.StandardOutput.ReadToEndAsync(cancellation);
        await fsi.WaitForExitAsync(cancellation);
        Assert.True(fsi.ExitCode == 0, await errors);
        Assert.Equal(
            ["value 5.375", "gradient [|0.5; -3.5; -7.5|]", "product [|9.0; 0.0; -9.0|]", "stationary true"],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        );
    }
}
