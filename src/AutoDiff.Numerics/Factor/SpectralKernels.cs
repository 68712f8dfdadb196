namespace AutoDiff.Numerics;

/// <summary>Decompositions as functions of whole matrices: several results lie one after another. In float they are computed in double and rounded once.</summary>
public static class SpectralKernels
{
    /// <summary>Q [m, n] and R [n, n] of A [m, n], m ≥ n: <see cref="HouseholderQr"/>.</summary>
    public static MatrixKernel Qr { get; } =
        Of((a, _, _, y) => HouseholderQr.Decompose(a.Elements, a.Rows, a.Columns, y[..a.Elements.Length], y[a.Elements.Length..]));

    /// <summary>λ [n] and V [n, n] of A [n, n]: <see cref="SpectralDecomposition"/>.</summary>
    public static MatrixKernel Eigen { get; } =
        Of((a, _, _, y) => SpectralDecomposition.Decompose(a.Elements, a.Rows, y[..a.Rows], y[a.Rows..]));

    /// <summary>U [m, k], σ [k] and V [n, k] of A [m, n]: <see cref="SingularValueDecomposition"/>.</summary>
    public static MatrixKernel Svd { get; } =
        Of(
            (a, _, _, y) =>
            {
                var k = Math.Min(a.Rows, a.Columns);
                var (values, v) = (a.Rows * k, (a.Rows + 1) * k);
                SingularValueDecomposition.Decompose(a.Elements, a.Rows, a.Columns, y[..values], y[values..v], y[v..]);
            }
        );

    /// <summary>A⁺ [n, m] of A [m, n]: singular values of at most max(m, n)·ε·σ₁ count as 0, ε = 2⁻⁵², in float 2⁻²³.</summary>
    public static MatrixKernel PseudoInverse { get; } =
        Of(
            (a, _, epsilon, y) =>
            {
                var (m, n, k) = (a.Rows, a.Columns, Math.Min(a.Rows, a.Columns));
                using var u = new Rented(m * k);
                using var values = new Rented(k);
                using var v = new Rented(n * k);
                SingularValueDecomposition.Decompose(a.Elements, m, n, u.Span, values.Span, v.Span);
                var tolerance = k == 0 ? 0 : Math.Max(m, n) * epsilon * values.Span[0];
                for (var i = 0; i < n; i++)
                {
                    for (var j = 0; j < k; j++)
                        v.Array[(i * k) + j] = values.Array[j] <= tolerance ? 0 : v.Array[(i * k) + j] / values.Array[j];
                }
                using var product = new Rented(n * m);
                Products.Set(new(v.Array, 0, k, 1), new(u.Array, 0, 1, k), new(product.Array, 0, m, 1), n, k, m);
                product.Span.CopyTo(y);
            }
        );

    /// <summary>exp(A) [n, n] of A [n, n]: <see cref="MatrixExponential"/>.</summary>
    public static MatrixKernel Exponential { get; } = Of((a, _, _, y) => MatrixExponential.Compute(a.Elements, a.Rows, y));

    /// <summary>1/(bⱼ − aᵢ) [m, n] of columns a [m, 1] and b [n, 1]; 0 where they differ by at most max(m, n)·ε of the largest magnitude in both.</summary>
    public static MatrixKernel ReciprocalGaps { get; } =
        Of(
            (a, b, epsilon, y) =>
            {
                var largest = Math.Max(VectorLoops.Largest(a.Elements), VectorLoops.Largest(b.Elements));
                var tolerance = Math.Max(a.Rows, b.Rows) * epsilon * largest;
                for (var i = 0; i < a.Rows; i++)
                {
                    for (var j = 0; j < b.Rows; j++)
                    {
                        var gap = b.Elements[j] - a.Elements[i];
                        y[(i * b.Rows) + j] = Math.Abs(gap) <= tolerance ? 0 : 1 / gap;
                    }
                }
            }
        );

    private static MatrixKernel Of(DoubleFunction function) => new(new WidenedKernel<double>(function), new WidenedKernel<float>(function));
}
