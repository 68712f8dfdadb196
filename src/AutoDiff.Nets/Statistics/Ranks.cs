namespace AutoDiff.Nets;

/// <summary>Ranks of values, equal ones sharing the mean of theirs.</summary>
/// <param name="Values">Each value's rank, from 1.</param>
/// <param name="Ties">Σ(t³ − t) over groups of t equal values.</param>
internal readonly record struct Ranks(double[] Values, double Ties)
{
    /// <summary>The ranks of values.</summary>
    public static Ranks Of(ReadOnlySpan<double> x)
    {
        var (sorted, order, ranks, ties) = (x.ToArray(), new int[x.Length], new double[x.Length], 0.0);
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order);
        for (var (first, last) = (0, 0); first < sorted.Length; first = last)
        {
            while (last < sorted.Length && sorted[last] == sorted[first])
                last++;
            double count = last - first;
            ties += ((count * count) - 1) * count;
            for (var i = first; i < last; i++)
                ranks[order[i]] = (first + 1 + last) / 2.0;
        }
        return new(ranks, ties);
    }
}
