using System.Diagnostics;

namespace AutoDiff.Tests.Examples;

/// <summary>Named pipes, which the framework cannot make.</summary>
internal static class Pipes
{
    public static string Make(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no pipes among the files");
        using var make = Process.Start("mkfifo", [path]);
        make.WaitForExit();
        Assert.Equal(0, make.ExitCode);
        return path;
    }
}
