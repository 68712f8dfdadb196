using System.Collections.Immutable;

namespace AutoDiff.Plots;

/// <summary>How many values lie from one number to the next, that one excluded but for the last.</summary>
internal readonly record struct Bin(double From, double To, int Count);

/// <summary>The numbers of a box: whiskers' ends, quartiles, and the values beyond.</summary>
internal sealed record BoxNumbers(double Low, double Lower, double Median, double Upper, double High, ImmutableArray<double> Outliers);

/// <summary>What is drawn in place of many values.</summary>
internal static class Summaries
{
    /// <summary>Bins equally wide on a scale, from the least to the greatest value that it shows; none where there is none.</summary>
    public static ImmutableArray<Bin> Bins(this Mark.Histogram histogram, Scale scale)
    {
        var places = histogram.Values.Select(scale.Forward).Where(double.IsFinite).ToArray();
        if (places.Length == 0)
            return [];
        var (low, high, counts) = (places.Min(), places.Max(), new int[histogram.Bins]);
        if (low == high)
            (low, high) = (low - scale.Room(low), high + scale.Room(high));
        foreach (var place in places)
            counts[Math.Clamp((int)((place - low) / (high - low) * counts.Length), 0, counts.Length - 1)]++;
        return [.. counts.Select((count, i) => new Bin(Edge(i), Edge(i + 1), count))];

        double Edge(int i) =>
            Math.Clamp(scale.Inverse(low + (high - low) * ((double)i / counts.Length)), -double.MaxValue, double.MaxValue);
    }

    /// <summary>Quartiles by linear interpolation (type 7 of Hyndman and Fan 1996), whiskers and outliers of the finite values (Tukey 1977); null where there is none.</summary>
    public static BoxNumbers? Numbers(this Mark.Box box)
    {
        var values = box.Values.Where(double.IsFinite).Order().ToArray();
        if (values.Length == 0)
            return null;
        var (lower, upper) = (Quantile(values, 0.25), Quantile(values, 0.75));
        var reach = 1.5 * (upper - lower);
        var within = values.Where(value => value >= lower - reach && value <= upper + reach).ToArray();
        return new(within[0], lower, Quantile(values, 0.5), upper, within[^1], [.. values.Where(v => v < within[0] || v > within[^1])]);
    }

    /// <summary>The value below which a share of sorted ones lies.</summary>
    public static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var (below, part) = ((int)place, place - Math.Floor(place));
        return part == 0 ? sorted[below] : sorted[below] * (1 - part) + sorted[below + 1] * part;
    }
}
