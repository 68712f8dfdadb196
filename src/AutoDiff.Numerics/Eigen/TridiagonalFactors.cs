namespace AutoDiff.Numerics;

/// <summary>T − σI = P·L·U by Gaussian elimination with partial pivoting, U with two superdiagonals, as in LAPACK's dgttrf.</summary>
internal sealed class TridiagonalFactors
{
    private readonly double[] _pivots;
    private readonly double[] _first;
    private readonly double[] _second;
    private readonly double[] _multipliers;
    private readonly bool[] _swapped;

    private TridiagonalFactors(int n) =>
        (_pivots, _first, _second, _multipliers, _swapped) = (new double[n], new double[n], new double[n], new double[n], new bool[n]);

    /// <summary>The factors; pivots below <paramref name="floor"/> are raised to it, as inverse iteration wants.</summary>
    public static TridiagonalFactors Of(ReadOnlySpan<double> d, ReadOnlySpan<double> e, double shift, double floor)
    {
        var n = d.Length;
        var factors = new TridiagonalFactors(n);
        var (u, u1, u2) = (factors._pivots, factors._first, factors._second);
        for (var i = 0; i < n; i++)
            u[i] = d[i] - shift;
        e.CopyTo(u1);
        for (var i = 0; i < n; i++)
        {
            if (i < n - 1 && Math.Abs(e[i]) > Math.Abs(u[i]))
            {
                var multiplier = u[i] / e[i];
                var next = u[i + 1];
                u[i] = e[i];
                u[i + 1] = u1[i] - (multiplier * next);
                u1[i] = next;
                u2[i] = u1[i + 1];
                u1[i + 1] = -multiplier * u2[i];
                (factors._multipliers[i], factors._swapped[i]) = (multiplier, true);
                continue;
            }
            if (Math.Abs(u[i]) < floor)
                u[i] = Math.CopySign(floor, u[i]);
            if (u[i] != 0 && i < n - 1)
            {
                factors._multipliers[i] = e[i] / u[i];
                u[i + 1] -= factors._multipliers[i] * u1[i];
            }
        }
        return factors;
    }

    /// <summary>x ← (T − σI)⁻¹x, up to a positive factor that keeps it in range.</summary>
    public void Solve(Span<double> x)
    {
        var n = x.Length;
        for (var i = 0; i < n - 1; i++)
        {
            if (_swapped[i])
                (x[i], x[i + 1]) = (x[i + 1], x[i] - (_multipliers[i] * x[i + 1]));
            else
                x[i + 1] -= _multipliers[i] * x[i];
        }
        for (var i = n - 1; i >= 0; i--)
        {
            var value = x[i];
            if (i + 1 < n)
                value -= _first[i] * x[i + 1];
            if (i + 2 < n)
                value -= _second[i] * x[i + 2];
            // A zero pivot is one of a zero matrix: every vector is an eigenvector.
            x[i] = _pivots[i] == 0 ? value : value / _pivots[i];
            if (Math.Abs(x[i]) > 1e100)
                VectorLoops.Scale(1e-100, x);
        }
    }
}
