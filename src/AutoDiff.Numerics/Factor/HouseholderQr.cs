namespace AutoDiff.Numerics;

/// <summary>A = Q·R with the columns of Q orthonormal and R upper triangular, by blocked Householder reflections.</summary>
/// <remarks>
/// The diagonal of R is not negative: with that, Q and R of a matrix of full column rank are unique (LAPACK leaves the signs as reflections give them, mostly
/// negative). ‖A − QR‖ ≤ c·n·ε·‖A‖ and ‖QᵀQ − I‖ ≤ c·n·ε for any A, columns of 0 among them (Higham 2002, theorem 19.4).
/// </remarks>
public static class HouseholderQr
{
    /// <summary>Writes Q and R; NaN where the matrix holds NaN or ∞.</summary>
    /// <param name="matrix">A [rows, columns].</param>
    /// <param name="rows">The number m of rows.</param>
    /// <param name="columns">The number n of columns.</param>
    /// <param name="q">Q [m, k], whose length chooses k: min(m, n), or m for all of an orthogonal matrix.</param>
    /// <param name="r">R [k, n].</param>
    /// <exception cref="ArgumentException">A length is none of these.</exception>
    public static void Decompose(ReadOnlySpan<double> matrix, int rows, int columns, Span<double> q, Span<double> r)
    {
        Require.Length("HouseholderQr", "a matrix", matrix.Length, (long)rows * columns);
        var thin = Math.Min(rows, columns);
        var k = q.Length == (long)rows * rows ? rows : thin;
        Require.Length("HouseholderQr", "Q", q.Length, (long)rows * k);
        Require.Length("HouseholderQr", "R", r.Length, (long)k * columns);
        if (PowerOfTwo.Of(matrix) is not { } scaling)
        {
            q.Fill(double.NaN);
            r.Fill(double.NaN);
            return;
        }
        using var scaled = new Rented(rows * columns);
        using var turned = new Rented(rows * columns);
        using var tau = new Rented(thin);
        using var diagonal = new Rented(thin);
        scaling.Scale(matrix, scaled.Span);
        Transposition.Write(scaled.Span, turned.Span, rows, columns);
        var reflectors = new RowReflectors(turned.Array, columns, rows, tau.Array, diagonal.Span);
        WriteR(turned.Span, diagonal.Span, rows, columns, r);
        scaling.Unscale(r);
        WriteQ(reflectors, diagonal.Span, rows, k, q);
    }

    private static void WriteR(ReadOnlySpan<double> turned, ReadOnlySpan<double> diagonal, int rows, int columns, Span<double> r)
    {
        r.Clear();
        for (var i = 0; i < diagonal.Length; i++)
        {
            var row = r.Slice(i * columns, columns);
            var sign = Sign(diagonal[i]);
            row[i] = Math.Abs(diagonal[i]);
            for (var j = i + 1; j < columns; j++)
                row[j] = sign * turned[(j * rows) + i];
        }
    }

    private static void WriteQ(in RowReflectors reflectors, ReadOnlySpan<double> diagonal, int rows, int k, Span<double> q)
    {
        using var x = new Rented(k * rows);
        x.Span.Clear();
        for (var i = 0; i < k; i++)
            x.Span[(i * rows) + i] = 1;
        reflectors.Columns(x.Array, k);
        for (var i = 0; i < diagonal.Length; i++)
        {
            if (diagonal[i] < 0)
                VectorLoops.Scale(-1, x.Span.Slice(i * rows, rows));
        }
        Transposition.Write(x.Span, q, k, rows);
    }

    private static double Sign(double value) => value < 0 ? -1 : 1;
}
