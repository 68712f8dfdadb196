using System.Collections.Immutable;
using AutoDiff.Curvature;

namespace AutoDiff.Examples;

/// <summary>What kind of point the net is at, and how sure that is.</summary>
/// <param name="Kind">The kind in a word or two.</param>
/// <param name="Loss">The loss there.</param>
/// <param name="Accuracy">The share of rows classified right.</param>
/// <param name="GradientNorm">The gradient's Euclidean norm.</param>
/// <param name="Size">How many eigenvalues there are.</param>
/// <param name="Examination">What it was found by: "all" eigenvalues, "inertia" and both ends of the spectrum, or its "ends" alone.</param>
/// <param name="Index">How many eigenvalues are below −threshold; by the ends alone at least so many.</param>
/// <param name="Nullity">How many are within the threshold of zero, likewise.</param>
/// <param name="Threshold">What an eigenvalue must exceed to count as other than zero.</param>
/// <param name="Inertia">The signs counted without eigenvalues, by LDLᵀ; null where that would take too much memory.</param>
/// <param name="Lowest">The most negative eigenpair.</param>
/// <param name="Highest">The most positive eigenpair.</param>
/// <param name="SmallestPossible">No eigenvalue is below it; by the ends alone but for a chance of one in a million.</param>
/// <param name="LargestPossible">None is above it, likewise.</param>
/// <param name="MinimumRatio">The share of eigenvalues that are positive; null where not all are counted.</param>
/// <param name="ConditionNumber">The largest magnitude over the smallest; null where that is not known.</param>
/// <param name="Outliers">How many eigenvalues stand apart above the bulk; null where the bulk is not known.</param>
/// <param name="Eigenvalues">Those that are known, ascending: all, or some at both ends.</param>
/// <param name="ErrorBounds">How far off each may be.</param>
public sealed record PointReport(
    string Kind,
    double Loss,
    double Accuracy,
    double GradientNorm,
    int Size,
    string Examination,
    int Index,
    int Nullity,
    double Threshold,
    InertiaReport? Inertia,
    PairReport Lowest,
    PairReport Highest,
    double SmallestPossible,
    double LargestPossible,
    double? MinimumRatio,
    double? ConditionNumber,
    int? Outliers,
    ImmutableArray<double> Eigenvalues,
    ImmutableArray<double> ErrorBounds
)
{
    /// <summary>Whether every eigenvalue is counted.</summary>
    public bool IndexIsExact => Inertia is not null;

    public static PointReport Of(CriticalPoint<Mlp> point, double accuracy) =>
        new(
            Name(point.Kind),
            point.Loss,
            accuracy,
            point.GradientNorm,
            point.Size,
            point.Examination.ToString().ToLowerInvariant(),
            point.Index,
            point.Nullity,
            point.Threshold,
            point.Examination == Curvature.Examination.Ends
                ? null
                : new(point.Inertia.Below, point.Inertia.Within, point.Inertia.Above, point.Inertia.Uncertain, point.IndexConfirmed),
            Pair(point.Lowest),
            Pair(point.Highest),
            point.SmallestPossible,
            point.LargestPossible,
            Known(point.MinimumRatio),
            Known(point.ConditionNumber),
            point.Outliers,
            point.Eigenvalues,
            point.ErrorBounds
        );

    private static double? Known(double value) => double.IsNaN(value) ? null : value;

    private static PairReport Pair(EigenPair<Mlp> pair) => new(pair.Value, pair.Residual, pair.ErrorBound);

    private static string Name(CriticalPointKind kind) =>
        kind switch
        {
            CriticalPointKind.NotCritical => "not critical",
            CriticalPointKind.Minimum => "minimum",
            CriticalPointKind.Maximum => "maximum",
            CriticalPointKind.Saddle => "saddle",
            CriticalPointKind.Degenerate => "degenerate",
            CriticalPointKind.Undecided => "undecided",
        };
}

/// <summary>An eigenvalue, its pair's residual ‖Hv − λv‖, and how far off the eigenvalue may be.</summary>
public sealed record PairReport(double Value, double Residual, double ErrorBound);

/// <summary>Eigenvalues below, within and above ±threshold, those that could be either of two, and whether the counts confirm the index.</summary>
public sealed record InertiaReport(int Below, int Within, int Above, int Uncertain, bool ConfirmsIndex);
