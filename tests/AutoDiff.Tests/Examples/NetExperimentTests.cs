using System.Globalization;
using AutoDiff.Examples;

namespace AutoDiff.Tests.Examples;

/// <summary>What the experiments on nets find is what their sources say.</summary>
public class NetExperimentTests
{
    [Fact]
    public async Task SquaredErrorIsFlatWhereItIsLargestAndCrossEntropyIsNot()
    {
        var lines = await Lines("two-losses");
        Assert.Equal(12 + 2, lines.Length);
        // y1 = -10, y2 = 10: the upper left.
        var (squared, entropy) = (Numbers(lines[2]), Numbers(lines[9]));
        Assert.Equal((10, 2, 0), (squared[0], squared[1], squared[2]));
        Assert.Equal((10, 20, 1.414214), (entropy[0], entropy[1], entropy[2]));
        // Down to the right both losses are small.
        Assert.All([Numbers(lines[6]), Numbers(lines[13])], row => Assert.Equal((0, 0), (row[^2], row[^1])));
    }

    private static async Task<string[]> Lines(string name)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        Assert.Equal(0, await CommandLine.RunAsync([name], output, error, TestContext.Current.CancellationToken));
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static double[] Numbers(string line) =>
        [
            .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => double.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)
                .Where(number => !double.IsNaN(number)),
        ];
}
