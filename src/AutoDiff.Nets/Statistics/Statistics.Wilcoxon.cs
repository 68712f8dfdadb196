namespace AutoDiff.Nets;

public static partial class Statistics
{
    // As SciPy's: where the normal distribution takes over unless told otherwise.
    private const int LargestExactPairs = 50;
    private const int MostExactPairs = 1000;

    /// <summary>Wilcoxon's signed-rank test of pairs: whether x − y is as likely above 0 as below it.</summary>
    /// <param name="x">The first of each pair.</param>
    /// <param name="y">The second of each pair.</param>
    /// <param name="alternative">What is held against it.</param>
    /// <param name="method">Auto is exact for at most 50 pairs where no difference is 0 and no two are of one magnitude.</param>
    /// <param name="continuity">Whether the asymptotic p-value moves the statistic by ½ towards its mean.</param>
    /// <returns>The sum of the ranks of positive differences; two-sided, the smaller of this and that of negative ones.</returns>
    /// <remarks>Pairs without a difference are left out; where no other is left p is 1. Source: Wilcoxon (1945).</remarks>
    /// <exception cref="ArgumentException">There are no pairs, their numbers differ, a value is not finite, or the exact method is asked for with ties or zeros or more than 1000 pairs.</exception>
    public static RankTestResult WilcoxonSignedRank(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        Alternative alternative = Alternative.TwoSided,
        RankMethod method = RankMethod.Auto,
        bool continuity = false
    )
    {
        const string operation = "Statistics.WilcoxonSignedRank";
        CheckAlternative(operation, alternative);
        CheckMethod(operation, method);
        var differences = Moments.Differences(operation, x, y);
        double[] left = [.. differences.Where(difference => difference != 0)];
        var (ranks, n) = (Ranks.Of(Array.ConvertAll(left, Math.Abs)), left.Length);
        var positive = 0.0;
        for (var i = 0; i < n; i++)
            positive += left[i] > 0 ? ranks.Values[i] : 0;
        var all = n * (n + 1.0) / 2;
        var statistic = alternative == Alternative.TwoSided ? Math.Min(positive, all - positive) : positive;
        var (extreme, sides) = alternative switch
        {
            Alternative.Less => (all - positive, 1),
            Alternative.Greater => (positive, 1),
            Alternative.TwoSided => (Math.Max(positive, all - positive), 2),
        };
        var isPlain = ranks.Ties == 0 && n == differences.Length;
        if (method == RankMethod.Exact || (method == RankMethod.Auto && isPlain && n <= LargestExactPairs))
        {
            Require.That(isPlain, $"[{operation}] got ties or zeros for the exact method; expected none, or the asymptotic method");
            Require.That(
                n <= MostExactPairs,
                $"[{operation}] got {n} pairs for the exact method; expected at most {MostExactPairs}, or the asymptotic method"
            );
            return new(statistic, Math.Min(1, sides * SignsAbove(n, (int)extreme)), RankMethod.Exact);
        }
        var deviation = Math.Sqrt(((n * (n + 1.0) * ((2.0 * n) + 1)) - (ranks.Ties / 2)) / 24);
        var distance = extreme - (all / 2);
        var moved = continuity ? distance - 0.5 : distance;
        var p = deviation > 0 ? Math.Min(1, sides * Tails.Normal(moved / deviation)) : 1;
        return new(statistic, p, RankMethod.Asymptotic);
    }

    /// <summary>The share of the signs of ranks 1 … n whose positive ones add up to at least <paramref name="sum"/>.</summary>
    private static double SignsAbove(int n, int sum)
    {
        var shares = new double[(n * (n + 1) / 2) + 1];
        shares[0] = 1;
        for (var (rank, largest) = (1, 0); rank <= n; rank++)
        {
            largest += rank;
            for (var k = largest; k >= 0; k--)
                shares[k] = (shares[k] + (k >= rank ? shares[k - rank] : 0)) / 2;
        }
        var tail = 0.0;
        for (var k = shares.Length - 1; k >= sum; k--)
            tail += shares[k];
        return tail;
    }
}
