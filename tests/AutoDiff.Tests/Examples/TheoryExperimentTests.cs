using System.Globalization;
using AutoDiff.Examples.Experiments;
using AutoDiff.Plots;

namespace AutoDiff.Tests.Examples;

/// <summary>What the experiments on exact statements of the literature find, each run once.</summary>
public sealed class TheoryExperimentTests(TheoryExperimentTests.Answers answers) : IClassFixture<TheoryExperimentTests.Answers>
{
    /// <summary>The quick answers, each computed when first asked for.</summary>
    public sealed class Answers
    {
        private readonly Dictionary<string, Answer> _known = [];

        internal Answer this[string name] =>
            _known.TryGetValue(name, out var known)
                ? known
                : _known[name] = Catalogue
                    .All.Single(experiment => experiment.Name == name)
                    .Run(new(1, false, null, TestContext.Current.CancellationToken));
    }

    public static TheoryData<string> Names =>
        ["linear-autoencoder", "edge-of-stability", "outliers", "estimators", "spectrum-along-training"];

    [Theory]
    [MemberData(nameof(Names))]
    public void EverythingComesOutAsTheorySays(string name)
    {
        var answer = answers[name];
        Assert.NotEmpty(answer.Checks);
        Assert.All(answer.Checks, check => Assert.True(check.Holds, $"{check.What}: {check.Expected}, got {check.Measured}"));
        Assert.All(answer.Figures.SelectMany(figure => figure.Panels), panel => Assert.NotEmpty(panel.Marks));
    }

    /// <summary>Baldi, Hornik 1989: losses are sums of the eigenvalues lost, indices count what is better among them.</summary>
    [Theory]
    [InlineData("{}", "136", "64", "0", "Saddle")]
    [InlineData("{16}", "120", "45", "7", "Saddle")]
    [InlineData("{15 16}", "105", "28", "12", "Saddle")]
    [InlineData("{14 15 16}", "91", "13", "15", "Saddle")]
    [InlineData("{13 14 15 16}", "78", "0", "16", "Degenerate")]
    [InlineData("{12 14 15 16}", "79", "1", "16", "Saddle")]
    [InlineData("{1 2 3 4}", "126", "48", "16", "Saddle")]
    public void CriticalPointsOfTheAutoencoderAreNamed(string kept, string loss, string index, string nullity, string kind)
    {
        var listing = answers["linear-autoencoder"].Listings[0];
        var row = listing.Rows.Single(row => row[0] == kept);
        Assert.Equal([loss, index, nullity, kind], [row[1], row[2], row[3], row[5]]);
    }

    /// <summary>Each searched point lies on one of the five lines of loss and index, and searches meet points of several ranks.</summary>
    [Fact]
    public void SearchesComeToTheAutoencodersCriticalPoints()
    {
        var answer = answers["linear-autoencoder"];
        var panel = answer.Figures[0].Panels[0];
        var found = panel.Marks.OfType<Mark.Scatter>().Single(mark => mark.Name == "found");
        var lines = panel.Marks.OfType<Mark.Line>().ToArray();
        Assert.Equal(5, lines.Length);
        Assert.True(found.X.Length >= 10);
        Assert.All(found.X.Zip(found.Y), point => Assert.Contains(lines, line => IsOn(line, point.First, point.Second)));
        Assert.True(answer.Listings[1].Rows.Length >= 4);

        // Along each line the index rises by one with the loss.
        static bool IsOn(Mark.Line line, double loss, double index) =>
            Math.Abs(index - line.Y[0] - (loss - line.X[0])) < 1e-6 && loss > line.X[0] - 1e-6 && loss < line.X[1] + 1e-6;
    }

    /// <summary>2/η; (2+2β)/η; (2+2β)/(η(1+2β)).</summary>
    [Theory]
    [InlineData("descent, rate 0.1", 20)]
    [InlineData("Polyak, rate 0.1, momentum 0.9", 38)]
    [InlineData("Nesterov, rate 0.1, momentum 0.9", 3.8 / 0.28)]
    [InlineData("descent, rate 0.003", 2000.0 / 3)]
    [InlineData("Polyak, rate 0.003, momentum 0.5", 1000)]
    [InlineData("Nesterov, rate 0.003, momentum 0.5", 500)]
    public void QuadraticsDivergeFromTheThresholdOn(string name, double expected) =>
        Assert.Equal(expected, Measured("edge-of-stability", $"least diverging curvature: {name}"), expected * 1e-5);

    [Fact]
    public void TheSharpnessRisesToTwoOverEachRateAndStays()
    {
        var rows = answers["edge-of-stability"].Listings[0].Rows;
        foreach (var (name, bound) in new[] { ("rate 0.04", 50), ("rate 0.035", 57.1429), ("rate 0.03", 66.6667) })
        {
            var row = rows.Single(row => row[0] == name);
            Assert.Equal(bound, Number(row[2]));
            Assert.InRange(Number(row[3]), 0.5, 0.95);
            Assert.InRange(Number(row[6]), 0.97, 1.03);
        }
        // The smaller the rate, the later.
        Assert.True(Number(rows[0][4]) < Number(rows[1][4]) && Number(rows[1][4]) < Number(rows[2][4]));
    }

    [Theory]
    [InlineData("5", "6.25", 0.0647)]
    [InlineData("4", "5.33333", 0.0672)]
    [InlineData("3", "4.5", 0.0694)]
    public void SpikesShowWhereTheoryPutsThem(string spike, string place, double deviation)
    {
        var row = answers["outliers"].Listings[0].Rows.Single(row => row[0] == spike);
        Assert.Equal(place, row[1]);
        Assert.InRange(Number(row[2]), Number(place) - (4 * deviation), Number(place) + (4 * deviation));
        Assert.Equal(deviation, Number(row[3]), 1e-4);
    }

    /// <summary>Up to a spike of 2 the bulk's edge; 2.5 + 5/3 and 6 + 6/5 beyond.</summary>
    [Fact]
    public void TheCurveOfTheorysOutliersLeavesTheBulkAtTwo()
    {
        var curve = answers["outliers"].Figures[0].Panels[1].Marks.OfType<Mark.Line>().Single();
        Assert.All(curve.X.Zip(curve.Y).Where(point => point.First < 2.001), point => Assert.Equal(4, point.Second, 1e-12));
        Assert.Equal(2.5 + (5 / 3.0), curve.Y[50], 1e-9);
        Assert.Equal(7.2, curve.Y[^1], 1e-9);
    }

    [Fact]
    public void HutchinsonsErrorsFallByTheRootAndHutchPlusPlusFaster()
    {
        var rows = answers["estimators"].Listings[0].Rows;
        var fall = Math.Log(Number(rows[^1][0]) / Number(rows[0][0]));
        Assert.InRange(Math.Log(Number(rows[0][1]) / Number(rows[^1][1])) / fall, 0.4, 0.6);
        Assert.InRange(Math.Log(Number(rows[0][2]) / Number(rows[^1][2])) / fall, 0.85, 1.15);
        Assert.True(Number(rows[^1][3]) < Number(rows[^1][2]));
    }

    /// <summary>At zero weights 9 of 10 singular values, each for every hidden unit; at the minimum none.</summary>
    [Fact]
    public void TheIndexFallsFromTheClosedFormToZero()
    {
        var rows = answers["spectrum-along-training"].Listings[0].Rows;
        Assert.Equal(72, Measured("spectrum-along-training", "index there"));
        Assert.InRange(Number(rows[0][2]), 60, 90);
        Assert.Equal("0", rows[^1][2]);
        Assert.True(Number(rows[0][3]) < -0.2 && Number(rows[^1][3]) > 0);
        // Each column of a map holds all eigenvalues.
        var map = answers["spectrum-along-training"].Figures[0].Panels[2].Marks.OfType<Mark.HeatMap>().Single();
        for (var column = 0; column < map.X.Length; column++)
            Assert.Equal(301, map.Y.Select((_, row) => map.Values[(row * map.X.Length) + column]).Sum());
    }

    private double Measured(string name, string what) => Number(answers[name].Checks.Single(check => check.What == what).Measured);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
