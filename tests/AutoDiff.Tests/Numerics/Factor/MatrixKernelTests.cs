using System.Numerics;
using static AutoDiff.Tests.Numerics.MatrixRuns;

namespace AutoDiff.Tests.Numerics;

/// <summary>Factorizations and solutions by their residuals, ‖A − L·Lᵀ‖ ⁄ (n·u·‖A‖) and the like, at sizes around every block, in either precision, however the operands lie.</summary>
public sealed class MatrixKernelTests
{
    private static readonly int[] Sizes = [0, 1, 2, 3, 4, 5, 15, 16, 17, 31, 33, 64, 65, 127, 128, 129, 130, 191, 255];

    public static TheoryData<int> AllSizes => [.. Sizes];

    [Theory]
    [MemberData(nameof(AllSizes))]
    public void A_cholesky_factor_gives_its_matrix_back(int n)
    {
        Cholesky<double>(n, 1.0 / (1L << 53));
        Cholesky<float>(n, 1.0 / (1 << 24));
    }

    [Fact]
    public void A_large_cholesky_factor_gives_its_matrix_back()
    {
        Cholesky<double>(1000, 1.0 / (1L << 53));
        Cholesky<float>(1000, 1.0 / (1 << 24));
    }

    [Theory]
    [MemberData(nameof(AllSizes))]
    public void The_pullback_is_that_of_the_formula(int n)
    {
        Pullback<double>(n, 1e-13);
        Pullback<float>(n, 1e-4);
    }

    [Theory]
    [MemberData(nameof(AllSizes))]
    public void A_triangular_solution_has_the_residual_of_substitution(int n)
    {
        foreach (var columns in new[] { 0, 1, 2, 3, 4, 7, 33, 300 })
        foreach (var (upper, unit) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            Triangular<double>(n, columns, upper, unit, 1.0 / (1L << 53));
            Triangular<float>(n, columns, upper, unit, 1.0 / (1 << 24));
        }
    }

    [Theory]
    [MemberData(nameof(AllSizes))]
    public void Factors_with_partial_pivoting_give_their_matrix_back(int n)
    {
        Lu<double>(n, 1.0 / (1L << 53));
        Lu<float>(n, 1.0 / (1 << 24));
    }

    [Fact]
    public void Ill_conditioned_graded_and_nearly_semidefinite_matrices_have_residuals_as_small()
    {
        // Hilbert's of condition 1e16, graded over 60 orders, and a kernel matrix that noise alone makes definite.
        var hilbert = From(11, (i, j) => 1.0 / (i + j + 1));
        var graded = From(61, (i, j) => Math.Pow(10, -(i + j) / 2.0) * (i == j ? 2 : 1.0 / (1 + Math.Abs(i - j))));
        var kernel = From(200, (i, j) => Math.Exp(-Math.Pow((i - j) / 30.0, 2)) + (i == j ? 1e-10 : 0));
        foreach (var (a, n) in new[] { (hilbert, 11), (graded, 61), (kernel, 200) })
        {
            var l = Run(MatrixKernels.Cholesky, [new(a, n, n)], n * n);
            Componentwise(a, l, n);
            var f = Run(MatrixKernels.LuFactors, [new(a, n, n)], n * (n + 1));
            Assert.InRange(LuResidual(a, f, n), 0, 4);
        }
    }

    [Fact]
    public void What_is_not_positive_definite_is_nan_below_and_zero_above_the_diagonal()
    {
        foreach (var n in new[] { 1, 2, 17, 64, 65, 200 })
        foreach (var at in new[] { 0, n / 2, n - 1 })
        foreach (var pivot in new[] { 0, -1.0, double.NaN })
        {
            var a = From(
                n,
                (i, j) =>
                    i != j ? 0
                    : i == at ? pivot
                    : 1
            );
            var l = Run(MatrixKernels.Cholesky, [new(a, n, n)], n * n);
            for (var i = 0; i < n * n; i++)
                Assert.Equal(i % n <= i / n ? double.NaN : 0, l[i]);
        }
    }

    [Fact]
    public void Singular_matrices_have_zero_pivots_and_infinite_or_nan_solutions()
    {
        foreach (var n in new[] { 1, 3, 20, 70 })
        {
            var a = From(
                n,
                (i, j) =>
                    i == n / 2 || j == n / 2 ? 0
                    : i == j ? 3
                    : 0.5
            );
            var f = Run(MatrixKernels.LuFactors, [new(a, n, n)], n * (n + 1));
            Assert.Equal(0, Run(MatrixKernels.Determinant, [new(f, n, n + 1), new(a, n, n)], 1)[0]);
            Assert.Equal(double.NegativeInfinity, Run(MatrixKernels.LogAbsDeterminant, [new(f, n, n + 1), new(a, n, n)], 1)[0]);
            var x = Run(MatrixKernels.SolveByFactors, [new(f, n, n + 1), new(a, n, n), new(Values<double>(n, 3), n, 1)], n);
            Assert.Contains(x, value => !double.IsFinite(value));
            // All cofactors are 0 but the one that leaves the zeros out.
            var cofactors = Run(MatrixKernels.Cofactors, [new(f, n, n + 1), new(a, n, n)], n * n);
            var rest = Enumerable.Range(0, n).Where(i => i != n / 2).ToArray();
            double[] minor = [.. rest.SelectMany(i => rest.Select(j => a[(i * n) + j]))];
            var expected = PlainMatrices.Determinant(PlainMatrices.LuFactors(new(minor, n - 1, n - 1)));
            for (var i = 0; i < n * n; i++)
                Assert.Equal(i == (n / 2 * n) + (n / 2) ? expected : 0, cofactors[i], Math.Abs(expected) * 1e-13);
        }
    }

    [Fact]
    public void Cofactors_of_rank_below_n_minus_1_are_zero_and_zeros_on_the_diagonal_hide_none()
    {
        Assert.Equal([0, 0, -1, 0], Cofactors([0, 1, 0, 0], 2));
        Assert.All(Cofactors([1, 2, 3, 2, 4, 6, 3, 6, 9], 3), x => Assert.Equal(0, x));
        // By SymPy.
        Assert.Equal(
            [-3, 6, -3, 6, -12, 6, -3, 6, -3],
            Array.ConvertAll(Cofactors([1, 2, 3, 4, 5, 6, 7, 8, 9], 3), x => Math.Round(x, 12))
        );
        // A last pivot of exactly 0, null vectors (1, 2, −2) and (−3, 1, 1); and the same with two columns exchanged.
        Assert.Equal(
            [-6, 2, 2, -12, 4, 4, 12, -4, -4],
            Array.ConvertAll(Cofactors([2, 4, 2, 1, 0, 3, 2, 2, 4], 3), x => Math.Round(x, 12))
        );
        Assert.Equal(
            [-2, 6, -2, -4, 12, -4, 4, -12, 4],
            Array.ConvertAll(Cofactors([4, 2, 2, 0, 1, 3, 2, 2, 4], 3), x => Math.Round(x, 12))
        );

        static double[] Cofactors(double[] a, int n)
        {
            var f = Run(MatrixKernels.LuFactors, [new(a, n, n)], n * (n + 1));
            return Run(MatrixKernels.Cofactors, [new(f, n, n + 1), new(a, n, n)], n * n);
        }
    }

    [Fact]
    public void Determinants_overflow_only_where_they_do()
    {
        var a = From(400, (i, j) => i == j ? (i % 2 == 0 ? -1e250 : 1e-251) : 0);
        var f = Run(MatrixKernels.LuFactors, [new(a, 400, 400)], 400 * 401);
        Matrix[] operands = [new(f, 400, 401), new(a, 400, 400)];
        Assert.Equal(1e-200, Run(MatrixKernels.Determinant, operands, 1)[0], 1e-211);
        Assert.Equal(-200 * Math.Log(10), Run(MatrixKernels.LogAbsDeterminant, operands, 1)[0], 1e-10);
        a = From(400, (i, j) => i == j ? -1e10 : 0);
        operands = [new(Run(MatrixKernels.LuFactors, [new(a, 400, 400)], 400 * 401), 400, 401), new(a, 400, 400)];
        Assert.Equal(double.PositiveInfinity, Run(MatrixKernels.Determinant, operands, 1)[0]);
        Assert.Equal(4000 * Math.Log(10), Run(MatrixKernels.LogAbsDeterminant, operands, 1)[0], 1e-11);
        Assert.Equal(0, Math.ILogB(new ScaledProduct(1, 0).Times(3e-320).Times(5e300).Fraction));
        Assert.Equal(double.PositiveInfinity, ScaledProduct.One.Times(1e200).Times(1e200).Value);
    }

    private static void Cholesky<T>(int n, double u)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var a = Definite<T>(n, seed: n);
        var l = Run(MatrixKernels.Cholesky, [new(a, n, n)], n * n);
        for (var i = 0; i < n; i++)
        {
            Assert.All(l[((i * n) + i + 1)..((i + 1) * n)], x => Assert.Equal(0, x));
            Assert.True(l[i * (n + 1)] > 0);
        }
        var back = Product(l, Transposed(l, n, n), n, n, n);
        Assert.InRange(Distance(back, a), 0, 2 * n * u * Norm(a));
        // Only the symmetric part counts.
        var skew = From(n, (i, j) => i > j ? 0.25 : 0);
        double[] bent = [.. a.Select((x, i) => x + skew[i] - skew[(i % n * n) + (i / Math.Max(1, n))])];
        Assert.InRange(Distance(Run(MatrixKernels.Cholesky, [new(bent, n, n)], n * n, typeof(T)), l), 0, 40 * n * u * Norm(l));
    }

    private static void Pullback<T>(int n, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var l = PlainMatrices.Cholesky(new(Definite<T>(n, seed: n + 1), n, n));
        var g = Values<T>(n * n, seed: n + 2);
        var expected = PlainMatrices.CholeskyPullback(new(l, n, n), new(g, n, n));
        var actual = Run(MatrixKernels.CholeskyPullback, [new(l, n, n), new(g, n, n)], n * n, typeof(T));
        Assert.InRange(Distance(actual, expected), 0, tolerance * Norm(expected));
        for (var i = 0; i < n * n; i++)
            Assert.Equal(actual[i], actual[(i % n * n) + (i / n)]);
        // What is above the diagonals is not read.
        double[] below = [.. l.Select((x, i) => i % n > i / n ? double.NaN : x)];
        double[] lower = [.. g.Select((x, i) => i % n > i / n ? double.NaN : x)];
        if (n <= 16)
            Assert.Equal(actual, Run(MatrixKernels.CholeskyPullback, [new(below, n, n), new(lower, n, n)], n * n, typeof(T)));
    }

    private static void Triangular<T>(int n, int columns, bool upper, bool unit, double u)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Below the diagonal small, so that solutions stay within the range.
        var random = Values<T>(n * n, seed: n + columns);
        double[] t = [.. random.Select((x, i) => i / n == i % n ? 1 + Math.Abs(x) : x / Math.Max(1, n))];
        var b = Values<T>(n * columns, seed: n);
        var kernel = (upper, unit) switch
        {
            (false, false) => MatrixKernels.SolveLower,
            (true, false) => MatrixKernels.SolveUpper,
            (false, true) => MatrixKernels.SolveUnitLower,
            (true, true) => MatrixKernels.SolveUnitUpper,
        };
        var y = Run(kernel, [new(t, n, n), new(b, n, columns)], n * columns, typeof(T));
        double[] read =
        [
            .. t.Select(
                (x, i) =>
                    i / n == i % n && unit ? 1
                    : (upper ? i % n < i / n : i % n > i / n) ? 0
                    : double.CreateTruncating(T.CreateTruncating(x))
            ),
        ];
        Assert.InRange(Distance(Product(read, y, n, n, columns), b), 0, (n + 1) * u * Norm(read) * Norm(y));
    }

    private static void Lu<T>(int n, double u)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var a = Values<T>(n * n, seed: n + 5);
        var f = Run(MatrixKernels.LuFactors, [new(a, n, n)], n * (n + 1), typeof(T));
        Assert.InRange(LuResidual(a, f, n) * Math.Pow(2, -53) / u, 0, 4);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
                Assert.InRange(Math.Abs(f[(i * (n + 1)) + j]), 0, 1); // the largest is the pivot
        }
        var b = Values<T>(n * 3, seed: n + 6);
        foreach (var kernel in new[] { MatrixKernels.SolveByFactors, MatrixKernels.SolveTransposedByFactors })
        {
            var y = Run(kernel, [new(f, n, n + 1), new(a, n, n), new(b, n, 3)], n * 3, typeof(T));
            var matrix = kernel == MatrixKernels.SolveByFactors ? a : Transposed(a, n, n);
            Assert.InRange(Distance(Product(matrix, y, n, n, 3), b), 0, 40 * (n + 1) * u * Norm(a) * Norm(y));
        }
    }

    /// <summary>|A − L·Lᵀ| ≤ (n + 1)·u·√(aᵢᵢaⱼⱼ), element by element (Higham 2002, theorem 10.3).</summary>
    private static void Componentwise(double[] a, double[] l, int n)
    {
        var back = Product(l, Transposed(l, n, n), n, n, n);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var bound = 2 * (n + 1) * Math.Pow(2, -53) * Math.Sqrt(a[i * (n + 1)] * a[j * (n + 1)]);
                Assert.InRange(Math.Abs(back[(i * n) + j] - a[(i * n) + j]), 0, bound);
            }
        }
    }

    /// <summary>‖P·A − L·U‖ ⁄ (n·u·‖L‖·‖U‖).</summary>
    private static double LuResidual(double[] a, double[] f, int n)
    {
        if (n == 0)
            return 0;
        double[] rows = [.. a];
        for (var i = 0; i < n; i++)
        {
            var k = (int)f[(i * (n + 1)) + n];
            for (var j = 0; j < n; j++)
                (rows[(i * n) + j], rows[(k * n) + j]) = (rows[(k * n) + j], rows[(i * n) + j]);
        }
        double Factor(int i, int j) => f[(i * (n + 1)) + j];
        var l = From(
            n,
            (i, j) =>
                i == j ? 1
                : i > j ? Factor(i, j)
                : 0
        );
        var r = From(n, (i, j) => i <= j ? Factor(i, j) : 0);
        return Distance(Product(l, r, n, n, n), rows) / (n * Math.Pow(2, -53) * Norm(l) * Norm(r));
    }
}
