using System.Collections.Concurrent;
using System.Globalization;
using AutoDiff.Examples.Experiments;
using AutoDiff.Plots;

namespace AutoDiff.Tests.Examples;

/// <summary>The experiments on surfaces and their critical points measure the numbers that are known.</summary>
public sealed class SurfaceExperimentTests(SurfaceExperimentTests.Answers answers) : IClassFixture<SurfaceExperimentTests.Answers>
{
    public static TheoryData<string, string, double, double> Numbers =>
        new()
        {
            { "two-weights", "length of the gradient at the origin", 0, 0 },
            { "two-weights", "smaller eigenvalue at the origin", -2, 1e-12 },
            { "two-weights", "larger eigenvalue at the origin", 2, 1e-12 },
            { "two-weights", "index of the origin", 1, 0 },
            { "two-weights", "w1 : w2 of the way out", 1, 1e-9 },
            { "two-weights", "loss lower by, along it", 1, 1e-9 },
            { "two-weights", "larger eigenvalue at w1 = -2 on w1 w2 = 1", 8.5, 1e-9 },
            { "two-weights", "larger eigenvalue at w1 = 1 on w1 w2 = 1", 4, 1e-9 },
            { "two-weights", "larger eigenvalue at w1 = 0.5 on w1 w2 = 1", 8.5, 1e-9 },
            { "two-weights", "furthest smaller eigenvalue from 0 there", 0, 1e-14 },
            { "two-weights", "points there of index 0 and nullity 1, loss 0", 6, 0 },
            { "two-weights", "loss at the lowest corner, the saddle's is 1", 9, 0 },
            { "saddle-of-squares", "smaller eigenvalue at the origin", -2, 1e-12 },
            { "saddle-of-squares", "larger eigenvalue at the origin", 2, 1e-12 },
            { "saddle-of-squares", "y of descent from (1.5, 0), after 200 steps", 0, 0 },
            { "saddle-of-squares", "steps until |y| > 1 from (1.5, 0.01)", 26, 0 },
            { "saddle-of-squares", "steps until |y| > 1 from (1.5, 1e-8)", 102, 0 },
            { "deep-linear", "2 matrices: index", 9, 0 },
            { "deep-linear", "3 matrices: nullity", 27, 0 },
            { "deep-linear", "3 matrices: largest |eigenvalue|", 0, 0 },
            { "deep-linear", "5 matrices: nullity", 45, 0 },
            { "deep-linear", "4 matrices: power of the step by which the loss falls", 4, 0.01 },
            { "classical-functions", "Rosenbrock: critical points", 1, 0 },
            { "classical-functions", "Rosenbrock: the minimum's distance from (1, 1)", 0, 1e-7 },
            { "classical-functions", "Rosenbrock: smaller eigenvalue", 0.399, 5e-4 },
            { "classical-functions", "Rosenbrock: larger eigenvalue", 1001.601, 2e-3 },
            { "classical-functions", "Beale: the minimum's distance from (3, 0.5)", 0, 1e-7 },
            { "classical-functions", "Beale: smaller eigenvalue there", 0.301, 5e-4 },
            { "classical-functions", "Beale: larger eigenvalue there", 48.98, 5e-3 },
            { "classical-functions", "Beale: the saddle's distance from (0, 1)", 0, 1e-7 },
            { "classical-functions", "Beale: value at the saddle", 14.203125, 5e-5 },
            { "classical-functions", "Beale: negative eigenvalue there", -27.75, 1e-4 },
            { "classical-functions", "Beale: positive eigenvalue there", 27.75, 1e-4 },
            { "classical-functions", "Himmelblau: value at minimum 4", 0, 1e-12 },
            { "classical-functions", "Himmelblau: value at saddle 1", 13.312, 5e-4 },
            { "classical-functions", "Himmelblau: value at saddle 2", 67.719, 5e-4 },
            { "classical-functions", "Himmelblau: value at saddle 3", 104.015, 5e-4 },
            { "classical-functions", "Himmelblau: value at saddle 4", 178.337, 5e-4 },
            { "classical-functions", "Himmelblau: value at the maximum", 181.617, 5e-4 },
            { "classical-functions", "Müller-Brown: value at minimum 1", -146.6995, 6e-4 },
            { "classical-functions", "Müller-Brown: value at minimum 2", -108.1667, 6e-4 },
            { "classical-functions", "Müller-Brown: value at minimum 3", -80.7678, 5e-5 },
            { "classical-functions", "Müller-Brown: value at the lower saddle", -72.2489, 5e-5 },
            { "classical-functions", "Müller-Brown: value at the higher saddle", -40.6648, 5e-5 },
            { "classical-functions", "Styblinski-Tang, 5 coordinates: points", 243, 0 },
            { "classical-functions", "monkey saddle: largest |eigenvalue| at the origin", 0, 0 },
            { "error-surfaces", "smallest eigenvalue at weights 0: twice the penalty", 0.06, 1e-9 },
            { "error-surfaces", "largest: 2 more, the output's bias", 2.06, 1e-9 },
            { "error-surfaces", "lines through the saddle drawn last on which it looks like a minimum", 8, 0 },
            { "paths-between-minima", "Müller-Brown, higher pass: height by the string", -40.6648, 5e-5 },
            { "paths-between-minima", "Müller-Brown, higher pass: height by the band", -40.6648, 5e-5 },
            { "paths-between-minima", "Müller-Brown, higher pass: index of its saddle by the string", 1, 0 },
            { "paths-between-minima", "Müller-Brown, lower pass: height by the string", -72.2489, 5e-5 },
            { "paths-between-minima", "Müller-Brown, lower pass: height by the band", -72.2489, 5e-5 },
            { "paths-between-minima", "Müller-Brown, lower pass: index of its saddle by the band", 1, 0 },
            { "paths-between-minima", "climb to the higher pass from the lowest minimum", 106.0347, 6e-4 },
            { "paths-between-minima", "climb to the lower pass from the lower side", 35.9178, 1e-4 },
            { "paths-between-minima", "net, lowest saddle: index of its saddle by the string", 1, 0 },
            { "paths-between-minima", "net, to weights 0: index of its saddle by the band", 1, 0 },
            { "leaving-saddles", "two weights: Newton: distance of its end from the saddle", 0, 1e-9 },
            { "leaving-saddles", "two weights, on it: momentum: distance of its end from the saddle", 0, 0 },
        };

    public static TheoryData<string, string, string> Words =>
        new()
        {
            { "two-weights", "Hessian at the origin", "0, -2, -2, 0" },
            { "two-weights", "kind of the origin", "Saddle" },
            { "saddle-of-squares", "kind of the origin", "Saddle" },
            { "deep-linear", "2 matrices: kind", "Saddle" },
            { "deep-linear", "3 matrices: kind", "Degenerate" },
            { "classical-functions", "Himmelblau: minima, saddles, maxima, all points", "4, 4, 1, 9" },
            { "classical-functions", "Müller-Brown: minima, saddles, maxima, all points", "3, 2, 0, 5" },
            { "classical-functions", "5 coordinates: points by index k, each 5 over k times 2^(5-k)", "32 80 80 40 10 1" },
            { "classical-functions", "monkey saddle: kind of the origin", "Degenerate" },
            { "leaving-saddles", "two weights: Newton", "stays" },
            { "leaving-saddles", "two weights: descent", "leaves" },
            { "leaving-saddles", "a net of nine weights: Newton", "stays" },
            { "leaving-saddles", "a net of nine weights: trust region", "leaves" },
            { "leaving-saddles", "monkey saddle in a bowl: Newton", "stays" },
            { "leaving-saddles", "monkey saddle in a bowl: saddle-free", "leaves" },
            { "leaving-saddles", "two weights, on it: descent", "stays" },
            { "leaving-saddles", "two weights, on it: perturbed", "leaves" },
            { "leaving-saddles", "two weights, on it: escape", "leaves" },
        };

    public static TheoryData<string> Names =>
        [
            "two-weights",
            "saddle-of-squares",
            "deep-linear",
            "classical-functions",
            "error-surfaces",
            "paths-between-minima",
            "leaving-saddles",
        ];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_known_number_is_measured(string experiment, string what, double known, double within) =>
        Assert.InRange(
            double.Parse(Assert.Single(answers.Of(experiment).Checks, check => check.What == what).Measured, CultureInfo.InvariantCulture),
            known - within,
            known + within
        );

    [Theory]
    [MemberData(nameof(Words))]
    public void A_known_statement_comes_out(string experiment, string what, string known) =>
        Assert.Contains(answers.Of(experiment).Checks, check => check.What == what && check.Measured == known);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_check_holds(string experiment) =>
        Assert.All(answers.Of(experiment).Checks, check => Assert.True(check.Holds, check.What));

    /// <summary>What is drawn is what was found: no number is missing, and marks stand inside the panel's axes.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Points_are_drawn_where_they_are(string experiment)
    {
        foreach (var panel in answers.Of(experiment).Figures.SelectMany(figure => figure.Panels))
        {
            var points = panel.Marks.OfType<Mark.Scatter>().ToArray();
            Assert.All(points, mark => Assert.True(mark.X.Length == mark.Y.Length && mark.X.Length > 0));
            Assert.All(points.SelectMany(mark => mark.X), x => Assert.InRange(x, panel.X.From ?? x, panel.X.To ?? x));
            Assert.All(points.SelectMany(mark => mark.Y), y => Assert.InRange(y, panel.Y.From ?? y, panel.Y.To ?? y));
        }
    }

    /// <summary>Each experiment's answer, computed once.</summary>
    public sealed class Answers
    {
        private readonly ConcurrentDictionary<string, Lazy<Answer>> _answers = [];

        internal Answer Of(string experiment) =>
            _answers
                .GetOrAdd(
                    experiment,
                    name => new(() => Catalogue.All.Single(one => one.Name == name).Run(new(1, false, null, CancellationToken.None)))
                )
                .Value;
    }
}
