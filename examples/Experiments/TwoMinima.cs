using System.Collections.Immutable;
using AutoDiff.Optimization;

namespace AutoDiff.Examples.Experiments;

/// <summary>Gradient descent on a function of two minima.</summary>
internal static class TwoMinima
{
    private const double Rate = 0.4;

    public static Experiment Experiment { get; } =
        new(
            "two-minima",
            ["24"],
            "Which of two minima does a start lead to?",
            "Kneusel, Math for Deep Learning, table 11-1 and figure 11-5: five starts at rate 0.4. Three lead to the deeper minimum near (−1, 1), two into the other, which they cannot leave. The book prints "
                + "starts and steps; the ends were computed from them independently.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        (double[] Start, int Steps, double[] End)[] rows =
        [
            ([-1.5, 1.2], 9, [-0.98039, 0.98039]),
            ([1.5, -1.8], 9, [0.93435, -0.93852]),
            ([0, 0], 20, [-0.98038, 0.98038]),
            ([0.7, -0.2], 20, [0.88472, -0.88471]),
            ([1.5, 1.5], 30, [-0.98038, 0.98038]),
        ];
        var paths = Array.ConvertAll(
            rows,
            row =>
                Path.Of(
                    Optimizers.GradientDescent<Tensor>(Rate),
                    Wells.Loss,
                    Tensor.Of(row.Start),
                    row.Steps,
                    cancellation: run.Cancellation
                )
        );
        run.Done(1);
        var minima = Wells.Minima();
        int[] wells = [.. paths.Select(path => Plane.Distance(path[^1], minima[0]) < Plane.Distance(path[^1], minima[1]) ? 0 : 1)];
        return new()
        {
            Figures =
            [
                new(
                    "Descent from five starts",
                    [Wells.Panel("Two wells, rate 0.4", [.. rows.Select((row, i) => (Plane.Text(row.Start, 1), paths[i]))])]
                )
                {
                    Columns = 1,
                },
            ],
            Listings =
            [
                new(
                    $"descent at rate {Rate}; the minima are at {Plane.Text(minima[0], 5)} and {Plane.Text(minima[1], 5)}",
                    ["start", "steps", "end", "well"],
                    [
                        .. rows.Select(
                            (row, i) =>
                                ImmutableArray.Create(
                                    Plane.Text(row.Start, 1),
                                    $"{row.Steps}",
                                    Plane.Text(paths[i][^1], 5),
                                    wells[i] == 0 ? "deeper" : "other"
                                )
                        ),
                    ]
                ),
            ],
            Checks =
            [
                .. rows.Select(
                    (row, i) => Plane.Near($"end from {Plane.Text(row.Start, 1)} after {row.Steps} steps", row.End, paths[i][^1], 5e-6)
                ),
                Check.Equal("starts that lead to the deeper minimum, of 5", 3, wells.Count(well => well == 0)),
            ],
        };
    }
}
