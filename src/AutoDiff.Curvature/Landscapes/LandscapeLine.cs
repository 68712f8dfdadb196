using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>The loss along a line, ready to plot.</summary>
/// <param name="Steps">Where on the line [k].</param>
/// <param name="Losses">The loss there [k]; NaN and ±∞ as they came.</param>
public sealed record LandscapeLine(ImmutableArray<double> Steps, ImmutableArray<double> Losses)
{
    /// <summary>How many losses are NaN or infinite.</summary>
    public int NotFinite => Losses.Count(loss => !double.IsFinite(loss));
}
