namespace AutoDiff.Curvature;

/// <summary>Onatski's (2010) edge distribution rule for the number of eigenvalues above the bulk.</summary>
internal static class BulkRule
{
    /// <summary>Eigenvalues below which there is no bulk: five for the slope and three more to tell from them.</summary>
    private const int Fewest = 8;

    /// <summary>Rounds, as in the paper's section 4.</summary>
    private const int Rounds = 4;

    /// <summary>The number of outliers among the eigenvalues, which ascend.</summary>
    public static int Outliers(ReadOnlySpan<double> eigenvalues)
    {
        var n = eigenvalues.Length;
        var largest = VectorLoops.Largest(eigenvalues);
        if (n < Fewest || largest == 0)
            return 0;
        // Of magnitude 1 at most, so that differences and their squares stay in range.
        var exponent = -Math.ILogB(largest) - 1;
        var scaled = new double[n];
        for (var i = 0; i < n; i++)
            scaled[i] = Math.ScaleB(eigenvalues[i], exponent);
        return OfScaled(scaled);
    }

    private static int OfScaled(ReadOnlySpan<double> eigenvalues)
    {
        var n = eigenvalues.Length;
        var noise = n * Roundoff.Epsilon * Math.Max(Math.Abs(eigenvalues[0]), Math.Abs(eigenvalues[n - 1]));
        var most = Math.Min(Math.Max(n / 4, 1), n - Points(n));
        var count = most;
        for (var round = 0; round < Rounds; round++)
            count = Last(eigenvalues, most, Math.Max(2 * Math.Abs(Slope(eigenvalues, count)), noise));
        return count;
    }

    /// <summary>The last i among the first <paramref name="most"/> from the top whose gap to the next exceeds <paramref name="gap"/>; 0 where none is.</summary>
    private static int Last(ReadOnlySpan<double> eigenvalues, int most, double gap)
    {
        var n = eigenvalues.Length;
        for (var i = most; i > 0; i--)
        {
            if (eigenvalues[n - i] - eigenvalues[n - 1 - i] > gap)
                return i;
        }
        return 0;
    }

    /// <summary>How many eigenvalues the slope is taken over: the paper's 5, or √n where that is more.</summary>
    /// <remarks>Five of the edge's widest gaps scatter so much that one spike in four goes unseen at n = 300; √n of them steady the slope and still lie at the edge.</remarks>
    private static int Points(int n) => Math.Max(5, (int)Math.Sqrt(n));

    /// <summary>The slope of λ against (place from the top, from 0)^⅔ over the eigenvalues after the first <paramref name="skipped"/>, by least squares.</summary>
    private static double Slope(ReadOnlySpan<double> eigenvalues, int skipped)
    {
        var (n, points) = (eigenvalues.Length, Points(eigenvalues.Length));
        double sumX = 0,
            sumY = 0,
            sumXx = 0,
            sumXy = 0;
        for (var k = skipped; k < skipped + points; k++)
        {
            var x = Math.Cbrt((double)k * k);
            // Differences from the first of them: the level cancels before it is squared.
            var y = eigenvalues[n - 1 - k] - eigenvalues[n - 1 - skipped];
            (sumX, sumY, sumXx, sumXy) = (sumX + x, sumY + y, sumXx + (x * x), sumXy + (x * y));
        }
        return ((points * sumXy) - (sumX * sumY)) / ((points * sumXx) - (sumX * sumX));
    }
}
