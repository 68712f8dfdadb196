namespace AutoDiff.Curvature;

/// <summary>The changes A − Σ(vwᵀ + wvᵀ) of a panel's reflectors that have not been made in the matrix: A + LᵀR with R's rows w, v and L's −v, −w in turn.</summary>
internal sealed class TridiagonalPanel(int width, int length)
{
    private readonly double[] _left = new double[2 * width * length];
    private readonly double[] _right = new double[2 * width * length];
    private readonly double[] _factors = new double[2 * width];
    private int _rows;

    /// <summary>Forgets the changes.</summary>
    public void Clear() => _rows = 0;

    /// <summary>Makes the changes in a row of the matrix, from column 0 to the diagonal.</summary>
    public void UpdateRow(Span<double> row)
    {
        for (var k = 0; k < _rows; k++)
            _factors[k] = _right[(k * length) + row.Length - 1];
        RowSums.Add(_factors.AsSpan(0, _rows), _left, length, row);
    }

    /// <summary>Adds the change of the reflector with <paramref name="v"/> and τ, given the unchanged matrix.</summary>
    public void Append(double[] matrix, int stride, ReadOnlySpan<double> v, double tau)
    {
        var n = v.Length;
        var (first, second, padded) = (_rows * length, (_rows + 1) * length, RowQuad.Padded(n));
        var x = _right.AsSpan(second, padded);
        var y = _right.AsSpan(first, padded);
        v.CopyTo(x);
        x[n..].Clear();
        y.Clear();
        RowQuad.Multiply(matrix, stride, n, x, y);
        y = y[..n];
        RowSums.Dots(_right, length, v, _factors.AsSpan(0, _rows));
        RowSums.Add(_factors.AsSpan(0, _rows), _left, length, y);
        Tridiagonal.Complete(y, v, tau);
        for (var j = 0; j < n; j++)
        {
            _left[first + j] = -v[j];
            _left[second + j] = -y[j];
        }
        _rows += 2;
    }

    /// <summary>Makes the changes in the leading <paramref name="n"/> rows, lower triangle and blocks on the diagonal.</summary>
    public void UpdateMatrix(double[] matrix, int stride, int n) =>
        MatrixProduct.Add(1, new(_left, 0, 1, length), new(_right, 0, length, 1), new(matrix, 0, stride, 1), n, _rows, n, lowerOnly: true);
}
