namespace AutoDiff.Curvature;

/// <summary>The derivative of a gradient along a line, from central differences of many steps, extrapolated to step 0.</summary>
/// <remarks>
/// D(h) = (g(x + hv) − g(x − hv))/(2h) has an error in even powers of h, which a table of halved steps removes one by one; of all its entries the one that agrees best
/// with its three neighbours is taken, and how it does is its error (Ridders 1982). It ends where, with two digits known, a row agrees less well: among differences of
/// rounding two may agree by chance. The first step moves the point by 1/16 of its norm or of 1, whichever is more.
/// </remarks>
internal static class GradientDifference
{
    private const int Steps = 14;
    private const int MostOrders = 4;

    /// <summary>The derivative [n] at x [n] along v [n], how far off it is expected to be in the 2-norm, ∞ where no step gave one, and how many gradients it took.</summary>
    public static (double[] Derivative, double Error, int Gradients) Along(
        Action<ReadOnlySpan<double>, Span<double>> gradient,
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> v,
        CancellationToken cancellation
    )
    {
        var (best, error) = (new double[x.Length], double.PositiveInfinity);
        double[][] before = [];
        var step = Math.Max(1, VectorLoops.Norm(x)) / VectorLoops.Norm(v) / 16;
        for (var k = 0; k < Steps; k++, step /= 2)
        {
            cancellation.ThrowIfCancellationRequested();
            var (first, size) = Central(gradient, x, v, step);
            var row = new double[Math.Min(k + 1, MostOrders)][];
            row[0] = first;
            // What rounding of the gradients leaves, whatever the table says.
            var noise = Roundoff.Epsilon * (size / step);
            var apart = double.NaN;
            for (var (j, power) = (1, 4.0); j < row.Length; j++, power *= 4)
            {
                var (coarse, fine) = (before[j - 1], row[j - 1]);
                var next = row[j] = new double[x.Length];
                for (var i = 0; i < next.Length; i++)
                    next[i] = fine[i] + ((fine[i] - coarse[i]) / (power - 1));
                if (j == before.Length)
                    break;
                apart = Math.Max(Apart(next, before[j]), Math.Max(Apart(next, fine), Apart(next, coarse))) + noise;
                if (apart < error)
                    (best, error) = (next, apart);
            }
            if (apart >= 2 * error && error <= 0.01 * VectorLoops.Norm(best))
                return (best, error, 2 * (k + 1));
            before = row;
        }
        return (best, error, 2 * Steps);
    }

    /// <summary>D(h), and the larger norm of the two gradients.</summary>
    private static (double[] Derivative, double Size) Central(
        Action<ReadOnlySpan<double>, Span<double>> gradient,
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> v,
        double step
    )
    {
        using var point = new Rented(x.Length);
        using var behind = new Rented(x.Length);
        var ahead = new double[x.Length];
        x.CopyTo(point.Span);
        VectorLoops.AddScaled(step, v, point.Span);
        gradient(point.Span, ahead);
        x.CopyTo(point.Span);
        VectorLoops.AddScaled(-step, v, point.Span);
        gradient(point.Span, behind.Span);
        var size = Math.Max(VectorLoops.Norm(ahead), VectorLoops.Norm(behind.Span));
        for (var i = 0; i < ahead.Length; i++)
            ahead[i] = ((ahead[i] / 2) - (behind.Span[i] / 2)) / step;
        return (ahead, size);
    }

    private static double Apart(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        using var difference = new Rented(a.Length);
        a.CopyTo(difference.Span);
        VectorLoops.AddScaled(-1, b, difference.Span);
        return VectorLoops.Norm(difference.Span);
    }
}
