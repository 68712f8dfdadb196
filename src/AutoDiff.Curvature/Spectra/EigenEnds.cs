namespace AutoDiff.Curvature;

/// <summary>Which of the eigenvalues are wanted.</summary>
/// <param name="Smallest">How many at the lower end.</param>
/// <param name="Largest">How many at the upper end.</param>
/// <param name="Outermost">How many of largest magnitude.</param>
internal readonly record struct EigenEnds(int Smallest, int Largest, int Outermost = 0)
{
    /// <summary>How many are wanted of n.</summary>
    public int Count(int n) => (int)Math.Min((long)Smallest + Largest + Outermost, n);

    /// <summary>The places of those wanted, and of more on the same side until there are so many, in ascending values.</summary>
    public int[] Places(ReadOnlySpan<double> values, int count)
    {
        var n = values.Length;
        count = Math.Min(count, n);
        if (Outermost > 0)
        {
            var magnitudes = new double[n];
            for (var i = 0; i < n; i++)
                magnitudes[i] = -Math.Abs(values[i]);
            var order = Enumerable.Range(0, n).ToArray();
            Array.Sort(magnitudes, order);
            return [.. order.Take(count).Order()];
        }
        return AtEnds(n, count);
    }

    /// <summary>The places of those wanted of n values, whatever they are; null where it depends on them.</summary>
    public int[]? Places(int n) => Outermost > 0 ? null : AtEnds(n, Count(n));

    private int[] AtEnds(int n, int count)
    {
        // Shared as the counts are, and no fewer than those.
        var more = Math.Max(0, count - Count(n));
        var below =
            Largest == 0 ? more
            : Smallest == 0 ? 0
            : more / 2;
        var lower = Math.Min(Smallest + below, n);
        var upper = Math.Min(Largest + more - below, n - lower);
        return [.. Enumerable.Range(0, lower), .. Enumerable.Range(n - upper, upper)];
    }
}
