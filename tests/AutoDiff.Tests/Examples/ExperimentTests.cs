using AutoDiff.Examples;

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
            { "mini-batches", "sorted " },
            { "batch-times", "s per epoch" },
            { "first-steps", "AdaGrad by mean squares        ( -0.100000,   0.100000)" },
            { "normalized-inputs", "powers of 10 between the ratios: 6 and 2" },
            { "batch-rates", "largest rate that comes below 1: 0.1, 3, none, 3" },
            { "small-batches", "smallest batches that reach 80 %: batch normalization 4, layer normalization 2" },
            { "weight-scales", "above 70 % in the end: 0 of 4 scales without, 3 with batch normalization" },
            { "overfitting", "nothing learns 100 % by heart; a smaller gap with: weight decay 0.1" },
            { "random-search", "rates of the best third: 1.6e-2 to 6.2e-2" },
            { "softmax", "    3     20.09      0.88" },
            { "softmax", "    1      2.72      0.12" },
            { "softmax", "   -3      0.05      0.00" },
            { "two-losses", "     10     2.00000  0.000000" },
            { "two-losses", "     10    20.00000  1.414214" },
            { "penalties", "zeros 1" },
            { "five-optimizers", "above SGD by more than two standard errors: RMSprop, Adagrad, Adadelta, Adam" },
            { "activations", "saturated" },
            { "starts", "loss on all 1797 rows" },
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
}
