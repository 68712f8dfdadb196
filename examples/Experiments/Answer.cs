using System.Collections.Immutable;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>What came out of an experiment: shown by figures and tables, held against what was expected.</summary>
internal sealed record Answer
{
    /// <summary>The sources' figures, drawn anew.</summary>
    public ImmutableArray<Figure> Figures { get; init; } = [];

    /// <summary>The sources' tables, computed anew.</summary>
    public ImmutableArray<Listing> Listings { get; init; } = [];

    /// <summary>What was expected against what came out.</summary>
    public ImmutableArray<Check> Checks { get; init; } = [];
}
