using AutoDiff.Examples.Experiments;
using AutoDiff.Plots;

namespace AutoDiff.Tests.Examples;

/// <summary>The experiments on functions of one and two numbers give the sources' numbers, and their figures show what was computed.</summary>
public class DescentExperimentTests(DescentExperimentTests.Runs runs) : IClassFixture<DescentExperimentTests.Runs>
{
    /// <summary>Each experiment's answer, once.</summary>
    public sealed class Runs
    {
        private readonly Dictionary<string, Answer> _answers = [];

        internal Answer this[string name] =>
            _answers.TryGetValue(name, out var answer)
                ? answer
                : _answers[name] = Catalogue
                    .All.Single(e => e.Name == name)
                    .Run(new(1, false, null, TestContext.Current.CancellationToken));
    }

    public static TheoryData<string, string, string> Measured =>
        new()
        {
            { "plateau", "hill: descent ends in the small minimum, where x/6 + sin x = 0", "5.22596" },
            { "plateau", "hill: momentum ends in the deep minimum", "0 ± 1e-12" },
            { "valley", "1e-2: across after 500 updates, (1 − 1e-2·199.9)^500", "0.606379" },
            { "valley", "1e-7: across after 100,000 updates, (1 − 1e-7·199.9)^100000", "0.135468" },
            { "braking", "AdaGrad: first steep step / rate, by the root of the mean of all squares", "10.04889" },
            { "braking", "RMSProp: first steep step / rate, by the root of the decaying mean", "3.16086" },
            { "valley", "RMSProp: longest update along, η/√(1 − α) where the mean square starts at 0", "1" },
            { "first-steps", "AdaGrad by the mean of squares: first steps, the rate against each gradient", "-0.1, 0.1, -0.1, -0.1" },
            { "first-steps", "RMSProp from the first square: first steps, likewise", "-0.1, 0.1, -0.1, -0.1" },
            { "bias-correction", "β₁ = 0.9, β₂ = 0.9: first step / rate without, (1 − β₁)/√(1 − β₂)", "0.316228" },
            { "bias-correction", "β₁ = 0.9, β₂ = 0.999: first step / rate without, (1 − β₁)/√(1 − β₂)", "3.16228" },
            { "softmax", "share of 3", "0.878878 0.88 ±" },
            { "softmax", "share of 1", "0.118943 0.12 ±" },
            { "softmax", "share of −3", "0.00217852 0 ±" },
            { "two-losses", "squared error at the upper left, (−10, 10)", "2" },
            { "two-losses", "cross-entropy there, ln(1 + e²⁰)", "20" },
            { "two-losses", "length of its gradient there, √2", "1.41421" },
            { "four-paths", "SGD: end, (−7·0.905³⁰, 2·(−0.9)³⁰)", "(-0.35039, 0.08478)" },
            { "descent-1d", "rate 0.03: x after 15 updates", "0.997648" },
            { "descent-2d", "0.02 from (-0.5, 2.3): end, by powers of 1 − 2aη", "(0.94430, 0.37919)" },
            { "two-minima", "end from (-1.5, 1.2) after 9 steps", "(-0.98039, 0.98039)" },
            { "two-minima", "end from (1.5, -1.8) after 9 steps", "(0.93435, -0.93852)" },
            { "two-minima", "end from (0.0, 0.0) after 20 steps", "(-0.98038, 0.98038)" },
            { "two-minima", "end from (0.7, -0.2) after 20 steps", "(0.88472, -0.88471)" },
            { "two-minima", "end from (1.5, 1.5) after 30 steps", "(-0.98038, 0.98038)" },
            { "momentum", "end from (1.5, 1.5) after 90 steps", "(-0.94963, 0.98092)" },
            { "momentum", "end from (0.7, -0.2) after 25 steps", "(0.88072, -0.90632)" },
            { "nesterov", "by coordinates: end from (1.5, 1.5) after 90 steps", "(-0.97181, 0.98134)" },
            { "nesterov", "by coordinates: end from (0.7, -0.2) after 25 steps", "(0.91282, -0.91808)" },
            { "nesterov", "as defined: end from (1.5, 1.5) after 90 steps", "(-0.97173, 0.98044)" },
            { "nesterov", "as defined: end from (0.7, -0.2) after 25 steps", "(0.89900, -0.89829)" },
        };

    [Theory]
    [MemberData(nameof(Measured))]
    public void TheSourcesNumbersComeOut(string name, string what, string number)
    {
        var check = runs[name].Checks.Single(c => c.What == what);
        Assert.True(check.Holds, check.ToString());
        Assert.Contains(number, $"{check.Measured} {check.Expected}", StringComparison.Ordinal);
    }

    /// <summary>What does not hold, where the source's statement is not true in general.</summary>
    [Theory]
    [InlineData("plateau", 0)]
    [InlineData("valley", 0)]
    [InlineData("first-steps", 0)]
    [InlineData("braking", 0)]
    [InlineData("bias-correction", 5)] // 1 − β₁ is not below √(1 − β₂); 0.99⁵⁰ and 0.999⁵⁰ are not about 0
    [InlineData("softmax", 0)]
    [InlineData("two-losses", 0)]
    [InlineData("four-paths", 0)]
    [InlineData("descent-1d", 0)]
    [InlineData("descent-2d", 0)]
    [InlineData("two-minima", 0)]
    [InlineData("momentum", 0)]
    [InlineData("nesterov", 0)]
    public void AllElseHolds(string name, int failures)
    {
        var failed = runs[name].Checks.Where(c => !c.Holds).ToArray();
        Assert.Equal(failures, failed.Length);
        Assert.All(failed, check => Assert.NotNull(check.Reason));
    }

    [Theory]
    [InlineData("valley", 6, -40, 1)]
    [InlineData("four-paths", 4, -7, 2)]
    [InlineData("two-minima", 1, -1.5, 1.2)]
    [InlineData("descent-2d", 2, -0.5, 2.9)]
    public void EachWalkOverContoursBeginsAtItsStart(string name, int panels, double x, double y)
    {
        var over = runs[name].Figures[0].Panels;
        Assert.Equal(panels, over.Length);
        Assert.All(
            over,
            panel =>
            {
                var contour = Assert.Single(panel.Marks.OfType<Mark.Contour>());
                Assert.Equal(contour.X.Length * contour.Y.Length, contour.Values.Length);
                Assert.All(panel.Marks.OfType<Mark.Path>(), path => Assert.InRange(path.X.Length, 2, 2000));
            }
        );
        var first = over[0].Marks.OfType<Mark.Path>().First();
        Assert.Equal((x, y), (first.X[0], first.Y[0]));
    }

    [Fact]
    public void AGridsValuesStandRowByRowFromTheLowestY()
    {
        var values = Plane.Values(p => (10 * p[1]) + p[0], [1, 2, 3], [4, 5]);
        Assert.Equal([41, 42, 43, 51, 52, 53], values);
    }

    [Fact]
    public void AWalkIsShownUpToWhereItLeavesTheAxes()
    {
        double[][] walk =
        [
            [0, 0],
            [1, 1],
            [5, 1],
            [1, 0],
        ];
        var shown = Assert.IsType<Mark.Path>(Plane.Walk("walk", walk, (-2, 2), (-2, 2)));
        Assert.Equal([0, 1], shown.X);
        Assert.Equal("walk", shown.Name);
    }

    [Fact]
    public void AtTheUpperLeftOnlyCrossEntropyShowsAWayDown()
    {
        var panels = runs["two-losses"].Figures[0].Panels;
        Assert.DoesNotContain(true, UpperLeft(panels[0]));
        Assert.Contains(true, UpperLeft(panels[1]));

        static IEnumerable<bool> UpperLeft(Panel panel)
        {
            var arrows = Assert.Single(panel.Marks.OfType<Mark.Arrows>());
            Assert.All(arrows.Dx.Zip(arrows.Dy), way => Assert.True(way.First > 0 && way.Second < 0)); // to the lower right
            return arrows.X.Zip(arrows.Y, (x, y) => x < -5 && y > 5);
        }
    }

    [Fact]
    public void ACancelledRunEnds()
    {
        var valley = Catalogue.All.Single(e => e.Name == "valley");
        Assert.ThrowsAny<OperationCanceledException>(() => valley.Run(new(1, false, null, new(canceled: true))));
    }
}
