using System.Collections.Immutable;

namespace AutoDiff.Examples;

/// <summary>How many values lie from <paramref name="Low"/> up to <paramref name="High"/>.</summary>
public sealed record SpectrumBin(double Low, double High, int Count);

/// <summary>A histogram over many magnitudes of both signs: half decades outwards from one bin around zero.</summary>
public static class SpectrumBins
{
    private const int MostDecades = 6;
    private const int PerDecade = 2;

    // Powers of ten, where penalties tend to lie, fall in the middle of a bin and not on an edge that rounding decides.
    private const double Shift = 0.5;

    /// <summary>The bins from the first value's to the last one's, ascending; each holds its edge nearer to zero.</summary>
    /// <param name="values">The values, in any order.</param>
    /// <param name="zero">Magnitudes up to this belong to the bin around zero.</param>
    public static ImmutableArray<SpectrumBin> Of(ImmutableArray<double> values, double zero)
    {
        var places = Array.ConvertAll([.. values], Math.Abs);
        var largest = places.Max();
        var smallest = places.Where(magnitude => magnitude > zero).DefaultIfEmpty(largest).Min();
        if (largest <= zero || !double.IsFinite(largest))
            return [new(-largest, largest, values.Length)];
        var innermost = Math.Max(Place(smallest), Place(largest) - (MostDecades * PerDecade) + 1);
        var counts = values.CountBy(value => Signed(value, innermost)).ToDictionary();
        var (first, last) = (counts.Keys.Min(), counts.Keys.Max());
        return [.. Enumerable.Range(first, last - first + 1).Select(bin => Bin(bin, innermost, counts.GetValueOrDefault(bin)))];
    }

    /// <summary>The half decade that a magnitude lies in: p with edge(p) ≤ magnitude &lt; edge(p + 1).</summary>
    private static int Place(double magnitude)
    {
        var place = (int)Math.Floor((PerDecade * Math.Log10(magnitude)) - Shift);
        // The logarithm rounds; the edges decide.
        return magnitude < Edge(place) ? place - 1
            : magnitude >= Edge(place + 1) ? place + 1
            : place;
    }

    private static double Edge(int place) => Math.Pow(10, (place + Shift) / PerDecade);

    /// <summary>0 around zero, then 1, 2, … outwards, negative for negative values.</summary>
    private static int Signed(double value, int innermost) =>
        Math.Abs(value) < Edge(innermost) ? 0 : Math.Sign(value) * (Place(Math.Abs(value)) - innermost + 1);

    private static SpectrumBin Bin(int bin, int innermost, int count)
    {
        var (near, far) = (Edge(innermost + Math.Abs(bin) - 1), Edge(innermost + Math.Abs(bin)));
        return bin == 0 ? new(-far, far, count)
            : bin < 0 ? new(-far, -near, count)
            : new(near, far, count);
    }
}
