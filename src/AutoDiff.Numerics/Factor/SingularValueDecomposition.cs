namespace AutoDiff.Numerics;

/// <summary>A = U·diag(σ)·Vᵀ with the columns of U and of V orthonormal and σ₁ ≥ σ₂ ≥ … ≥ 0, by rotations of the rows of R in A = QR.</summary>
/// <remarks>
/// One-sided Jacobi after QR (Drmač, Veselić 2008) with the columns ordered by length first: ‖A − UΣVᵀ‖, ‖UᵀU − I‖·‖A‖ and |σ − σ̂| are within a few n·ε·‖A‖ for any
/// matrix, one of repeated, clustered or vanishing singular values among them. Of each column of U the element of largest magnitude is positive.
/// </remarks>
public static class SingularValueDecomposition
{
    /// <summary>Writes the thin decomposition; NaN where the matrix holds NaN or ∞.</summary>
    /// <param name="matrix">A [rows, columns].</param>
    /// <param name="rows">The number m of rows.</param>
    /// <param name="columns">The number n of columns.</param>
    /// <param name="u">U [m, k], k = min(m, n).</param>
    /// <param name="values">σ [k], descending; ∞ where one exceeds the range of double.</param>
    /// <param name="v">V [n, k].</param>
    /// <returns>Whether all was finite and the iteration ended within its limit; else U, σ and V are NaN.</returns>
    /// <exception cref="ArgumentException">A length is none of these.</exception>
    public static bool Decompose(ReadOnlySpan<double> matrix, int rows, int columns, Span<double> u, Span<double> values, Span<double> v)
    {
        var k = Math.Min(rows, columns);
        Require.Length("SingularValueDecomposition", "a matrix", matrix.Length, (long)rows * columns);
        Require.Length("SingularValueDecomposition", "U", u.Length, (long)rows * k);
        Require.Length("SingularValueDecomposition", "singular values", values.Length, k);
        Require.Length("SingularValueDecomposition", "V", v.Length, (long)columns * k);
        if (PowerOfTwo.Of(matrix) is { } scaling && Scaled(scaling, matrix, rows, columns, u, values, v))
        {
            scaling.Unscale(values);
            TurnPositive(u, v, rows, columns, k);
            return true;
        }
        u.Fill(double.NaN);
        values.Fill(double.NaN);
        v.Fill(double.NaN);
        return false;
    }

    private static bool Scaled(
        PowerOfTwo scaling,
        ReadOnlySpan<double> matrix,
        int rows,
        int columns,
        Span<double> u,
        Span<double> values,
        Span<double> v
    )
    {
        using var scaled = new Rented(rows * columns);
        scaling.Scale(matrix, scaled.Span);
        if (rows >= columns)
            return Tall(scaled.Span, rows, columns, u, values, v);
        using var turned = new Rented(rows * columns);
        Transposition.Write(scaled.Span, turned.Span, rows, columns);
        return Tall(turned.Span, columns, rows, v, values, u);
    }

    /// <summary>W·R = ΣZᵀ for W orthogonal, so that AP = QR = (QWᵀ)·Σ·Zᵀ.</summary>
    private static bool Tall(ReadOnlySpan<double> a, int m, int n, Span<double> u, Span<double> values, Span<double> v)
    {
        using var ordered = new Rented(m * n);
        using var q = new Rented(m * n);
        using var r = new Rented(n * n);
        using var pairs = new Rented(2 * n * n);
        using var places = new Rented(n);
        Order(a, ordered.Span, m, n, places.Span);
        HouseholderQr.Decompose(ordered.Span, m, n, q.Span, r.Span);
        Start(r, n, pairs);
        if (!OneSidedJacobi.Run(pairs.Array, n, values))
            return false;
        using var product = new Rented(m * n);
        Products.Set(new(q.Array, 0, n, 1), new(pairs.Array, n, 1, 2 * n), new(product.Array, 0, n, 1), m, n, n);
        product.Span.CopyTo(u);
        var rank = Normalize(pairs.Span, n, values);
        Complete(pairs.Span, n, rank);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                v[((int)places.Span[j] * n) + i] = pairs.Span[(2 * i * n) + j];
        }
        return true;
    }

    /// <summary>Rows of W·R and W for a W that is orthogonal: the identity or, in a matrix that takes many sweeps, RRᵀ's eigenvectors, which leave one or two.</summary>
    private static void Start(Rented r, int n, Rented pairs)
    {
        using var w = new Rented(n * n);
        using var values = new Rented(n);
        if (n > SpectralDecomposition.Small)
        {
            using var squares = new Rented(n * n);
            Products.Set(new(r.Array, 0, n, 1), new(r.Array, 0, 1, n), new(squares.Array, 0, n, 1), n, n, n);
            if (SpectralDecomposition.Decompose(squares.Span, n, values.Span, w.Span))
            {
                // The columns from the last on are the rows of W, and belong to the largest first.
                Products.Set(new(w.Array, n - 1, -1, n), new(r.Array, 0, n, 1), new(pairs.Array, 0, 2 * n, 1), n, n, n);
                for (var i = 0; i < n; i++)
                {
                    for (var j = 0; j < n; j++)
                        pairs.Span[(2 * i * n) + n + j] = w.Span[(j * n) + n - 1 - i];
                }
                return;
            }
        }
        pairs.Span.Clear();
        for (var i = 0; i < n; i++)
        {
            r.Span.Slice(i * n, n).CopyTo(pairs.Span[(2 * i * n)..]);
            pairs.Span[(2 * i * n) + n + i] = 1;
        }
    }

    /// <summary>Copies the columns of A in descending order of their lengths; gives where each came from.</summary>
    private static void Order(ReadOnlySpan<double> a, Span<double> ordered, int m, int n, Span<double> places)
    {
        using var squares = new Rented(n);
        squares.Span.Clear();
        for (var i = 0; i < m; i++)
        {
            var row = a.Slice(i * n, n);
            for (var j = 0; j < n; j++)
            {
                squares.Span[j] -= row[j] * row[j];
                places[j] = j;
            }
        }
        squares.Span.Sort(places);
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
                ordered[(i * n) + j] = a[(i * n) + (int)places[j]];
        }
    }

    /// <summary>Takes the squared lengths of ΣZᵀ's rows to lengths and the rows, each followed by one of W, to rows of Zᵀ; gives how many are not 0.</summary>
    private static int Normalize(Span<double> pairs, int n, Span<double> values)
    {
        var rank = 0;
        for (var i = 0; i < n; i++)
        {
            values[i] = Math.Sqrt(values[i]);
            if (values[i] == 0)
                continue;
            VectorLoops.Scale(1 / values[i], pairs.Slice(2 * i * n, n));
            rank++;
        }
        return rank;
    }

    /// <summary>Makes the rows of Zᵀ from <paramref name="rank"/> on orthonormal to those before: the last columns of Q in the QR decomposition of the first of Z.</summary>
    private static void Complete(Span<double> pairs, int n, int rank)
    {
        if (rank == n)
            return;
        using var known = new Rented(n * rank);
        using var q = new Rented(n * n);
        using var r = new Rented(n * rank);
        for (var i = 0; i < rank; i++)
        {
            for (var j = 0; j < n; j++)
                known.Span[(j * rank) + i] = pairs[(2 * i * n) + j];
        }
        HouseholderQr.Decompose(known.Span, n, rank, q.Span, r.Span);
        for (var i = rank; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                pairs[(2 * i * n) + j] = q.Span[(j * n) + i];
        }
    }

    private static void TurnPositive(Span<double> u, Span<double> v, int rows, int columns, int k)
    {
        for (var j = 0; j < k; j++)
        {
            var largest = 0.0;
            for (var i = 0; i < rows; i++)
                largest = Math.Abs(u[(i * k) + j]) > Math.Abs(largest) ? u[(i * k) + j] : largest;
            if (largest >= 0)
                continue;
            for (var i = 0; i < rows; i++)
                u[(i * k) + j] = -u[(i * k) + j];
            for (var i = 0; i < columns; i++)
                v[(i * k) + j] = -v[(i * k) + j];
        }
    }
}
