using AutoDiff.Curvature;
using AutoDiff.Examples.Experiments;
using AutoDiff.Optimization;
using AutoDiff.Plots;

namespace AutoDiff.Tests.Examples;

/// <summary>The races on the classical functions end at their known minima, and say how long each method took.</summary>
public sealed class ClassicalRaceTests
{
    private static ExperimentRun Quick => new(1, false, null, TestContext.Current.CancellationToken);

    private static RaceCourse Course(string name) => RaceCourse.All().Single(course => course.Name == name);

    [Fact]
    public void EveryCheckHolds()
    {
        var answer = ClassicalRaces.Experiment.Run(Quick);
        Assert.Equal(5 * 4, answer.Checks.Length);
        Assert.All(answer.Checks, check => Assert.True(check.Holds, check.ToString()));
        Assert.All(answer.Listings[0].Rows, row => Assert.Equal(6, row.Length));
        Assert.Equal([5, 5], answer.Figures.Select(figure => figure.Panels.Length));
        Assert.All(answer.Figures[0].Panels, panel => Assert.Equal(4, panel.Marks.OfType<Mark.Path>().Count()));
        Assert.All(answer.Figures[1].Panels, panel => Assert.Equal(9, panel.Marks.OfType<Mark.Line>().Count()));
        // A gradient for each step and one for the end; more than one where steps are searched or solved for.
        var (steps, costs) = (answer.Listings[0].Rows, answer.Listings[1].Rows);
        for (var course = 1; course <= 5; course++)
        {
            Assert.Equal(Steps(0) + 1, Evaluations(0));
            Assert.Equal(Steps(4) + 1, Evaluations(4));
            Assert.True(Evaluations(6) > Steps(6));
            Assert.DoesNotContain("and", costs[6][course], StringComparison.Ordinal);
            foreach (var second in (int[])[7, 8])
            {
                Assert.True(Evaluations(second) > Steps(second));
                Assert.True(int.Parse(costs[second][course].Split(" and ")[1], null) >= Steps(second));
            }

            int Steps(int method) => int.Parse(steps[method][course].Split(' ')[0], null);

            int Evaluations(int method) => int.Parse(costs[method][course].Split(' ')[0], null);
        }
        // All ways begin where the race does; heights end at the tolerance, or above where the step limit came first.
        Assert.All(
            answer.Figures[0].Panels.Zip(RaceCourse.All()),
            pair =>
                Assert.All(
                    pair.First.Marks.OfType<Mark.Path>(),
                    way => Assert.Equal((pair.Second.Start[0], pair.Second.Start[1]), (way.X[0], way.Y[0]))
                )
        );
        Assert.All(
            answer.Figures[1].Panels.SelectMany(panel => panel.Marks.OfType<Mark.Line>()),
            line => Assert.True(line.Y[^1] <= Race.Tolerance || line.Name == "RMSProp", line.Name)
        );
    }

    // The table of expectations, row C.
    [Theory]
    [InlineData("Rosenbrock", 0, 0.399, 1001.601)]
    [InlineData("Beale", 0, 0.301, 48.98)]
    public void TheMinimumIsTheKnownOne(string name, double value, double low, double high)
    {
        var minimum = Assert.Single(Course(name).Minima);
        Assert.Equal(value, minimum.Loss, 1e-20);
        Assert.Equal(low, minimum.Eigenvalues[0], 5e-4);
        Assert.Equal(high, minimum.Eigenvalues[1], 5e-3);
    }

    [Theory]
    [InlineData("Himmelblau", 4, 0)]
    [InlineData("Styblinski-Tang", 4, -78.33233)]
    [InlineData("Müller-Brown", 3, -146.6995)]
    public void OfSeveralMinimaAllAreKnown(string name, int count, double lowest)
    {
        var course = Course(name);
        Assert.Equal(count, course.Minima.Length);
        Assert.All(course.Minima, minimum => Assert.Equal(CriticalPointKind.Minimum, minimum.Kind));
        Assert.Equal(count, course.Minima.Select(minimum => minimum.Point.ToString()).Distinct().Count());
        Assert.Equal(lowest, course.Lowest, 5e-5);
        Assert.All(
            course.Minima,
            minimum => Assert.Same(minimum, course.Nearest(minimum.Point[0].Item() + 0.1, minimum.Point[1].Item() - 0.1))
        );
    }

    [Fact]
    public void OnlyAtAMinimumAndAtItsValueARaceEnds()
    {
        var course = Course("Styblinski-Tang");
        var (x, y) = (course.Minima[1].Point[0].Item(), course.Minima[1].Point[1].Item());
        Assert.True(course.IsReached(x, y, course.Minima[1].Loss));
        Assert.True(course.IsReached(x, y, course.Minima[1].Loss + 0.9e-8));
        Assert.False(course.IsReached(x, y, course.Minima[1].Loss + 1.1e-8));
        Assert.False(course.IsReached(x, y, course.Minima[0].Loss)); // that of another one
        Assert.False(course.IsReached(x + 0.02, y, course.Minima[1].Loss)); // on the way past
        Assert.False(course.IsReached(double.NaN, double.NaN, double.NaN));
    }

    [Fact]
    public void TheBestRateIsThatOfTheRunThatIsThereFirstAndItsWayIsThatOfTheOptimizer()
    {
        var course = Course("Himmelblau");
        double[] rates = [1e-4, 0.01, 1]; // too slow, good, to infinity
        var race = Race.ByGradients(Quick, course, "descent", rate => Optimizers.GradientDescent<Tensor>(rate), rates, 1000);
        Assert.True(race.IsDone);
        Assert.Equal(0.01, race.Rate);
        var alone = AutoDiff.Examples.Experiments.Path.Of(
            Optimizers.GradientDescent<Tensor>(0.01),
            course.Loss,
            Tensor.Of(course.Start),
            (int)race.Steps,
            cancellation: Quick.Cancellation
        );
        Assert.Equal(alone.Length, race.Path.Length);
        for (var i = 0; i < alone.Length; i++)
        {
            ReferenceData.AssertClose(alone[i], race.Path[i], 1e-12, $"step {i}");
            Assert.Equal(course.Objective.Value(alone[i]), race.Losses[i], 1e-9);
        }
        Assert.InRange(race.Losses[^1], 0, Race.Tolerance);
        Assert.True(race.Losses[^2] > Race.Tolerance);
    }

    [Fact]
    public void ARaceThatDoesNotEndSaysSo()
    {
        var race = Race.ByGradients(
            Quick,
            Course("Rosenbrock"),
            "descent",
            rate => Optimizers.GradientDescent<Tensor>(rate),
            [1e-4, 1e-3, 1],
            50
        );
        Assert.False(race.IsDone);
        Assert.Equal(double.PositiveInfinity, race.Steps);
        Assert.Equal(51, race.Path.Length);
        Assert.True(race.Rate < 1); // 1 leads to infinity
    }

    [Fact]
    public void AMinimizersStepsAreThoseOfItsWholeRun()
    {
        var course = Course("Rosenbrock");
        var start = Tensor.Of(course.Start);
        var race = Race.ByItself(
            Quick,
            course,
            "trust region",
            TrustRegion.Init(course.Objective, start),
            state => TrustRegion.Step(course.Objective, state),
            state => state.Point,
            steps => (2 * steps, 3 * steps),
            1000
        );
        Assert.True(race.IsDone);
        Assert.Equal((2 * race.Steps, 3 * race.Steps), (race.Evaluations, race.Products));
        var whole = TrustRegion.Minimize(course.Objective, start, new() { MaxIterations = (int)race.Steps });
        Assert.Equal(whole.Point.ToArray(), race.Path[^1]);
        var stopped = Race.ByItself(Quick, course, "none", start, point => point, point => point, steps => (steps, 0), 10);
        Assert.Equal((false, 11), (stopped.IsDone, stopped.Path.Length));
    }
}
