using System.Numerics.Tensors;

namespace AutoDiff.Numerics;

/// <summary>LDLᵀ of a symmetric indefinite matrix with rook pivoting, of which only the signs of D's eigenvalues are kept.</summary>
/// <remarks>
/// Works on the lower triangle from the last row upwards, so that each pivot's row and each update lie along rows. Updates are made many pivots at a time, in
/// one matrix product; until then a row that is looked at is updated alone (LAPACK's dlasyf_rook).
/// </remarks>
internal sealed class RookFactorization
{
    /// <summary>(1 + √17)/8: the bound on growth is the same for a 2×2 step as for two 1×1 steps (Bunch, Kaufman 1977).</summary>
    private const double Alpha = 0.6403882032022076;

    /// <summary>Pivots between two products.</summary>
    private const int Panel = 64;

    private readonly double[] _a;
    private readonly int _stride;
    private readonly double[] _diagonal;
    private readonly LowRankUpdate _changes;
    private readonly List<double> _pivots;
    private double[] _row;
    private double[] _other;
    private double _largest;

    private RookFactorization(double[] a, int size, int threads)
    {
        (_a, _stride, _row, _other, _diagonal) = (a, size, new double[size], new double[size], new double[size]);
        (_changes, _pivots, _largest) = (new(Math.Min(Panel, size) + 1, size, threads), new(size), VectorLoops.Largest(a));
        for (var i = 0; i < size; i++)
            _diagonal[i] = a[i * (size + 1)];
    }

    /// <summary>The numbers of negative, uncertain and positive eigenvalues of D, the growth, and growth·n·ε·‖A‖_F; overwrites the matrix.</summary>
    public static ((int Negative, int Uncertain, int Positive) Signs, double Growth, double Rounding) Count(
        double[] a,
        int size,
        int threads,
        CancellationToken cancellation
    )
    {
        var norm = VectorLoops.Norm(a);
        var work = new RookFactorization(a, size, threads);
        var start = work._largest;
        for (var n = size; n > 0; )
        {
            if (n == size || work._changes.Count >= Panel)
            {
                cancellation.ThrowIfCancellationRequested();
                work._changes.Flush(a, size, n);
            }
            n -= work.Eliminate(n, size * Roundoff.Epsilon * norm);
        }
        var growth = start == 0 ? 1 : Math.Max(work._largest / start, 1);
        var rounding = growth * size * Roundoff.Epsilon * norm;
        var negative = work._pivots.Count(pivot => pivot < -rounding);
        var positive = work._pivots.Count(pivot => pivot > rounding);
        return ((negative, size - negative - positive, positive), growth, rounding);
    }

    /// <summary>Eliminates one or two of the leading n rows, the last ones after an exchange; gives how many.</summary>
    private int Eliminate(int n, double negligible)
    {
        var last = n - 1;
        Read(last, _row.AsSpan(0, n));
        _largest = Math.Max(_largest, VectorLoops.Largest(_row.AsSpan(0, n)));
        var (p, diagonal) = (last, Math.Abs(_row[last]));
        var (r, offDiagonal) = LargestBeside(_row, last, n);
        if (Math.Max(diagonal, offDiagonal) > negligible && diagonal < Alpha * offDiagonal)
        {
            // The rook's walk: from column to column until an element is the largest in its row and its column.
            while (true)
            {
                Read(r, _other.AsSpan(0, n));
                var (next, beside) = LargestBeside(_other, r, n);
                if (Math.Abs(_other[r]) >= Alpha * beside)
                {
                    (_row, _other) = (_other, _row);
                    Exchange(last, r, n);
                    break;
                }
                if (beside <= offDiagonal)
                {
                    if (p < r)
                        (_row, _other) = (_other, _row);
                    Exchange(last, Math.Max(p, r), n);
                    Exchange(last - 1, Math.Min(p, r), n);
                    Two(n);
                    return 2;
                }
                (_row, _other) = (_other, _row);
                (p, r, offDiagonal) = (r, next, beside);
            }
        }
        One(n, negligible);
        return 1;
    }

    /// <summary>Row and column <paramref name="r"/> of the leading rows, updated.</summary>
    private void Read(int r, Span<double> row)
    {
        _a.AsSpan(r * _stride, r + 1).CopyTo(row);
        for (var j = r + 1; j < row.Length; j++)
            row[j] = _a[(j * _stride) + r];
        _changes.AddRow(r, row);
    }

    /// <summary>The largest off-diagonal magnitude in row <paramref name="r"/> of the leading n, and where it stands.</summary>
    private static (int At, double Magnitude) LargestBeside(double[] row, int r, int n)
    {
        var (at, magnitude) = (r, 0.0);
        for (var j = 0; j < n; j++)
        {
            if (j != r && Math.Abs(row[j]) > magnitude)
                (at, magnitude) = (j, Math.Abs(row[j]));
        }
        return (at, magnitude);
    }

    /// <summary>Exchanges rows and columns i and j of the leading n, lower triangle only, and their elements in the rows that have been read.</summary>
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
        _changes.Exchange(i, j);
        foreach (var row in new[] { _row, _other, _diagonal })
            (row[i], row[j]) = (row[j], row[i]);
    }

    private ref double Ref(int i, int j) => ref i >= j ? ref _a[(i * _stride) + j] : ref _a[(j * _stride) + i];

    /// <summary>A 1×1 pivot, with its row read: A ← A − ccᵀ/d on the rows before it.</summary>
    private void One(int n, double negligible)
    {
        var last = n - 1;
        var row = _row.AsSpan(0, last);
        var pivot = _row[last];
        _pivots.Add(pivot);
        // Nothing left in this row and column but rounding: an eigenvalue of zero.
        if (Math.Abs(pivot) <= negligible && VectorLoops.Largest(row) <= negligible)
            return;
        var k = _changes.Count;
        TensorPrimitives.Divide(row, -pivot, _changes.Left(k));
        row.CopyTo(_changes.Right(k));
        Append(1, last);
    }

    /// <summary>A 2×2 pivot of the last two rows, of which the last has been read first: A ← A − CD⁻¹Cᵀ.</summary>
    private void Two(int n)
    {
        var (last, before) = (n - 1, n - 2);
        var (x, b, z) = (_other[before], _row[before], _row[last]);
        // |b| is the largest element of both rows, so dividing by it keeps the determinant in range; xz < b² makes one eigenvalue of each sign.
        var (root, mean) = (double.Hypot((x - z) / 2, b), (x + z) / 2);
        _pivots.Add(mean + root);
        _pivots.Add(mean - root);
        var (p, q) = (z / b, x / b);
        var scale = 1 / ((p * q) - 1) / b;
        var upper = _other.AsSpan(0, before);
        var lower = _row.AsSpan(0, before);
        var k = _changes.Count;
        var first = _changes.Left(k);
        var second = _changes.Left(k + 1);
        for (var i = 0; i < before; i++)
        {
            first[i] = -scale * ((p * upper[i]) - lower[i]);
            second[i] = -scale * ((q * lower[i]) - upper[i]);
        }
        upper.CopyTo(_changes.Right(k));
        lower.CopyTo(_changes.Right(k + 1));
        Append(2, before);
    }

    /// <summary>Takes in the last changes, and notes the diagonal they leave for the growth; an off-diagonal element that grows shows there or as a row soon after.</summary>
    private void Append(int count, int n)
    {
        var diagonal = _diagonal.AsSpan(0, n);
        for (var k = _changes.Count; k < _changes.Count + count; k++)
            TensorPrimitives.MultiplyAdd(_changes.Left(k)[..n], _changes.Right(k)[..n], diagonal, diagonal);
        _changes.Append(count);
        _largest = Math.Max(_largest, VectorLoops.Largest(diagonal));
    }
}
