using AutoDiff.Examples;
using AutoDiff.Examples.Experiments;

namespace AutoDiff.Tests.Examples;

/// <summary>The experiments one can run print the sources' numbers.</summary>
public class ExperimentTests
{
    public static TheoryData<string, string> Answers =>
        new()
        {
            { "descent-1d", "  15    0.997648" },
            { "descent-2d", "minimum at (1, 0.375000)" },
            { "two-minima", "(-1.5,  1.2) after 9 steps: (-0.98039, 0.98039)" },
            { "two-minima", "( 1.5, -1.8) after 9 steps: (0.93435, -0.93852)" },
            { "two-minima", "(   0,    0) after 20 steps: (-0.98038, 0.98038)" },
            { "two-minima", "( 0.7, -0.2) after 20 steps: (0.88472, -0.88471)" },
            { "two-minima", "( 1.5,  1.5) after 30 steps: (-0.98038, 0.98038)" },
            { "momentum", "(-0.94963, 0.98092)" },
            { "momentum", "(0.88072, -0.90632)" },
            { "nesterov", "after 25 steps: (0.89900, -0.89829)" },
            { "nesterov", "after 25 steps: (0.91282, -0.91808)" },
            { "four-paths", "  30" },
            { "plateau", "after 2000 steps   descent 5.225964   momentum 0.000000" },
            { "valley", "descent 1e-2: from wall to wall" },
            { "first-steps", "AdaGrad by mean squares        ( -0.100000,   0.100000)" },
            { "softmax", "    3     20.09      0.88" },
            { "softmax", "    1      2.72      0.12" },
            { "softmax", "   -3      0.05      0.00" },
            { "two-losses", "     10     2.00000  0.000000" },
            { "two-losses", "     10    20.00000  1.414214" },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task PrintsWhatTheSourceSays(string name, string expected)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        Assert.Equal(0, await CommandLine.RunAsync([name], output, error, TestContext.Current.CancellationToken));
        Assert.Contains(expected, output.ToString(), StringComparison.Ordinal);
        Assert.All(output.ToString(), character => Assert.True(char.IsAscii(character)));
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public async Task WithoutANameAllAreListed()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        Assert.Equal(0, await CommandLine.RunAsync(["list"], output, error, TestContext.Current.CancellationToken));
        Assert.Equal(
            Catalogue.All.Select(experiment => experiment.Name).Order(StringComparer.Ordinal),
            output
                .ToString()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' ')[0])
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(2, await CommandLine.RunAsync(["nonsense"], output, error, TestContext.Current.CancellationToken));
        Assert.Contains("nonsense", error.ToString(), StringComparison.Ordinal);
    }
}
