using System.Globalization;
using AutoDiff.Examples;
using AutoDiff.Examples.Experiments;
using AutoDiff.Plots;

namespace AutoDiff.Tests.Examples;

/// <summary>What the experiments on nets and data find is what their sources say, and where it is not, that is said.</summary>
public sealed class NetAnswerTests(NetAnswers answers) : IClassFixture<NetAnswers>
{
    /// <summary>Each experiment, and what does not hold in it; of times nothing is said, which are the machine's.</summary>
    public static TheoryData<string, string[]> Verdicts =>
        new()
        {
            { "normalized-inputs", [] },
            { "batch-rates", [] },
            { "small-batches", [] },
            { "running-statistics", [] },
            { "mini-batches", [] },
            { "penalties", [] },
            { "activations", [] },
            { "starts", [] },
            { "weight-scales", [] },
            { "overfitting", [] },
            { "random-search", [] },
            { "five-optimizers", [] },
        };

    public static TheoryData<string> Names => [.. Verdicts.Select(row => row.Data.Item1).Append("batch-times")];

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void WhatTheSourceSaysComesOutButForWhatIsSaidNotTo(string name, string[] not)
    {
        var failed = answers
            .Of(name)
            .Checks.Where(check => !check.Holds && !check.What.Contains("time", StringComparison.Ordinal))
            .ToArray();
        Assert.Equal(not.Length, failed.Length);
        Assert.All(failed.Zip(not), pair => Assert.StartsWith(pair.Second, pair.First.What, StringComparison.Ordinal));
        Assert.All(failed, check => Assert.NotNull(check.Reason));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ACancelledRunEndsAsOne(string name) =>
        Assert.ThrowsAny<OperationCanceledException>(() => NetAnswers.Run(name, cancellation: new(true)));

    [Fact]
    public void EverySizeGoesThroughAllExamplesOnce()
    {
        var rows = answers.Of("batch-times").Listings[0].Rows.Select(row => row.Select(Number).ToArray()).ToArray();
        Assert.Equal([1, 10, 100, 1000], rows.Select(row => row[0]));
        Assert.Equal([1000, 100, 10, 1], rows.Select(row => row[1]));
        Assert.All(rows, row => Assert.Equal(1000, row[2]));
        // Microseconds and milliseconds, printed to a tenth and a hundredth: as many digits as a slow machine's times have.
        Assert.All(rows, row => Assert.InRange(row[3] * row[1] / 1000, row[4] - 0.01 - (row[1] / 2e4), row[4] + 0.01 + (row[1] / 2e4)));
        Assert.Equal("1000, 100, 10, 1", answers.Measured("batch-times", "updates"));
        Assert.True(
            answers
                .Of("batch-times")
                .Checks.Where(check => check.What.EndsWith("by size", StringComparison.Ordinal))
                .All(check => check.Holds)
        );
    }

    [Fact]
    public void StandardizingTakesSixAndTwoPowersOfTenFromTheConditionNumber()
    {
        var conditions = answers.Of("normalized-inputs").Listings[0].Rows.Select(row => Number(row[3])).ToArray();
        Assert.Equal(6, Math.Floor(Math.Log10(conditions[0] / conditions[1])));
        Assert.Equal(2, Math.Floor(Math.Log10(conditions[2] / conditions[3])));
        // From the same start, at the largest rate that serves both weights: one weight has hardly moved, by what the valley leans, or both have arrived.
        var paths = answers.Of("normalized-inputs").Figures[0].Panels.Select(panel => panel.Marks.OfType<Mark.Path>().Single()).ToArray();
        Assert.InRange(paths[0].X[^1], -1.52, -1.48);
        Assert.InRange(Math.Abs(paths[1].X[^1]) + Math.Abs(paths[1].Y[^1]), 0, 1e-6);
    }

    [Fact]
    public void BatchNormalizationBearsThirtyTimesTheRate()
    {
        Assert.Equal("3", answers.Measured("batch-rates", "ReLU: the largest rate"));
        Assert.Equal("3", answers.Measured("batch-rates", "sigmoid: the largest rate"));
        var expected = answers.Of("batch-rates").Checks.Select(check => check.Expected).ToArray();
        Assert.StartsWith("above 0.1,", expected[0], StringComparison.Ordinal);
        Assert.StartsWith("above none,", expected[1], StringComparison.Ordinal);
        Assert.Equal("NaN", answers.Row("batch-rates", "10")[0]);
    }

    [Fact]
    public void BatchNormalizationFailsInBatchesOfTwo()
    {
        Assert.Equal("2", answers.Measured("small-batches", "the smallest batches in which layer"));
        Assert.Equal("4", answers.Measured("small-batches", "the smallest batches in which batch"));
    }

    [Fact]
    public void BatchesTellOfTheFullGradient()
    {
        var gradients = answers.Of("mini-batches").Listings[0].Rows;
        Assert.Equal(["1", "4", "16", "64"], gradients.Select(row => row[0]));
        Assert.All(gradients, row => Assert.InRange(Number(row[1]), 0, 1e-13));
        Assert.All(gradients, row => Assert.InRange(Number(row[2]), 0.8, 1.2));
        // A quarter of an epoch at a time knows one class only: the loss over all points goes up and down with it, several times as far.
        // It depends on points and weights: of 24 runs by three seeds 3.5 to 12.9 times, geometric means of 8 from 5.0 to 7.4.
        double[] times = [.. answers.Of("mini-batches").Listings[1].Rows.Select(row => Number(row[3]))];
        Assert.Equal(8, times.Length);
        Assert.All(times, ratio => Assert.True(ratio > 2));
        Assert.InRange(Math.Exp(times.Average(Math.Log)), 3, 20);
        // Three epochs are shown, and the table is of the last.
        var (sorted, shuffled) = (answers.Line("mini-batches", 0, 1, "sorted"), answers.Line("mini-batches", 0, 1, "shuffled"));
        Assert.Equal((48, 48), (sorted.Length, shuffled.Length));
        Assert.Equal(Number(answers.Row("mini-batches", "1", 1)[1]), sorted[32..].Max() - sorted[32..].Min(), 5e-6);
        Assert.Equal(Number(answers.Row("mini-batches", "1", 1)[0]), shuffled[32..].Max() - shuffled[32..].Min(), 5e-6);
    }

    [Fact]
    public void L1LeavesExactZerosByItsProximalStepAndL2GivesEachLayerItsOwn()
    {
        var (plain, all, first, second) = (Row("nothing"), Row("L2"), Row("L2, more in the first layer"), Row("L2, more in the second"));
        Assert.All([plain, all, first, second, Row("L1 in the loss")], row => Assert.Equal(0, row[1]));
        Assert.True(all[2] < 0.75 * plain[2]);
        Assert.True(first[2] < 0.5 * second[2]);
        Assert.True(second[3] < 0.5 * first[3]);
        Assert.InRange(Row("L1, proximal step")[1], 16, 23);
        var (seen, held) = (answers.Line("penalties", 0, 3, "trained on"), answers.Line("penalties", 0, 3, "held out"));
        Assert.True(seen[^1] < 0.1 * held[^1]);
        Assert.Equal("16", answers.Measured("penalties", "L1: weights at exactly 0"));

        double[] Row(string name) => [.. answers.Row("penalties", name).Select(Number)];
    }

    [Fact]
    public void ActivationsSaturateOrCollapseOrSpread()
    {
        var figures = answers.Of("activations").Figures;
        Assert.All(figures[..3], figure => Assert.Equal(5, figure.Panels.Length));
        for (var layer = 0; layer < 5; layer++)
        {
            // At both ends; about the middle; over the range.
            Assert.True(Part(0, layer, y => y is < 0.1 or > 0.9) > 0.65);
            Assert.Equal(1, Part(1, layer, y => y is > 0.4 and < 0.6));
            Assert.InRange(Part(2, layer, y => y is < 0.4 or > 0.6), 0.2, 0.8);
        }
        Assert.All(Rows("sigmoid, std 1"), row => Assert.True(row[3] > 40));
        Assert.All(Rows("sigmoid, Xavier"), row => Assert.InRange(row[2], 0.1, 0.25));
        Assert.All(Rows("sigmoid, Xavier"), row => Assert.Equal(0, row[3]));
        Assert.True(Rows("ReLU, std 0.01")[4][2] < 1e-4);
        Assert.True(Rows("ReLU, He")[4][2] > 0.7 * Rows("ReLU, He")[0][2]);
        Assert.True(Rows("ReLU, Xavier")[4][2] < 0.4 * Rows("ReLU, Xavier")[0][2]);
        Assert.True(Rows("tanh, std 1")[4][3] > 75);

        double Part(int figure, int layer, Func<double, bool> within) =>
            ((Mark.Histogram)figures[figure].Panels[layer].Marks[0]).Values.Average(y => within(y) ? 1.0 : 0);

        double[][] Rows(string name) =>
            [.. answers.Of("activations").Listings[0].Rows.Where(row => row[0] == name).Select(row => row[1..].Select(Number).ToArray())];
    }

    [Fact]
    public void SmallWeightsDoNotLearnAndHeLearnsFastest()
    {
        var (small, xavier, he) = (Curve("std 0.01"), Curve("Xavier"), Curve("He"));
        Assert.All(small, loss => Assert.InRange(loss, 2.29, 2.31)); // ln 10
        Assert.InRange(he[^1], 0, 0.2);
        Assert.InRange(xavier[^1], he[^1], 0.6);
        Assert.True(he[10] < 0.7 * xavier[10]);

        double[] Curve(string name) => answers.Line("starts", 0, 0, name);
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

    [Fact]
    public void NormalizedNetsLearnFromThreeScalesOfFourAndOthersFromNone()
    {
        Assert.Equal("3", answers.Measured("weight-scales", "scales that come above 70 %"));
        Assert.StartsWith("above 0,", answers.Of("weight-scales").Checks[^1].Expected, StringComparison.Ordinal);
        Assert.Equal("4 of 4", answers.Measured("weight-scales", "scales from which batch normalization ends higher"));
        Assert.Equal("3", answers.Measured("weight-scales", "scales from which a net without it"));
        // Ten epochs of loss for each panel; without normalization it stays at ln 10 from weights of 0.01.
        Assert.All(answers.Line("weight-scales", 1, 2, "without"), loss => Assert.InRange(loss, 2.29, 2.32));
        Assert.Equal(10, answers.Line("weight-scales", 1, 2, "batch norm").Length);
        Assert.True(answers.Line("weight-scales", 1, 2, "batch norm")[^1] < 0.5);
    }

    [Fact]
    public void ANetLearnsThreeHundredPicturesByHeart()
    {
        Assert.Equal(["100.0", "81.4", "18.6"], answers.Row("overfitting", "nothing"));
        Assert.Equal("100", answers.Measured("overfitting", "nothing"));
        // The curves end where the table says.
        Assert.Equal(100, answers.Line("overfitting", 0, 0, "trained on")[^1]);
        Assert.Equal(Number(answers.Row("overfitting", "dropout 0.15")[1]), answers.Line("overfitting", 0, 3, "not seen")[^1], 0.05);
        foreach (var name in (string[])["weight decay 0.03", "dropout 0.1", "dropout 0.15"])
        {
            var row = answers.Row("overfitting", name).Select(Number).ToArray();
            Assert.Equal(row[0] - row[1], row[2], 0.11);
            Assert.True(row[2] < 18.6, name);
        }
        // What is penalized stays far from 0; what is learnt by heart does not.
        var (plain, decayed) = (answers.Line("overfitting", 1, 0, "nothing"), answers.Line("overfitting", 1, 0, "weight decay 0.03"));
        Assert.Equal((200, 200), (plain.Length, decayed.Length));
        Assert.InRange(plain[0], 2.2, 2.8); // ln 10, and what He's weights add
        Assert.InRange(plain[^1], 0, 0.01);
        Assert.True(decayed[^1] > 10 * plain[^1]);
    }

    [Fact]
    public void TheBestRatesLieTogether()
    {
        var best = answers.Of("random-search").Listings[0].Rows[..4];
        Assert.Equal(["6.2e-2", "5.6e-2", "5.7e-2", "1.6e-2"], best.Select(row => row[2]));
        Assert.Equal(12, answers.Of("random-search").Figures[0].Panels[0].Marks.OfType<Mark.Scatter>().Sum(mark => mark.X.Length));
    }

    [Fact]
    public void AllOptimizersAreAboveDescent()
    {
        var rows = answers.Of("five-optimizers").Listings[0].Rows;
        var numbers = rows.Select(row => row[1].Split(" ± ").Select(Number).ToArray()).ToArray();
        Assert.Equal(["SGD", "RMSprop", "RMSprop, Nesterov", "Adagrad", "Adadelta", "Adam"], rows.Select(row => row[0]));
        Assert.All(numbers[1..], row => Assert.True(row[0] > numbers[0][0]));
        // One point an epoch of each; the last is the table's.
        Assert.Equal(12, answers.Line("five-optimizers", 0, 2, "Adam").Length);
        Assert.Equal(numbers[5][0], answers.Line("five-optimizers", 0, 2, "Adam")[^1], 0.005);
        // What the source's figure compares is what is judged.
        var adam = answers
            .Of("five-optimizers")
            .Checks.Single(check => check.What.StartsWith("Adam against SGD", StringComparison.Ordinal));
        Assert.Equal(numbers[5][0] - numbers[0][0], Number(adam.Measured.Split(" ± ")[0]), 0.011);
        Assert.Equal(double.Hypot(numbers[5][1], numbers[0][1]), Number(adam.Measured.Split(" ± ")[1]), 0.011);
        Assert.Equal("Adam", answers.Measured("five-optimizers", "the most accurate"));
        Assert.True(numbers[2][0] > numbers[5][0]);
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
