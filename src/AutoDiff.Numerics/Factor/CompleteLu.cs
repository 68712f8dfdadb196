namespace AutoDiff.Numerics;

/// <summary>P·A·Q = L·U with complete pivoting of a singular matrix: its null space, where that is a line.</summary>
internal static class CompleteLu
{
    /// <summary>
    /// d, y and x with adj(A)ᵀ = d·y·xᵀ, where Aᵀ·y = 0 and A·x = 0; null where the rank is below n − 1. The matrix is written over.
    /// </summary>
    /// <remarks>adj(U) of a triangle whose last pivot alone is 0 is the product of the others times v·eₙᵀ, v the null vector that ends in 1; adj(L) is L⁻¹.</remarks>
    public static (double Determinant, double[] Left, double[] Right)? NullVectors(double[] a, int n)
    {
        var (rows, columns) = (Enumerable.Range(0, n).ToArray(), Enumerable.Range(0, n).ToArray());
        var product = ScaledProduct.One;
        for (var k = 0; k < n - 1; k++)
        {
            var (row, column) = Largest(a, n, k);
            if (a[(row * n) + column] == 0)
                return null;
            product = product.Times(Exchange(a, n, k, row, column, rows, columns) ? -a[k * (n + 1)] : a[k * (n + 1)]);
            for (var i = k + 1; i < n; i++)
            {
                var factor = a[(i * n) + k] /= a[k * (n + 1)];
                for (var j = k + 1; j < n; j++)
                    a[(i * n) + j] -= factor * a[(k * n) + j];
            }
        }
        var (left, right) = (new double[n], new double[n]);
        var (y, x) = (new double[n], new double[n]);
        y[n - 1] = x[n - 1] = 1;
        for (var i = n - 2; i >= 0; i--)
        {
            for (var j = i + 1; j < n; j++)
            {
                x[i] -= a[(i * n) + j] * x[j];
                y[i] -= a[(j * n) + i] * y[j];
            }
            x[i] /= a[i * (n + 1)];
        }
        for (var i = 0; i < n; i++)
            (left[rows[i]], right[columns[i]]) = (y[i], x[i]);
        return (product.Value, left, right);
    }

    private static (int Row, int Column) Largest(double[] a, int n, int k)
    {
        var (row, column) = (k, k);
        for (var i = k; i < n; i++)
        {
            for (var j = k; j < n; j++)
            {
                if (Math.Abs(a[(i * n) + j]) > Math.Abs(a[(row * n) + column]))
                    (row, column) = (i, j);
            }
        }
        return (row, column);
    }

    /// <summary>Brings a pivot to its place; whether that changes the determinant's sign.</summary>
    private static bool Exchange(double[] a, int n, int k, int row, int column, int[] rows, int[] columns)
    {
        for (var j = 0; j < n; j++)
            (a[(k * n) + j], a[(row * n) + j]) = (a[(row * n) + j], a[(k * n) + j]);
        for (var i = 0; i < n; i++)
            (a[(i * n) + k], a[(i * n) + column]) = (a[(i * n) + column], a[(i * n) + k]);
        (rows[k], rows[row]) = (rows[row], rows[k]);
        (columns[k], columns[column]) = (columns[column], columns[k]);
        return row != k != (column != k);
    }
}
