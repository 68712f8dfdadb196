using System.Collections.Immutable;
using System.Globalization;
using AutoDiff.Curvature;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>How sharp the minima of small and of large batches are: Keskar's measure by the neighbourhood's size, and the largest eigenvalue.</summary>
internal static class SharpMinima
{
    // The paper's two are 0.0005 and 0.001.
    private static readonly double[] Sizes = [1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2];

    public static Experiment Experiment { get; } =
        new(
            "sharpness",
            ["13"],
            "How sharp are the minima that small and large batches lead to?",
            "Eight problems of training, 3, after Keskar et al. 2017. Large batches end in sharp minima near the start, noise takes small ones on to flat ones. Sharpness is how far the loss rises within a small neighbourhood, of the size told, or the largest eigenvalue of the Hessian.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var (runs, epochs) = (run.IsWhole ? 2 : 3, 100);
        var minima = new BatchMinima(run, 3 * runs * epochs);
        var (small, large, stopped) = (new List<Measured>(), new List<Measured>(), new List<Measured>());
        for (var i = 0; i < runs; i++)
        {
            var key = run.Key.FoldIn((ulong)i);
            small.Add(Measure(run, minima, minima.Train(minima.Small, key, epochs), key));
            large.Add(Measure(run, minima, minima.TrainLarge(key, epochs), key));
            stopped.Add(Measure(run, minima, minima.TrainSmallTo(key, large[^1].End.Loss, epochs), key));
            if (run.IsWhole)
                run.Note(
                    $"run {i + 1}, largest eigenvalue: small batches {Check.Text(small[^1].Largest)}, large {Check.Text(large[^1].Largest)}"
                );
        }
        Measured[] all = [.. small, .. large, .. stopped];
        var sharper = Enumerable.Range(0, Sizes.Length).Select(k => Mean(large, k) / Mean(small, k)).ToArray();
        return new()
        {
            Figures =
            [
                new(
                    $"Sharpness of the minima by the size of the neighbourhood, means and extremes of {runs} runs, and their largest eigenvalues.",
                    [
                        new(
                            "Keskar's sharpness",
                            new("neighbourhood's size") { Scale = Scale.Log },
                            new("100 x rise of the loss / (1 + loss)") { Scale = Scale.Log },
                            [
                                .. Curve($"batch {minima.Small}", 0, small),
                                .. Curve($"batch {minima.Large}", 1, large),
                                .. Curve(Stopped(minima), 2, stopped),
                            ]
                        ),
                        new(
                            "Largest eigenvalue of the Hessian",
                            new("batch"),
                            new("eigenvalue, mean"),
                            [
                                new Mark.Bar(
                                    [$"{minima.Small}", $"{minima.Large}", Stopped(minima)],
                                    [Largest(small), Largest(large), Largest(stopped)]
                                ),
                            ]
                        ),
                    ]
                ),
            ],
            Listings =
            [
                new(
                    $"minima of {minima.Pictures.Name}, {epochs} epochs; neighbourhoods of all {minima.Objective.Size} parameters",
                    [
                        "batch",
                        "run",
                        "training loss",
                        "way from start",
                        "largest eigenvalue",
                        "trace",
                        .. Sizes.Select(size => $"Keskar {Check.Text(size)}"),
                    ],
                    [.. Rows($"{minima.Small}", small), .. Rows($"{minima.Large}", large), .. Rows(Stopped(minima), stopped)]
                ),
            ],
            Checks =
            [
                .. Sizes.Select(
                    (size, k) =>
                        More($"Keskar's sharpness within {Check.Text(size)}: large batches' minima, by the small ones'", sharper[k]) with
                        {
                            Reason =
                                $"of the rise the gradient that is left makes {Check.Text(Share(small, k))} per cent at the small batches' ends, {Check.Text(Share(large, k))} at the large ones': they are not at their minima yet",
                        }
                ),
                More("largest eigenvalue, likewise", Largest(large) / Largest(small)),
                More(
                    "way from the start: small batches' minima, by the large ones'",
                    small.Average(one => one.Way) / large.Average(one => one.Way)
                ),
                Check.Between("training loss of the large batches' minima, by the small ones'", 0.8, 1.25, Loss(large) / Loss(small)) with
                {
                    Reason =
                        $"the small ones' loss is {Check.Text(Loss(small))}, the large ones' {Check.Text(Loss(large))}, though {Percent(small)} and {Percent(large)} of the training pictures are named right",
                },
                More("largest eigenvalue where small batches stop at the loss of the large ones", Largest(large) / Largest(stopped)) with
                {
                    Reason =
                        $"at a loss of {Check.Text(Loss(stopped))} the small batches' largest eigenvalue is {Check.Text(Largest(stopped))}, at the end of all epochs, at {Check.Text(Loss(small))}, {Check.Text(Largest(small))}: what sets it apart from the large ones' here is how far down each came",
                },
                Check.All("minima whose sharpness rises with the neighbourhood", all, Rises),
                Check.AtMost("largest eigenvalues' errors, of the eigenvalue", 1e-6, all.Max(one => one.Error / one.Largest)),
            ],
        };
    }

    /// <summary>What was measured of a minimum.</summary>
    /// <param name="End">The minimum.</param>
    /// <param name="Keskar">Keskar's sharpness within each size.</param>
    /// <param name="Largest">The largest eigenvalue.</param>
    /// <param name="Error">A bound on its error.</param>
    /// <param name="Trace">The trace, estimated, with its standard error.</param>
    /// <param name="Way">The distance from the initial weights.</param>
    /// <param name="Slope">The part of Keskar's sharpness that the gradient left there would make alone.</param>
    private sealed record Measured(
        BatchMinima.End End,
        ImmutableArray<double> Keskar,
        double Largest,
        double Error,
        Estimate Trace,
        double Way,
        ImmutableArray<double> Slope
    );

    private static Measured Measure(ExperimentRun run, BatchMinima minima, BatchMinima.End end, Key key)
    {
        var objective = minima.Objective;
        ImmutableArray<double> keskar =
        [
            .. Sizes.Select(epsilon =>
                Sharpness
                    .Keskar(
                        objective,
                        end.Parameters,
                        new()
                        {
                            Epsilon = epsilon,
                            Starts = 1,
                            Cancellation = run.Cancellation,
                        }
                    )
                    .Sharpness
            ),
        ];
        var hessian = HessianSharpness.Of(
            objective,
            end.Parameters,
            key,
            new() { Cancellation = run.Cancellation },
            new() { MaxProducts = 60, Cancellation = run.Cancellation }
        );
        var (from, to) = (objective.Ravel(minima.Start(key)), objective.Ravel(end.Parameters));
        var gradient = new double[to.Length];
        var loss = objective.ValueAndGradient(to, gradient);
        var slope = gradient.Zip(to, (g, x) => Math.Abs(g) * (Math.Abs(x) + 1)).Sum();
        return new(
            end,
            keskar,
            hessian.Largest.Value,
            hessian.Largest.ErrorBound,
            hessian.Trace,
            Math.Sqrt(from.Zip(to, (a, b) => (a - b) * (a - b)).Sum()),
            [.. Sizes.Zip(keskar, (epsilon, sharpness) => 100 * epsilon * slope / (1 + loss) / sharpness)]
        );
    }

    private static bool Rises(Measured one) => one.Keskar.Zip(one.Keskar.Skip(1)).All(pair => pair.First < pair.Second);

    private static double Mean(List<Measured> all, int size) => all.Average(one => one.Keskar[size]);

    private static double Largest(List<Measured> all) => all.Average(one => one.Largest);

    private static double Loss(List<Measured> all) => all.Average(one => one.End.Loss);

    private static string Percent(List<Measured> all) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * all.Average(one => one.End.Train):F2} %");

    private static string Stopped(BatchMinima minima) => $"{minima.Small}, stopped";

    private static double Share(List<Measured> all, int size) => Math.Round(100 * all.Average(one => one.Slope[size]));

    private static Check More(string what, double ratio) => Check.Above(what, 1, ratio);

    private static IEnumerable<Mark> Curve(string name, int colour, List<Measured> all) =>
        [
            new Mark.Band(
                [.. Sizes],
                [.. Sizes.Select((_, k) => all.Min(one => one.Keskar[k]))],
                [.. Sizes.Select((_, k) => all.Max(one => one.Keskar[k]))]
            )
            {
                Name = name,
                Colour = colour,
            },
            new Mark.Line([.. Sizes], [.. Sizes.Select((_, k) => Mean(all, k))]) { Name = name, Colour = colour },
        ];

    private static IEnumerable<ImmutableArray<string>> Rows(string name, List<Measured> all) =>
        all.Select(
            (one, i) =>
                ImmutableArray.Create([
                    name,
                    $"{i + 1}",
                    Check.Text(one.End.Loss),
                    one.Way.ToString("F2", CultureInfo.InvariantCulture),
                    Check.Text(one.Largest),
                    string.Create(CultureInfo.InvariantCulture, $"{one.Trace.Value:G4} ± {one.Trace.StandardError:G2}"),
                    .. one.Keskar.Select(value => value.ToString("G4", CultureInfo.InvariantCulture)),
                ])
        );
}
