namespace AutoDiff.Numerics;

/// <summary>Eigenvalues of a symmetric tridiagonal matrix by QL or QR steps with Wilkinson's shift, as in LAPACK's dsteqr.</summary>
/// <remarks>
/// Dubrulle, Martin, Wilkinson 1968; Greenbaum, Dongarra 1989 for the choice of end: each unreduced block is chased from the end with the larger diagonal
/// element, which keeps graded matrices accurate. QR is QL with the indices reversed, so one code walks in the direction <c>step</c>.
/// An off-diagonal element is dropped where e² ≤ ε²·|dᵢ·dᵢ₊₁|.
/// </remarks>
internal sealed class ImplicitQl
{
    /// <summary>Steps allowed an eigenvalue, on average; LAPACK's figure. Two are usual.</summary>
    private const int StepsEach = 30;

    private const double Tiny = 2.2250738585072014e-308;

    private readonly double[] _d;
    private readonly double[] _e;
    private readonly Rotations _rotations;
    private readonly CancellationToken _cancellation;
    private int _budget;

    private ImplicitQl(double[] d, double[] e, Rotations rotations, CancellationToken cancellation) =>
        (_d, _e, _rotations, _cancellation, _budget) = (d, e, rotations, cancellation, StepsEach * d.Length);

    /// <summary>Overwrites <paramref name="d"/> with the eigenvalues, unsorted, and <paramref name="e"/> with what is left of the off-diagonal.</summary>
    /// <returns>Whether every eigenvalue converged.</returns>
    public static bool Run(double[] d, double[] e, Rotations rotations, CancellationToken cancellation)
    {
        return new ImplicitQl(d, e, rotations, cancellation).Blocks();
    }

    private bool Blocks()
    {
        for (var first = 0; first < _d.Length; )
        {
            var last = first;
            while (last < _d.Length - 1 && !Splits(last))
                last++;
            if (!(Math.Abs(_d[last]) < Math.Abs(_d[first]) ? Chase(last, first, -1) : Chase(first, last, 1)))
                return false;
            first = last + 1;
        }
        return true;
    }

    private bool Splits(int i)
    {
        if (Math.Abs(_e[i]) > Math.Sqrt(Math.Abs(_d[i])) * Math.Sqrt(Math.Abs(_d[i + 1])) * Roundoff.Unit)
            return false;
        _e[i] = 0;
        return true;
    }

    /// <summary>Finds the eigenvalues of the block from <paramref name="l"/> to <paramref name="end"/>, one at l at a time.</summary>
    private bool Chase(int l, int end, int step)
    {
        while ((end - l) * step >= 0)
        {
            var m = l;
            while (m != end && !Negligible(m, step))
                m += step;
            if (m != end)
                _e[Off(m, step)] = 0;
            if (m == l)
            {
                l += step;
            }
            else if (m == l + step)
            {
                Pair(l, m, step);
                l += 2 * step;
            }
            else
            {
                if (_budget-- == 0)
                    return false;
                if (_budget % 64 == 0)
                    _cancellation.ThrowIfCancellationRequested();
                Step(l, m, step);
            }
        }
        return true;
    }

    /// <summary>The index of the element that couples i and i + step.</summary>
    private static int Off(int i, int step) => step > 0 ? i : i - 1;

    private bool Negligible(int i, int step)
    {
        var e = _e[Off(i, step)];
        return e * e <= (Roundoff.Unit * Roundoff.Unit * Math.Abs(_d[i]) * Math.Abs(_d[i + step])) + Tiny;
    }

    /// <summary>One sweep from m to l with Wilkinson's shift.</summary>
    private void Step(int l, int m, int step)
    {
        var coupling = _e[Off(l, step)];
        var g = (_d[l + step] - _d[l]) / (2 * coupling);
        g = _d[m] - _d[l] + (coupling / (g + Math.CopySign(PlanePair.Hypotenuse(g, 1), g)));
        var (s, c, p) = (1.0, 1.0, 0.0);
        _rotations.Begin(m, -step);
        for (var i = m - step; ; i -= step)
        {
            var off = Off(i, step);
            var f = s * _e[off];
            var b = c * _e[off];
            var r = PlanePair.Hypotenuse(g, f);
            (c, s) = r == 0 ? (1, 0) : (g / r, f / r);
            if (i != m - step)
                _e[Off(i + step, step)] = r;
            g = _d[i + step] - p;
            r = ((_d[i] - g) * s) + (2 * c * b);
            p = s * r;
            _d[i + step] = g + p;
            g = (c * r) - b;
            _rotations.Add(c, s);
            if (i == l)
                break;
        }
        _d[l] -= p;
        _e[Off(l, step)] = g;
    }

    /// <summary>Diagonalizes the two by two block at l and m = l + step.</summary>
    private void Pair(int l, int m, int step)
    {
        var (a, b, c) = (_d[l], _e[Off(l, step)], _d[m]);
        var (cosine, sine) = PlanePair.Vector(a, b, c);
        (_d[l], _d[m]) = PlanePair.Values(a, b, c);
        _e[Off(l, step)] = 0;
        _rotations.Begin(m, -step);
        _rotations.Add(cosine, -sine);
    }
}
