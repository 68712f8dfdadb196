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
        double[] places = [.. histogram.Values.Select(scale.Forward).Where(double.IsFinite)];
        var counts = new int[places.Length == 0 ? 0 : histogram.Bins];
        var (low, high) = (places.DefaultIfEmpty(0).Min(), places.DefaultIfEmpty(0).Max());
        (low, high) = low < high ? (low, high) : (low - scale.Room(low), high + scale.Room(high));
        foreach (var place in places)
            counts[Math.Clamp((int)((place - low) / (high - low) * counts.Length), 0, counts.Length - 1)]++;
        return [.. counts.Select((count, i) => new Bin(Edge(i), Edge(i + 1), count))];

        double Edge(double i) => scale.Number(low + (high - low) * (i / counts.Length));
    }

    /// <summary>Of the finite values; null where there is none.</summary>
    public static BoxNumbers? Numbers(this Mark.Box box)
    {
        double[] values = [.. box.Values.Where(double.IsFinite).Order()];
        if (values.Length == 0)
            return null;
        var (lower, upper) = (Quantile(values, 0.25), Quantile(values, 0.75));
        var reach = 1.5 * (upper - lower);
        double[] within = [.. values.Where(value => value >= lower - reach && value <= upper + reach)];
        return new(within[0], lower, Quantile(values, 0.5), upper, within[^1], [.. values.Where(v => v < within[0] || v > within[^1])]);
    }

    /// <summary>The value that a share of sorted ones lies below, interpolated (type 7 of Hyndman and Fan 1996).</summary>
    public static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var (below, part) = ((int)place, place % 1);
        return part == 0 ? sorted[below] : sorted[below] * (1 - part) + sorted[below + 1] * part;
    }
}
