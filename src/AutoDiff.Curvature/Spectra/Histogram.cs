using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>Counts of values in adjoining bins.</summary>
/// <param name="Edges">The bins' edges [bins + 1], ascending; bin i holds values from edge i up to but not including edge i + 1, the last bin its upper edge too.</param>
/// <param name="Counts">The number of values in each bin [bins].</param>
public sealed record Histogram(ImmutableArray<double> Edges, ImmutableArray<int> Counts)
{
    private const double Ln2 = 0.6931471805599453;

    /// <summary>Bins of equal width from the smallest value to the largest; around the value, of total width 1 or a sixteenth of it, where all are equal.</summary>
    /// <remarks>Where the values are too close for so many numbers between them, edges coincide and the bins between those stay empty.</remarks>
    /// <exception cref="ArgumentException">There are no values, one is not finite, or the number of bins is not positive.</exception>
    public static Histogram EqualWidth(ReadOnlySpan<double> values, int bins)
    {
        RequireValues(values, bins);
        var (low, high) = Range(values, 0.5);
        return Count(values, bins, low, high, share => (low * (1 - share)) + (high * share));
    }

    /// <summary>Bins of equal width in a scale that is linear within <paramref name="linear"/> of zero and logarithmic beyond, on both sides.</summary>
    /// <param name="values">The values to count.</param>
    /// <param name="bins">The number of bins.</param>
    /// <param name="linear">c, the half width of the linear part, in the values' units.</param>
    /// <remarks>
    /// Edges are equally spaced in asinh(x/c), which is x/c for small x and ±ln(2|x|/c) for large: it shows a bulk at zero and far outliers at once.
    /// Where all values are equal the bins reach to c, or a thirty-second of the value, on both sides of it.
    /// </remarks>
    /// <exception cref="ArgumentException">There are no values, one is not finite, or the number of bins or the linear part is not positive or not finite.</exception>
    public static Histogram SymmetricLog(ReadOnlySpan<double> values, int bins, double linear)
    {
        RequireValues(values, bins);
        Require.Positive("Histogram", "a linear part of", linear);
        Require.Finite("Histogram", "the linear part", [linear]);
        var (low, high) = Range(values, linear);
        // Where all is linear, to rounding and beyond, a smaller c says the same and keeps x/c in range.
        linear = Math.Min(linear, 1e8 * Math.Max(Math.Abs(low), Math.Abs(high)));
        var (first, last) = (Logarithmic(low, linear), Logarithmic(high, linear));
        return Count(values, bins, low, high, share => Linear((first * (1 - share)) + (last * share), linear));
    }

    /// <summary>asinh(x/c), where x/c may overflow too.</summary>
    internal static double Logarithmic(double x, double c)
    {
        var ratio = Math.Abs(x) / c;
        return Math.CopySign(ratio < 1e8 ? Math.Asinh(ratio) : Math.Log(Math.Abs(x)) - Math.Log(c) + Ln2, x);
    }

    /// <summary>c·sinh(t), where sinh(t) may overflow.</summary>
    internal static double Linear(double t, double c) =>
        Math.Abs(t) < 19 ? c * Math.Sinh(t) : Math.CopySign(Math.Exp(Math.Abs(t) - Ln2 + Math.Log(c)), t);

    private static void RequireValues(ReadOnlySpan<double> values, int bins)
    {
        Require.Positive("Histogram", "a number of values of", values.Length);
        Require.Positive("Histogram", "a number of bins of", bins);
        Require.Finite("Histogram", "the values", values);
    }

    /// <summary>The smallest value and the largest, or what lies around them where they are equal.</summary>
    private static (double Low, double High) Range(ReadOnlySpan<double> values, double least)
    {
        var (low, high) = (values[0], values[0]);
        foreach (var value in values)
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low < high)
            return (low, high);
        var half = Math.Max(least, Math.Abs(low) / 32);
        return (Math.Max(low - half, -double.MaxValue), Math.Min(high + half, double.MaxValue));
    }

    private static Histogram Count(ReadOnlySpan<double> values, int bins, double low, double high, Func<double, double> edge)
    {
        var edges = new double[bins + 1];
        (edges[0], edges[bins]) = (low, high);
        // Rounding must not let an edge fall behind the one before it.
        for (var i = 1; i < bins; i++)
            edges[i] = Math.Clamp(edge((double)i / bins), edges[i - 1], high);
        var counts = new int[bins];
        foreach (var value in values)
        {
            var at = Array.BinarySearch(edges, value);
            at = at >= 0 ? at : ~at - 1;
            // Of coinciding edges the last opens the bin that is not empty.
            while (at < bins && edges[at + 1] == edges[at])
                at++;
            counts[Math.Min(at, bins - 1)]++;
        }
        return new([.. edges], [.. counts]);
    }
}
