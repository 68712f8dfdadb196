using System.Collections.Immutable;
using AutoDiff.Curvature;

namespace AutoDiff.Examples;

/// <summary>The critical points that searches from some starts came to, one for each loss and index.</summary>
/// <param name="Along">How many starts lie on a path of gradient descent from the noise on.</param>
/// <param name="Around">How many starts lie around the point where training ends.</param>
/// <param name="Deviation">The standard deviation of their parameters from it.</param>
/// <param name="Products">How many products with Hessians the searches took.</param>
/// <param name="Points">The points, by ascending loss.</param>
/// <param name="Failures">The searches that came to none.</param>
public sealed record FindReport(
    int Along,
    int Around,
    double Deviation,
    int Products,
    ImmutableArray<FoundReport> Points,
    ImmutableArray<FailureReport> Failures
)
{
    private const double Scale = 0.1;
    private const int DescentSteps = 2_000;
    private const int Digits = 8;

    /// <param name="objective">The loss.</param>
    /// <param name="away">Where the path of gradient descent begins.</param>
    /// <param name="end">Where training ends.</param>
    /// <param name="sharpness">The largest eigenvalue met, whose inverse is the path's rate.</param>
    /// <param name="job">The number of starts, and how points are classified.</param>
    /// <param name="accuracy">The share of rows classified right.</param>
    /// <param name="run">Progress and cancellation.</param>
    public static FindReport Of(
        Objective<Mlp> objective,
        Mlp away,
        Mlp end,
        double sharpness,
        JobOptions job,
        Func<Mlp, double> accuracy,
        RunOptions run
    )
    {
        var along = (job.Find + 1) / 2;
        IReadOnlyList<Mlp> starts =
        [
            .. Starts.AlongDescent(objective, away, along, Math.Max(1, DescentSteps / along), sharpness > 0 ? 1 / sharpness : 1),
            .. Starts.Around(end, Key.Of(job.Seed), job.Find - along, Scale),
        ];
        var found = CriticalPoint.Find(
            objective,
            starts,
            new()
            {
                Family = point => (point.Kind, point.Index, point.Nullity, Math.Round(point.Loss, Digits)),
                Curvature = new() { MostDense = job.MostDense, MostFactored = job.MostFactored },
                Threads = run.Threads,
                Progress = run.Progress,
                Cancellation = run.Cancellation,
            }
        );
        return new(
            starts.Count - (job.Find - along),
            job.Find - along,
            Scale,
            found.Products,
            [.. found.Points.Select(one => new FoundReport(PointReport.Of(one.Point, accuracy(one.Point.Point)), one.Starts))],
            [
                .. found.Failures.Select(failure => new FailureReport(
                    failure.Start,
                    failure.Outcome.ToString(),
                    failure.Loss,
                    failure.GradientNorm
                )),
            ]
        );
    }
}

/// <summary>A critical point, and the numbers of the starts that led to it or to another of its loss and index.</summary>
public sealed record FoundReport(PointReport Point, ImmutableArray<int> Starts);

/// <summary>A search that came to no critical point: how it ended and where.</summary>
public sealed record FailureReport(int Start, string Outcome, double Loss, double GradientNorm);
