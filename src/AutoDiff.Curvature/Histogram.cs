using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>Counts of values in adjoining bins.</summary>
/// <param name="Edges">The bins' edges [bins + 1], ascending; bin i holds values from edge i up to but not including edge i + 1, the last bin its upper edge too.</param>
/// <param name="Counts">The number of values in each bin [bins].</param>
public sealed record Histogram(ImmutableArray<double> Edges, ImmutableArray<int> Counts)
{
    /// <summary>Bins of equal width from the smallest value to the largest; around the value, of total width 1 or a sixteenth of it, where all are equal.</summary>
    /// <exception cref="ArgumentException">There are no values, one is not finite, or the number of bins is not positive.</exception>
    public static Histogram EqualWidth(ReadOnlySpan<double> values, int bins)
    {
        Require(values, bins);
        var (low, high) = Range(values);
        if (low == high)
        {
            var half = Math.Max(0.5, Math.Abs(low) / 32);
            (low, high) = (low - half, high + half);
        }
        var edges = new double[bins + 1];
        for (var i = 0; i <= bins; i++)
            edges[i] = (low * ((double)(bins - i) / bins)) + (high * ((double)i / bins));
        return Count(values, edges);
    }

    /// <summary>Bins of equal width in a scale that is linear within <paramref name="linear"/> of zero and logarithmic beyond, on both sides.</summary>
    /// <param name="values">The values to count.</param>
    /// <param name="bins">The number of bins.</param>
    /// <param name="linear">c, the half width of the linear part, in the values' units.</param>
    /// <remarks>Edges are equally spaced in asinh(x/c), which is x/c for small x and ±ln(2|x|/c) for large: it shows a bulk at zero and far outliers at once.</remarks>
    /// <exception cref="ArgumentException">There are no values, one is not finite, or the number of bins or the linear part is not positive.</exception>
    public static Histogram SymmetricLog(ReadOnlySpan<double> values, int bins, double linear)
    {
        Require(values, bins);
        Check.Positive("Histogram", "a linear part of", linear);
        var (low, high) = Range(values);
        if (low == high)
            (low, high) = (low - linear, high + linear);
        var (first, last) = (Math.Asinh(low / linear), Math.Asinh(high / linear));
        var edges = new double[bins + 1];
        for (var i = 1; i < bins; i++)
            edges[i] = linear * Math.Sinh(first + ((last - first) * i / bins));
        (edges[0], edges[bins]) = (low, high);
        return Count(values, edges);
    }

    private static void Require(ReadOnlySpan<double> values, int bins)
    {
        Check.Positive("Histogram", "a number of values of", values.Length);
        Check.Positive("Histogram", "a number of bins of", bins);
        Check.Finite("Histogram", "the values", values);
    }

    private static (double Low, double High) Range(ReadOnlySpan<double> values)
    {
        var (low, high) = (values[0], values[0]);
        foreach (var value in values)
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return (low, high);
    }

    private static Histogram Count(ReadOnlySpan<double> values, double[] edges)
    {
        var counts = new int[edges.Length - 1];
        foreach (var value in values)
        {
            var at = Array.BinarySearch(edges, value);
            counts[Math.Clamp(at >= 0 ? at : ~at - 1, 0, counts.Length - 1)]++;
        }
        return new([.. edges], [.. counts]);
    }
}
