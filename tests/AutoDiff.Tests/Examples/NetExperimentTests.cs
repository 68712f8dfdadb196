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

    [Fact]
    public async Task L1LeavesExactZerosByItsProximalStepAndL2GivesEachLayerItsOwn()
    {
        var lines = await Lines("penalties");
        var (plain, all, first, second) = (
            Row("nothing"),
            Row("L2 of all"),
            Row("L2, more in the first layer"),
            Row("L2, more in the second")
        );
        Assert.All([plain, all, first, second, Row("L1 in the loss")], row => Assert.Equal((0, 0), (row[1], row[2])));
        Assert.True(all[3] < 0.75 * plain[3]);
        Assert.True(first[3] < 0.5 * second[3]);
        Assert.True(second[4] < 0.5 * first[4]);
        var sparse = Row("L1 by its proximal step");
        Assert.InRange(sparse[1], 16, 23);
        Assert.Equal(0, sparse[2]);
        var stopped = Numbers(lines[^1][lines[^1].IndexOf(':', StringComparison.Ordinal)..].Replace(",", "", StringComparison.Ordinal));
        Assert.True(stopped[0] < stopped[2] && stopped[1] is > 0 and < 3000);

        double[] Row(string name) => Numbers(lines.Single(line => line.StartsWith(name.PadRight(29), StringComparison.Ordinal))[28..]);
    }

    [Fact]
    public async Task ActivationsSaturateOrCollapseOrSpread()
    {
        var lines = await Lines("activations");
        Assert.Equal(2 + (3 * 4 * 5), lines.Length);
        for (var layer = 1; layer <= 5; layer++)
        {
            // At both ends; within two bins about the middle; over half of them or more.
            var (wide, narrow, xavier) = (
                Shares("sigmoid std 1 ", layer),
                Shares("sigmoid std 0.01", layer),
                Shares("sigmoid Xavier", layer)
            );
            Assert.True(wide[0] + wide[^1] > 65);
            Assert.Equal(100, narrow[4] + narrow[5]);
            Assert.InRange(xavier.Count(share => share >= 3), 5, 10);
            Assert.InRange(Value("sigmoid Xavier", layer, "std "), 0.1, 0.25);
            Assert.True(Value("sigmoid std 1 ", layer, "saturated") > 40);
            Assert.Equal(0, Value("sigmoid Xavier", layer, "saturated"));
        }
        Assert.True(Value("relu    std 0.01", 5, "std ") < 1e-4);
        Assert.True(Value("relu    He", 5, "std ") > 0.7 * Value("relu    He", 1, "std "));
        Assert.True(Value("relu    Xavier", 5, "std ") < 0.4 * Value("relu    Xavier", 1, "std "));
        Assert.True(Value("tanh    std 1 ", 5, "saturated") > 75);

        string Line(string name, int layer) =>
            lines.Single(line =>
                line.StartsWith(name, StringComparison.Ordinal) && line.Contains($"layer {layer}", StringComparison.Ordinal)
            );
        double[] Shares(string name, int layer) =>
            Numbers(Line(name, layer)[(Line(name, layer).IndexOf('%', StringComparison.Ordinal) + 1)..]);
        double Value(string name, int layer, string column)
        {
            var line = Line(name, layer);
            return Numbers(
                line[(line.IndexOf(column, line.IndexOf("mean", StringComparison.Ordinal), StringComparison.Ordinal) + column.Length)..]
            )[0];
        }
    }

    [Fact]
    public async Task SmallWeightsDoNotLearnAndHeLearnsFastest()
    {
        var lines = await Lines("starts");
        var (small, xavier, he) = (Curve("std 0.01"), Curve("Xavier"), Curve("He"));
        Assert.All(small, loss => Assert.InRange(loss, 2.29, 2.31)); // ln 10
        Assert.InRange(he[^1], 0, 0.2);
        Assert.InRange(xavier[^1], he[^1], 0.6);
        Assert.True(he[4] < 0.7 * xavier[4]);

        double[] Curve(string name)
        {
            var numbers = Numbers(lines.Single(line => line.StartsWith(name.PadRight(9), StringComparison.Ordinal))[9..]);
            Assert.Equal(11, numbers.Length);
            return numbers;
        }
    }

    [Fact]
    public async Task TheWholeSizeNeedsItsData()
    {
        var error = new StringWriter();
        Assert.NotEqual(
            0,
            await CommandLine.RunAsync(["starts", "--whole"], TextWriter.Null, error, TestContext.Current.CancellationToken)
        );
        Assert.Contains("no data: name the folder that holds mnist with --data FOLDER", error.ToString(), StringComparison.Ordinal);
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
