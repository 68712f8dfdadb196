namespace AutoDiff.Curvature;

/// <summary>A = Q·T·Qᵀ with T tridiagonal and Q a product of Householder reflectors H = I − τvvᵀ.</summary>
/// <remarks>
/// Rows are eliminated from the last upwards, so that each reflector lies along a row: Q = Hₙ₋₁ … H₁, Hᵢ acting on coordinates 0 … i − 1.
/// Blocked as in LAPACK's dsytrd and dlatrd (Dongarra, Sorensen, Hammarling 1989): half of the work is one symmetric product with the remaining matrix a
/// row, the other half a rank-2k update a panel.
/// </remarks>
internal sealed class Tridiagonal
{
    private const int Panel = 32;

    private readonly double[] _matrix;
    private readonly double[] _tau;

    private Tridiagonal(double[] matrix, int size) =>
        (_matrix, _tau, Size, Diagonal, OffDiagonal) = (
            matrix,
            new double[size],
            size,
            new double[size],
            new double[Math.Max(size - 1, 0)]
        );

    public int Size { get; }

    /// <summary>T's diagonal [n].</summary>
    public double[] Diagonal { get; }

    /// <summary>T's off-diagonal [n − 1]: element i couples i and i + 1.</summary>
    public double[] OffDiagonal { get; }

    /// <summary>Reduces the symmetric matrix whose lower triangle is given; takes the array over and overwrites it.</summary>
    public static Tridiagonal Reduce(double[] matrix, int size, CancellationToken cancellation)
    {
        var reduction = new Tridiagonal(matrix, size);
        // A − VWᵀ − WVᵀ is one product of depth 2k: [V W]ᵀ by [W; V].
        var left = new double[2 * Panel * size];
        var right = new double[2 * Panel * size];
        for (var end = size; end > 0; end -= Panel)
        {
            cancellation.ThrowIfCancellationRequested();
            var start = Math.Max(end - Panel, 0);
            reduction.ReducePanel(start, end, right);
            if (start == 0)
                break;
            var width = end - start;
            for (var k = 0; k < width; k++)
            {
                var v = matrix.AsSpan((start + k) * size, start);
                var w = right.AsSpan(k * size, start);
                v.CopyTo(left.AsSpan(k * size));
                v.CopyTo(right.AsSpan((width + k) * size));
                w.CopyTo(left.AsSpan((width + k) * size));
            }
            MatrixProduct.Add(
                -1,
                new(left, 0, 1, size),
                new(right, 0, size, 1),
                new(matrix, 0, size, 1),
                start,
                2 * width,
                start,
                lowerOnly: true
            );
        }
        return reduction;
    }

    /// <summary>x ← Q·x: an eigenvector of T becomes one of A.</summary>
    public void Back(Span<double> x)
    {
        for (var i = 1; i < Size; i++)
        {
            var v = _matrix.AsSpan(i * Size, i);
            VectorLoops.AddScaled(-_tau[i] * VectorLoops.Dot(v, x), v, x);
        }
    }

    /// <summary>Qᵀ [n, n], row-major: its rows, turned by T's rotations, become A's eigenvectors.</summary>
    /// <remarks>Reflectors are multiplied in blocks, Hₛ … Hₑ = I − VᵀSV (Schreiber, Van Loan 1989).</remarks>
    public double[] Transposed(CancellationToken cancellation)
    {
        var n = Size;
        var q = new double[n * n];
        for (var i = 0; i < n; i++)
            q[i * (n + 1)] = 1;
        var v = new double[Panel * n];
        var products = new double[n * Panel];
        for (var start = 1; start < n; start += Panel)
        {
            cancellation.ThrowIfCancellationRequested();
            var width = Math.Min(Panel, n - start);
            var length = start + width - 1;
            v.AsSpan().Clear();
            for (var k = 0; k < width; k++)
                _matrix.AsSpan((start + k) * n, start + k).CopyTo(v.AsSpan(k * n));
            products.AsSpan().Clear();
            Strided rows = new(q, 0, n, 1),
                reflectors = new(v, 0, n, 1),
                product = new(products, 0, Panel, 1);
            MatrixProduct.Add(1, rows, reflectors.Transposed, product, length, length, width);
            var block = BlockFactor(v, start, width);
            for (var row = 0; row < length; row++)
                TimesUpper(products.AsSpan(row * Panel, width), block);
            MatrixProduct.Add(-1, product, reflectors, rows, length, width, length);
        }
        return q;
    }

    private void ReducePanel(int start, int end, double[] updates)
    {
        var n = Size;
        for (var i = end - 1; i >= start; i--)
        {
            var row = _matrix.AsSpan(i * n, i + 1);
            for (var k = i + 1; k < end; k++)
            {
                var v = _matrix.AsSpan(k * n, i + 1);
                var w = updates.AsSpan((k - start) * n, i + 1);
                VectorLoops.AddScaled(-w[i], v, -v[i], w, row);
            }
            Diagonal[i] = row[i];
            if (i == 0)
                return;
            var reflector = row[..i];
            (OffDiagonal[i - 1], _tau[i]) = Reflect(reflector);
            var update = updates.AsSpan((i - start) * n, i);
            update.Clear();
            if (_tau[i] == 0)
                continue;
            SymmetricProduct(_matrix, n, reflector, update);
            for (var k = i + 1; k < end; k++)
            {
                var v = _matrix.AsSpan(k * n, i);
                var w = updates.AsSpan((k - start) * n, i);
                VectorLoops.AddScaled(-VectorLoops.Dot(w, reflector), v, -VectorLoops.Dot(v, reflector), w, update);
            }
            VectorLoops.Scale(_tau[i], update);
            VectorLoops.AddScaled(-0.5 * _tau[i] * VectorLoops.Dot(update, reflector), reflector, update);
        }
    }

    /// <summary>Turns x into v, last element 1, with (I − τvvᵀ)x = (0, …, 0, β); gives β and τ.</summary>
    private static (double Beta, double Tau) Reflect(Span<double> x)
    {
        var last = x.Length - 1;
        var alpha = x[last];
        var squares = VectorLoops.Dot(x[..last], x[..last]);
        // The matrix is scaled to about 1: what is below 1e-140 is dropped, far within rounding.
        if (squares < 1e-280)
        {
            x.Clear();
            x[last] = 1;
            return (alpha, 0);
        }
        var beta = -Math.CopySign(Math.Sqrt((alpha * alpha) + squares), alpha);
        VectorLoops.Scale(1 / (alpha - beta), x[..last]);
        x[last] = 1;
        return (beta, (beta - alpha) / beta);
    }

    /// <summary>y ← y + Ax from the lower triangle of A's leading block, which is read once: four rows a pass.</summary>
    private static void SymmetricProduct(double[] matrix, int stride, ReadOnlySpan<double> x, Span<double> y)
    {
        var n = x.Length;
        var i = 0;
        for (; i + 4 <= n; i += 4)
        {
            if (i > 0)
                RowQuad.Accumulate(matrix.AsSpan(i * stride), stride, x, y, i);
            for (var r = i; r < i + 4; r++)
                Corner(matrix.AsSpan(r * stride), x, y, i, r);
        }
        for (; i < n; i++)
            Corner(matrix.AsSpan(i * stride), x, y, 0, i);
    }

    /// <summary>Row <paramref name="r"/>'s elements from column <paramref name="from"/> to the diagonal, and their mirror images.</summary>
    private static void Corner(ReadOnlySpan<double> row, ReadOnlySpan<double> x, Span<double> y, int from, int r)
    {
        VectorLoops.AddScaled(x[r], row[from..r], y[from..]);
        y[r] += VectorLoops.Dot(row[from..(r + 1)], x[from..]);
    }

    /// <summary>S, upper triangular: Sⱼⱼ = τⱼ, and column j above it is −τⱼ·S·(Vvⱼ).</summary>
    private double[,] BlockFactor(double[] v, int start, int width)
    {
        var block = new double[width, width];
        var products = new double[width];
        for (var j = 0; j < width; j++)
        {
            var tau = _tau[start + j];
            var reflector = v.AsSpan(j * Size, Size);
            for (var i = 0; i < j; i++)
                products[i] = VectorLoops.Dot(v.AsSpan(i * Size, start + i), reflector);
            for (var i = 0; i < j; i++)
            {
                var sum = 0.0;
                for (var k = i; k < j; k++)
                    sum += block[i, k] * products[k];
                block[i, j] = -tau * sum;
            }
            block[j, j] = tau;
        }
        return block;
    }

    private static void TimesUpper(Span<double> row, double[,] upper)
    {
        for (var j = row.Length - 1; j >= 0; j--)
        {
            var sum = 0.0;
            for (var k = 0; k <= j; k++)
                sum += row[k] * upper[k, j];
            row[j] = sum;
        }
    }
}
