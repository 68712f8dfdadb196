using System.Globalization;
using AutoDiff.Examples;

namespace AutoDiff.Tests.Examples;

/// <summary>The sources' statements about mini-batches come out of the experiment.</summary>
public class MiniBatchTests
{
    [Fact]
    public async Task TheStatementsComeOut()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        Assert.Equal(0, await CommandLine.RunAsync(["mini-batches"], output, error, TestContext.Current.CancellationToken));
        string[][] rows = [.. output.ToString().Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
        var sizes = rows.Where(row => row.Length == 3 && int.TryParse(row[0], out _)).ToArray();
        Assert.Equal(["1", "4", "16", "64"], sizes.Select(row => row[0]));
        // The mean over an epoch is the full gradient; the variance falls as one over the size.
        Assert.All(sizes, row => Assert.InRange(Number(row[1]), 0, 1e-13));
        Assert.All(sizes, row => Assert.InRange(Number(row[2]), 0.8, 1.2));
        // A quarter of an epoch at a time knows one class only: the loss over all points goes up and down with it, several times as far.
        // It depends on points and weights: of 24 runs by three seeds 3.5 to 12.9 times, geometric means of 8 from 5.0 to 7.4.
        var runs = rows.Where(row => row.Length == 6 && int.TryParse(row[0], out _)).ToArray();
        Assert.Equal(8, runs.Length);
        Assert.All(runs, row => Assert.True(Number(row[5]) > 2, row[5]));
        Assert.InRange(Math.Exp(runs.Average(row => Math.Log(Number(row[5])))), 3, 20);
    }
}
