using System.Diagnostics;
using System.Globalization;

namespace AutoDiff.Benchmarks;

/// <summary>This program in a fresh process, for what only a fresh process shows.</summary>
internal static class Child
{
    /// <summary>The numbers that the program prints when given the arguments, one a line.</summary>
    /// <exception cref="InvalidOperationException">It fails.</exception>
    public static double[] Numbers(params string[] arguments)
    {
        string[] all = [typeof(Child).Assembly.Location, .. arguments];
        var start = new ProcessStartInfo("dotnet", all) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"a fresh process failed: {string.Join(' ', arguments)}");
        return Array.ConvertAll(lines, line => double.Parse(line, CultureInfo.InvariantCulture));
    }
}
