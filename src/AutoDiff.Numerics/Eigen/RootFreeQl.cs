namespace AutoDiff.Numerics;

/// <summary>Eigenvalues alone of a symmetric tridiagonal matrix, by QL steps on the squares of the off-diagonal.</summary>
/// <remarks>
/// Pal, Walker and Kahan's variant (Parlett 1980, section 8.15; LAPACK's dsterf): no square root and no rotation, only the cosines' and sines' squares. Each
/// unreduced block is turned so that it is chased from the end with the larger diagonal element, which keeps graded matrices accurate.
/// </remarks>
internal sealed class RootFreeQl
{
    /// <summary>Steps allowed an eigenvalue, on average; LAPACK's figure. Fewer than two are usual.</summary>
    private const int StepsEach = 30;

    /// <summary>Below this p, c = p/r is 0 for every r in range and γ²/c is replaced by its limit.</summary>
    private const double Vanishing = 1e-280;

    private readonly double[] _d;
    private readonly double[] _squares;
    private readonly CancellationToken _cancellation;
    private int _budget;

    private RootFreeQl(double[] d, double[] squares, CancellationToken cancellation) =>
        (_d, _squares, _cancellation, _budget) = (d, squares, cancellation, StepsEach * d.Length);

    /// <summary>The eigenvalues in ascending order of the matrix with diagonal <paramref name="d"/> and off-diagonal <paramref name="e"/>, and whether all converged.</summary>
    /// <remarks>The elements are at most about 1 in magnitude: squares below 1e-308 are lost, far within rounding.</remarks>
    public static (double[] Values, bool Done) Values(ReadOnlySpan<double> d, ReadOnlySpan<double> e, CancellationToken cancellation)
    {
        var (values, squares) = (d.ToArray(), new double[e.Length]);
        for (var i = 0; i < e.Length; i++)
            squares[i] = Math.Abs(e[i]) <= Math.Sqrt(Math.Abs(d[i])) * Math.Sqrt(Math.Abs(d[i + 1])) * Roundoff.Unit ? 0 : e[i] * e[i];
        var done = new RootFreeQl(values, squares, cancellation).Blocks();
        Array.Sort(values);
        return (values, done);
    }

    private bool Blocks()
    {
        for (var first = 0; first < _d.Length; )
        {
            var last = first;
            while (last < _d.Length - 1 && _squares[last] != 0)
                last++;
            if (Math.Abs(_d[last]) < Math.Abs(_d[first]))
            {
                Array.Reverse(_d, first, last - first + 1);
                Array.Reverse(_squares, first, last - first);
            }
            if (!Chase(first, last))
                return false;
            first = last + 1;
        }
        return true;
    }

    /// <summary>Finds the eigenvalues of the block from <paramref name="l"/> to <paramref name="end"/>, one at l at a time.</summary>
    private bool Chase(int l, int end)
    {
        while (l <= end)
        {
            var m = l;
            while (m < end && _squares[m] > Roundoff.Unit * Roundoff.Unit * Math.Abs(_d[m] * _d[m + 1]))
                m++;
            if (m < end)
                _squares[m] = 0;
            if (m == l)
            {
                l++;
            }
            else if (m == l + 1)
            {
                (_d[l], _d[m]) = PlanePair.Values(_d[l], Math.Sqrt(_squares[l]), _d[m]);
                _squares[l] = 0;
                l += 2;
            }
            else
            {
                if (_budget-- == 0)
                    return false;
                if (_budget % 64 == 0)
                    _cancellation.ThrowIfCancellationRequested();
                Step(_d.AsSpan(l, m - l + 1), _squares.AsSpan(l, m - l));
            }
        }
        return true;
    }

    /// <summary>One sweep from the last element to the first with Wilkinson's shift.</summary>
    private static void Step(Span<double> d, Span<double> squares)
    {
        var coupling = Math.Sqrt(squares[0]);
        var half = (d[1] - d[0]) / (2 * coupling);
        var shift = d[0] - (coupling / (half + Math.CopySign(PlanePair.Hypotenuse(half, 1), half)));
        var gamma = d[^1] - shift;
        var (p, s) = (gamma * gamma, 0.0);
        var (lastP, lastR) = (1.0, 1.0);
        for (var i = squares.Length - 1; i >= 0; i--)
        {
            // With c = p/r and s = b/r: γ' = c(α − σ) − sγ and p' = γ'²/c, so ordered that one division stands between p and p'.
            var (b, alpha) = (squares[i], d[i]);
            var r = p + b;
            if (i + 1 < squares.Length)
                squares[i + 1] = s * r;
            s = b / r;
            var scaled = Math.FusedMultiplyAdd(p, alpha - shift, -(b * gamma));
            var next = scaled / r;
            d[i + 1] = gamma + (alpha - next);
            var (last, product, square) = (p, p * r, scaled * scaled);
            if (product > Vanishing && square > Vanishing)
                p = square / product;
            else
                p = p > Vanishing ? next * (r / p) * next : lastP / lastR * b;
            (gamma, lastP, lastR) = (next, last, r);
        }
        squares[0] = s * p;
        d[0] = shift + gamma;
    }
}
