using System.Globalization;
using AutoDiff.Examples;

namespace AutoDiff.Tests.Examples;

/// <summary>What the table of times says besides times, which are the machine's.</summary>
public sealed class BatchTimesTests
{
    [Fact]
    public async Task EverySizeGoesThroughAllExamplesOnce()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        Assert.Equal(0, await CommandLine.RunAsync(["batch-times"], output, error, TestContext.Current.CancellationToken));
        var rows = output
            .ToString()
            .Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(row => row.Length == 5 && int.TryParse(row[0], out _))
            .Select(row => Array.ConvertAll(row, cell => double.Parse(cell, CultureInfo.InvariantCulture)))
            .ToArray();
        Assert.Equal([1, 10, 100, 1000], rows.Select(row => row[0]));
        Assert.Equal([1000, 100, 10, 1], rows.Select(row => row[1]));
        Assert.All(rows, row => Assert.Equal(1000, row[2]));
        // Printed to three digits.
        Assert.All(rows, row => Assert.InRange(row[3] * row[1] / row[4], 0.99, 1.01));
    }
}
