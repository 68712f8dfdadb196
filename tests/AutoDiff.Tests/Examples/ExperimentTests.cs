using AutoDiff.Examples;
using AutoDiff.Examples.Experiments;

namespace AutoDiff.Tests.Examples;

/// <summary>The experiments one can run print the sources' numbers.</summary>
public class ExperimentTests
{
    public static TheoryData<string, string> Answers =>
        new()
        {
            { "mini-batches", "sorted " },
            { "batch-times", "s per epoch" },
            { "normalized-inputs", "powers of 10 between the ratios: 6 and 2" },
            { "batch-rates", "largest rate that comes below 1: 0.1, 3, none, 3" },
            { "small-batches", "smallest batches that reach 80 %: batch normalization 4, layer normalization 2" },
            { "weight-scales", "above 70 % in the end: 0 of 4 scales without, 3 with batch normalization" },
            { "overfitting", "nothing learns 100 % by heart; a smaller gap with: weight decay 0.1" },
            { "random-search", "rates of the best third: 1.6e-2 to 6.2e-2" },
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
