namespace AutoDiff.Numerics;

/// <summary>Eigenvectors of a symmetric tridiagonal matrix for chosen eigenvalues, by inverse iteration.</summary>
/// <remarks>
/// As LAPACK's dstein (Peters, Wilkinson 1971; Jessup, Ipsen 1992): eigenvalues closer than rounding are moved apart, and each iterate is made orthogonal to
/// all vectors found before it, twice, so that the vectors of a cluster span its invariant subspace.
/// </remarks>
internal static class InverseIteration
{
    private const int MaxSolves = 8;

    /// <summary>The eigenvectors [k, n] of T for its eigenvalues <paramref name="values"/>, ascending.</summary>
    public static double[] Vectors(
        ReadOnlySpan<double> d,
        ReadOnlySpan<double> e,
        ReadOnlySpan<double> values,
        CancellationToken cancellation
    )
    {
        var n = d.Length;
        var norm = VectorLoops.Largest(d) + (2 * VectorLoops.Largest(e));
        var vectors = new double[values.Length * n];
        var best = new double[n];
        var shift = double.NegativeInfinity;
        for (var k = 0; k < values.Length; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            // The factored matrix is singular to rounding only if the shift is near the eigenvalue; equal shifts would give equal vectors.
            shift = Math.Max(values[k], shift + (10 * Roundoff.Epsilon * norm));
            var factors = TridiagonalFactors.Of(d, e, shift, Roundoff.Epsilon * norm);
            var y = vectors.AsSpan(k * n, n);
            Start(y, k);
            Orthonormalize(vectors, k, y);
            var smallest = double.PositiveInfinity;
            for (var solve = 0; solve < MaxSolves; solve++)
            {
                factors.Solve(y);
                Orthonormalize(vectors, k, y);
                var residual = Residual(d, e, values[k], y);
                // Two solves at least: one can leave a start's large components behind (Ipsen 1997).
                if (solve > 0 && residual >= 0.5 * smallest)
                    break;
                if (residual < smallest)
                {
                    smallest = residual;
                    y.CopyTo(best);
                }
            }
            best.CopyTo(y);
        }
        return vectors;
    }

    /// <summary>Numbers in [−1, 1) from a fixed sequence: <see cref="SplitMix64"/> seeded by the vector's place.</summary>
    private static void Start(Span<double> y, int place)
    {
        var state = unchecked((ulong)place * 0xD1B54A32D192ED03UL);
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = ((SplitMix64.Next(ref state) >> 11) * (2.0 / (1UL << 53))) - 1;
        }
    }

    private static void Orthonormalize(double[] vectors, int count, Span<double> y)
    {
        var n = y.Length;
        VectorLoops.Scale(1 / VectorLoops.Norm(y), y);
        for (var pass = 0; pass < 2; pass++)
        {
            for (var k = 0; k < count; k++)
            {
                var other = vectors.AsSpan(k * n, n);
                VectorLoops.AddScaled(-VectorLoops.Dot(other, y), other, y);
            }
            VectorLoops.Scale(1 / VectorLoops.Norm(y), y);
        }
    }

    private static double Residual(ReadOnlySpan<double> d, ReadOnlySpan<double> e, double value, ReadOnlySpan<double> y)
    {
        var squares = 0.0;
        for (var i = 0; i < d.Length; i++)
        {
            var r = (d[i] - value) * y[i];
            if (i > 0)
                r += e[i - 1] * y[i - 1];
            if (i < e.Length)
                r += e[i] * y[i + 1];
            squares += r * r;
        }
        return Math.Sqrt(squares);
    }
}
