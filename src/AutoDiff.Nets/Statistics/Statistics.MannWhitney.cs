namespace AutoDiff.Nets;

public static partial class Statistics
{
    // As SciPy's: where the normal distribution takes over unless told otherwise.
    private const int LargestExact = 8;
    private const int LargestProduct = 40_000;

    /// <summary>The Mann–Whitney U test: whether a value of x is as likely above one of y as below it.</summary>
    /// <param name="x">The first sample.</param>
    /// <param name="y">The second sample, of any size.</param>
    /// <param name="alternative">What is held against it.</param>
    /// <param name="method">Auto is exact where there are no ties one sample has at most 8 values, and there are at most 40,000 pairs.</param>
    /// <param name="continuity">Whether the asymptotic p-value moves U by ½ towards its mean.</param>
    /// <returns>U of the first sample: how many pairs have x above y, equal ones counting ½.</returns>
    /// <remarks>All values equal give p = 1: they say nothing against it. Source: Mann, Whitney (1947).</remarks>
    /// <exception cref="ArgumentException">A sample is empty, a value is not finite, or the exact method is asked for with ties or more than 40,000 pairs.</exception>
    public static RankTestResult MannWhitneyU(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        Alternative alternative = Alternative.TwoSided,
        RankMethod method = RankMethod.Auto,
        bool continuity = true
    )
    {
        const string operation = "Statistics.MannWhitneyU";
        Moments.Check(operation, x);
        Moments.Check(operation, y, "y");
        CheckAlternative(operation, alternative);
        CheckMethod(operation, method);
        var ranks = Ranks.Of([.. x, .. y]);
        double n = x.Length;
        double m = y.Length;
        var u = Moments.Sum(ranks.Values.AsSpan(0, x.Length), rank => rank) - (n * (n + 1) / 2);
        var isExact =
            method == RankMethod.Exact
            || (method == RankMethod.Auto && ranks.Ties == 0 && Math.Min(n, m) <= LargestExact && n * m <= LargestProduct);
        // What is extreme: a large U of the sample that is held to be larger.
        var (extreme, sides) = alternative switch
        {
            Alternative.Less => ((n * m) - u, 1),
            Alternative.Greater => (u, 1),
            Alternative.TwoSided => (Math.Max(u, (n * m) - u), 2),
        };
        if (isExact)
        {
            Require.That(ranks.Ties == 0, $"[{operation}] got ties for the exact method; expected none, or the asymptotic method");
            Require.That(
                n * m <= LargestProduct,
                $"[{operation}] got {n}·{m} pairs for the exact method; expected at most {LargestProduct}, or the asymptotic method"
            );
            return new(u, Math.Min(1, sides * OrdersAbove(x.Length, y.Length, (int)extreme)), RankMethod.Exact);
        }
        var total = n + m;
        var deviation = Math.Sqrt(n * m / 12 * (total + 1 - (ranks.Ties / (total * (total - 1)))));
        var distance = extreme - (n * m / 2) - (continuity ? 0.5 : 0);
        return new(u, deviation > 0 ? Math.Min(1, sides * Tails.Normal(distance / deviation)) : 1, RankMethod.Asymptotic);
    }

    private static void CheckMethod(string operation, RankMethod method) =>
        Require.That(Enum.IsDefined(method), $"[{operation}] got method {(int)method}; expected a named one");

    /// <summary>The share of the orders of n and m different values whose U is at least <paramref name="u"/>.</summary>
    private static double OrdersAbove(int n, int m, int u)
    {
        var (few, many) = (Math.Min(n, m), Math.Max(n, m));
        // shares[j][k]: of orders of i and j values, those with U = k. The last value is one of the i, above all j, or one of the j.
        var shares = new double[few + 1][];
        for (var j = 0; j <= few; j++)
            shares[j] = [1];
        for (var i = 1; i <= many; i++)
        {
            for (var j = 1; j <= few; j++)
            {
                var (above, below, next) = (shares[j], shares[j - 1], new double[(i * j) + 1]);
                var part = (double)i / (i + j);
                for (var k = 0; k < above.Length; k++)
                    next[k + j] = part * above[k];
                for (var k = 0; k < below.Length; k++)
                    next[k] += (1 - part) * below[k];
                shares[j] = next;
            }
        }
        // From the far end, where the shares are small.
        var tail = 0.0;
        for (var k = shares[few].Length - 1; k >= u; k--)
            tail += shares[few][k];
        return tail;
    }
}
