using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>The loss on a grid of a plane, ready to plot.</summary>
/// <param name="X">The steps along the first direction [k].</param>
/// <param name="Y">The steps along the second [l].</param>
/// <param name="Losses">The losses [l, k], a row for each step along the second; NaN and ±∞ as they came.</param>
public sealed record LandscapePlane(ImmutableArray<double> X, ImmutableArray<double> Y, ImmutableArray<double> Losses)
{
    /// <summary>The loss at the steps <c>X[column]</c> and <c>Y[row]</c>.</summary>
    public double this[int row, int column] => Losses[(row * X.Length) + column];

    /// <summary>How many losses are NaN or infinite.</summary>
    public int NotFinite => Losses.Count(loss => !double.IsFinite(loss));
}
