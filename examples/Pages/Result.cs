using System.Collections.Immutable;
using AutoDiff.Examples.Experiments;

namespace AutoDiff.Examples.Pages;

/// <summary>What came out of an experiment that ended, with its figures drawn: what a report shows and a cache keeps.</summary>
/// <param name="Figures">Its figures.</param>
/// <param name="Listings">Its tables.</param>
/// <param name="Checks">What was expected against what came out.</param>
/// <param name="Seconds">How long it ran.</param>
/// <param name="When">When it ended.</param>
/// <param name="UsesData">Whether it asked for the folder of data.</param>
internal sealed record Result(
    ImmutableArray<DrawnFigure> Figures,
    ImmutableArray<Listing> Listings,
    ImmutableArray<Check> Checks,
    double Seconds,
    DateTimeOffset When,
    bool UsesData
)
{
    /// <summary>How many checks hold.</summary>
    public int Held() => Checks.Count(check => check.Holds);

    /// <summary>Whether a check fails that no reason is known for.</summary>
    public bool HasUnexplained() => Checks.Any(check => check is { Holds: false, Reason: null });
}
