namespace AutoDiff.Curvature;

/// <summary>LDLᵀ of a symmetric indefinite matrix with rook pivoting, of which only the signs of D's eigenvalues are kept.</summary>
/// <remarks>Works on the lower triangle from the last row upwards, so that each pivot's row and each update lie along rows.</remarks>
internal sealed class RookFactorization
{
    /// <summary>(1 + √17)/8: the bound on growth is the same for a 2×2 step as for two 1×1 steps (Bunch, Kaufman 1977).</summary>
    private const double Alpha = 0.6403882032022076;

    private const double Epsilon = 2.220446049250313e-16;

    private readonly double[] _a;
    private readonly int _stride;
    private readonly double[] _first;
    private readonly double[] _second;
    private double _largest;

    private RookFactorization(double[] a, int size) => (_a, _stride, _first, _second) = (a, size, new double[size], new double[size]);

    /// <summary>The numbers of negative, uncertain and positive eigenvalues of D, the growth, and growth·n·ε·‖A‖_F; overwrites the matrix.</summary>
    public static ((int Negative, int Uncertain, int Positive) Signs, double Growth, double Rounding) Count(
        double[] a,
        int size,
        CancellationToken cancellation
    )
    {
        var start = VectorLoops.Largest(a);
        var norm = VectorLoops.Norm(a);
        var work = new RookFactorization(a, size) { _largest = start };
        var pivots = new List<double>(size);
        for (var n = size; n > 0; )
        {
            if (n % 32 == 0)
                cancellation.ThrowIfCancellationRequested();
            n -= work.Eliminate(n, size * Epsilon * norm, pivots);
        }
        var growth = start == 0 ? 1 : Math.Max(work._largest / start, 1);
        var rounding = growth * size * Epsilon * norm;
        var negative = pivots.Count(pivot => pivot < -rounding);
        var positive = pivots.Count(pivot => pivot > rounding);
        return ((negative, size - negative - positive, positive), growth, rounding);
    }

    /// <summary>Eliminates one or two of the leading n rows, the last ones after an exchange; gives how many.</summary>
    private int Eliminate(int n, double negligible, List<double> pivots)
    {
        var last = n - 1;
        var (p, diagonal) = (last, Math.Abs(At(last, last)));
        var (r, offDiagonal) = LargestBeside(last, n);
        if (Math.Max(diagonal, offDiagonal) > negligible && diagonal < Alpha * offDiagonal)
        {
            // The rook's walk: from column to column until an element is the largest in its row and its column.
            while (true)
            {
                var (next, beside) = LargestBeside(r, n);
                if (Math.Abs(At(r, r)) >= Alpha * beside)
                {
                    Exchange(last, r, n);
                    break;
                }
                if (beside <= offDiagonal)
                {
                    Exchange(last, Math.Max(p, r), n);
                    Exchange(last - 1, Math.Min(p, r), n);
                    Two(n, pivots);
                    return 2;
                }
                (p, r, offDiagonal) = (r, next, beside);
            }
        }
        One(n, negligible, pivots);
        return 1;
    }

    private double At(int i, int j) => i >= j ? _a[(i * _stride) + j] : _a[(j * _stride) + i];

    /// <summary>The largest off-diagonal magnitude in row and column <paramref name="r"/> of the leading n rows, and where it stands.</summary>
    private (int At, double Magnitude) LargestBeside(int r, int n)
    {
        var (at, magnitude) = (r, 0.0);
        for (var j = 0; j < n; j++)
        {
            if (j != r && Math.Abs(At(r, j)) > magnitude)
                (at, magnitude) = (j, Math.Abs(At(r, j)));
        }
        return (at, magnitude);
    }

    /// <summary>Exchanges rows and columns i and j of the leading n, lower triangle only.</summary>
    private void Exchange(int i, int j, int n)
    {
        if (i == j)
            return;
        var (high, low) = (Math.Max(i, j), Math.Min(i, j));
        for (var k = 0; k < n; k++)
        {
            if (k != high && k != low)
                (Ref(high, k), Ref(low, k)) = (Ref(low, k), Ref(high, k));
        }
        (Ref(high, high), Ref(low, low)) = (Ref(low, low), Ref(high, high));
    }

    private ref double Ref(int i, int j) => ref i >= j ? ref _a[(i * _stride) + j] : ref _a[(j * _stride) + i];

    /// <summary>A 1×1 pivot: A ← A − ccᵀ/d on the rows before it.</summary>
    private void One(int n, double negligible, List<double> pivots)
    {
        var last = n - 1;
        var row = _a.AsSpan(last * _stride, last);
        var pivot = At(last, last);
        pivots.Add(pivot);
        // Nothing left in this row and column but rounding: an eigenvalue of zero.
        if (Math.Abs(pivot) <= negligible && VectorLoops.Largest(row) <= negligible)
            return;
        for (var i = 0; i < last; i++)
            VectorLoops.AddScaled(-(row[i] / pivot), row[..(i + 1)], _a.AsSpan(i * _stride, i + 1));
        Note(last);
    }

    /// <summary>A 2×2 pivot of the last two rows: A ← A − CD⁻¹Cᵀ.</summary>
    private void Two(int n, List<double> pivots)
    {
        var (last, before) = (n - 1, n - 2);
        var (x, b, z) = (At(before, before), At(last, before), At(last, last));
        // |b| is the largest element of both rows, so dividing by it keeps the determinant in range; xz < b² makes one eigenvalue of each sign.
        var (root, mean) = (double.Hypot((x - z) / 2, b), (x + z) / 2);
        pivots.Add(mean + root);
        pivots.Add(mean - root);
        var (p, q) = (z / b, x / b);
        var scale = 1 / ((p * q) - 1) / b;
        var upper = _a.AsSpan(before * _stride, before);
        var lower = _a.AsSpan(last * _stride, before);
        for (var i = 0; i < before; i++)
        {
            _first[i] = scale * ((p * upper[i]) - lower[i]);
            _second[i] = scale * ((q * lower[i]) - upper[i]);
        }
        for (var i = 0; i < before; i++)
            VectorLoops.AddScaled(-_first[i], upper[..(i + 1)], -_second[i], lower[..(i + 1)], _a.AsSpan(i * _stride, i + 1));
        Note(before);
    }

    /// <summary>Notes the diagonal left for the growth; an off-diagonal element that grows shows there or as a pivot's row soon after.</summary>
    private void Note(int n)
    {
        for (var i = 0; i < n; i++)
            _largest = Math.Max(_largest, Math.Abs(At(i, i)));
        if (n > 0)
            _largest = Math.Max(_largest, VectorLoops.Largest(_a.AsSpan((n - 1) * _stride, n)));
    }
}
