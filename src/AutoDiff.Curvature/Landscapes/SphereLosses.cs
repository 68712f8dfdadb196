using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>The loss at one distance from a point, over random directions. What is NaN or infinite is counted and left out of the rest; NaN where nothing is left.</summary>
public sealed record SphereLosses
{
    /// <summary>The distance.</summary>
    public required double Radius { get; init; }

    /// <summary>The mean loss.</summary>
    public required double Mean { get; init; }

    /// <summary>The standard error of the mean: the directions' standard deviation ⁄ √their number; NaN for fewer than two.</summary>
    public required double StandardError { get; init; }

    /// <summary>The lowest loss.</summary>
    public required double Min { get; init; }

    /// <summary>The highest loss.</summary>
    public required double Max { get; init; }

    /// <summary>The quantiles asked for, interpolated between order statistics (Hyndman, Fan 1996, definition 7).</summary>
    public required ImmutableArray<double> Quantiles { get; init; }

    /// <summary>How many losses are NaN or infinite.</summary>
    public required int NotFinite { get; init; }

    internal static SphereLosses Of(double radius, double[] losses, ImmutableArray<double> quantiles)
    {
        var finite = Array.FindAll(losses, double.IsFinite);
        Array.Sort(finite);
        var (count, mean) = (finite.Length, 0.0);
        for (var i = 0; i < count; i++)
            mean += (finite[i] - mean) / (i + 1);
        var deviations = Array.ConvertAll(finite, loss => loss - mean);
        return new()
        {
            Radius = radius,
            Mean = count > 0 ? mean : double.NaN,
            StandardError = count > 1 ? VectorLoops.Norm(deviations) / Math.Sqrt(count - 1.0) / Math.Sqrt(count) : double.NaN,
            Min = count > 0 ? finite[0] : double.NaN,
            Max = count > 0 ? finite[^1] : double.NaN,
            Quantiles = [.. quantiles.Select(share => Quantile(finite, share))],
            NotFinite = losses.Length - count,
        };
    }

    private static double Quantile(double[] sorted, double share)
    {
        if (sorted.Length == 0)
            return double.NaN;
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }
}
