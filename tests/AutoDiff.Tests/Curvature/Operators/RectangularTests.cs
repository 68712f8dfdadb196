using AutoDiff.Curvature;
using AutoDiff.Tests.Numerics;

namespace AutoDiff.Tests.Curvature;

/// <summary>Operators that are not square or not symmetric, and what is made of them, against plain loops over their elements.</summary>
public class RectangularTests
{
    private const int M = 70;
    private const int N = 150;

    private static readonly double[] A = Values(M, N, 1);
    private static readonly double[] B = Values(M, N, 2);
    private static readonly double[] C = Values(N, 9, 3);
    private static readonly double[] S = Matrices.Random(N, 4);

    public static TheoryData<string> Names => [.. Table.Keys];

    /// <summary>Operators by name, with their elements [rows, columns].</summary>
    private static Dictionary<string, (LinearOperator Operator, double[] Elements)> Table
    {
        get
        {
            var (a, b, c) = (MatrixOperator.Of(A, M, N), MatrixOperator.Of(B, M, N), MatrixOperator.Of(C, N, 9));
            var s = MatrixOperator.Of(S, N);
            var square = a.Transpose().Times(b);
            var twice = Product(Transposed(A, M, N), B, N, M, N);
            return new()
            {
                ["matrix"] = (a, A),
                ["transpose"] = (a.Transpose(), Transposed(A, M, N)),
                ["sum"] = (a.Plus(b), Sum(1, A, 1, B)),
                ["difference"] = (a.Minus(b), Sum(1, A, -1, B)),
                ["transposed sum"] = (a.Minus(b).Transpose(), Transposed(Sum(1, A, -1, B), M, N)),
                ["weighted"] = (LinearOperator.Sum([a, b, a], [2, -3, 0.5]), Sum(2.5, A, -3, B)),
                ["scaled"] = (a.Scale(-0.3), Sum(-0.3, A, 0, B)),
                ["scaled, transposed"] = (a.Scale(-0.3).Transpose(), Transposed(Sum(-0.3, A, 0, B), M, N)),
                ["product"] = (a.Times(c), Product(A, C, M, N, 9)),
                ["product, transposed"] = (a.Times(c).Transpose(), Transposed(Product(A, C, M, N, 9), M, 9)),
                ["Gram"] = (a.Gram(), Product(Transposed(A, M, N), A, N, M, N)),
                ["AAᵀ"] = (a.Times(a.Transpose()), Product(A, Transposed(A, M, N), M, N, M)),
                ["sandwich"] = (s.Sandwich(c), Product(Transposed(C, N, 9), Product(S, C, N, N, 9), 9, N, 9)),
                ["shifted"] = (square.Shift(2), Sum(1, twice, 2, Eye(N))),
                ["shifted, transposed"] = (square.Shift(2).Transpose(), Transposed(Sum(1, twice, 2, Eye(N)), N, N)),
                ["symmetrized"] = (square.Symmetrized(), Sum(0.5, twice, 0.5, Transposed(twice, N, N))),
                ["sandwich of what is not symmetric"] = (
                    square.Sandwich(c),
                    Product(Transposed(C, N, 9), Product(twice, C, N, N, 9), 9, N, 9)
                ),
                ["zero"] = (LinearOperator.Zero(M, N), new double[M * N]),
                ["zero, transposed"] = (LinearOperator.Zero(M, N).Transpose(), new double[M * N]),
                ["identity"] = (LinearOperator.Identity(N), Eye(N)),
                ["diagonal"] = (DiagonalOperator.Of(S.AsSpan(0, N)), Diagonal(S.AsSpan(0, N))),
                ["functions"] = (Function(a), A),
                ["functions, transposed"] = (Function(a).Transpose(), Transposed(A, M, N)),
                ["symmetric function"] = (LinearOperator.Of(N, (x, y) => s.Apply(x, y)), S),
                ["direct sum"] = (LinearOperator.DirectSum(a, s), Beside(A, M, N, S, N, N)),
                ["direct sum, transposed"] = (
                    LinearOperator.DirectSum(a, s).Transpose(),
                    Transposed(Beside(A, M, N, S, N, N), M + N, N + N)
                ),
                ["of direct sums"] = (LinearOperator.DirectSum(a.Times(c), LinearOperator.DirectSum()), Product(A, C, M, N, 9)),
                ["block"] = (a.Block(IndexSet.Of(40..44, 2..9), 3..20), Picked(A, N, IndexSet.Of(40..44, 2..9), 3..20)),
                ["block, transposed"] = (
                    a.Block(IndexSet.Of(40..44, 2..9), 3..20).Transpose(),
                    Transposed(Picked(A, N, IndexSet.Of(40..44, 2..9), 3..20), 11, 17)
                ),
                ["block off the diagonal"] = (s.Block(3..20, 100..150), Picked(S, N, 3..20, 100..150)),
                ["symmetric block"] = (
                    s.Block(IndexSet.Of(100..150, 3..20)),
                    Picked(S, N, IndexSet.Of(100..150, 3..20), IndexSet.Of(100..150, 3..20))
                ),
                ["blocks on the diagonal"] = (
                    s.BlockDiagonal(0..20, 100..150),
                    Beside(Picked(S, N, 0..20, 0..20), 20, 20, Picked(S, N, 100..150, 100..150), 50, 50)
                ),
            };
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Products_are_those_of_the_elements(string name)
    {
        var (a, elements) = Table[name];
        Assert.Equal(elements.Length, a.Rows * a.Size);
        var x = Values(1, a.Size, 8);
        Near(Product(elements, x, a.Rows, a.Size, 1), [.. a.Apply(x)]);
        var w = Values(1, a.Rows, 9);
        Near(Product(w, elements, 1, a.Rows, a.Size), [.. a.Transpose().Apply(w)]);
        Near(elements, a.ToMatrix());
        Assert.Equal(a.ToMatrix(new() { Threads = 1 }), a.ToMatrix(new() { Threads = 3 }));
        Assert.Same(a, a.Transpose().Transpose());
        Assert.Equal((a.Size, a.Rows), (a.Transpose().Rows, a.Transpose().Size));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Symmetry_is_known_where_it_is_so(string name)
    {
        string[] symmetric =
        [
            "Gram",
            "AAᵀ",
            "sandwich",
            "symmetrized",
            "identity",
            "diagonal",
            "symmetric function",
            "symmetric block",
            "blocks on the diagonal",
        ];
        Assert.Equal(symmetric.Contains(name), Table[name].Operator.IsSymmetric);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_of_a_block_has_the_bits_of_a_product(string name)
    {
        const int most = 70;
        foreach (var a in new[] { Table[name].Operator, Table[name].Operator.Transpose() })
        {
            var x = Values(most, a.Size, 5);
            double[] alone = [.. Enumerable.Range(0, most).SelectMany(row => a.Apply(x.AsSpan(row * a.Size, a.Size)))];
            foreach (var (count, threads) in new[] { (1, 1), (1, 2), (2, 1), (3, 3), (most, 1), (most, 2), (most, 8) })
            {
                var y = new double[count * a.Rows];
                y.AsSpan().Fill(double.NaN);
                a.ApplyBlock(x.AsMemory(0, count * a.Size), y, count, new() { Threads = threads });
                Assert.Equal(alone[..(count * a.Rows)], y);
            }
        }
    }

    [Fact]
    public void The_symmetric_kinds_combine_to_symmetric_ones()
    {
        var (s, a) = (MatrixOperator.Of(S, N), MatrixOperator.Of(S, N, N));
        Assert.False(a.IsSymmetric);
        Assert.True(s.Plus(s).IsSymmetric);
        Assert.False(s.Plus(a).IsSymmetric);
        Assert.False(s.Times(LinearOperator.Identity(N)).IsSymmetric);
        Assert.True(s.Times(s).IsSymmetric);
        Assert.True(s.Times(LinearOperator.Identity(N), isSymmetric: true).IsSymmetric);
        Assert.True(LinearOperator.Zero(3, 3).IsSymmetric);
        Assert.Same(s, s.Transpose());
        Assert.Same(s, s.Symmetrized());
        Assert.False(a.Sandwich(LinearOperator.Identity(N)).IsSymmetric);
        Assert.False(LinearOperator.DirectSum(s, a).IsSymmetric);
        Assert.False(s.Block(0..3, 1..4).IsSymmetric);
        Assert.False(a.Block(0..3).IsSymmetric);
    }

    [Fact]
    public void Composed_products_allocate_nothing()
    {
        var (a, c, s) = (MatrixOperator.Of(A, M, N), MatrixOperator.Of(C, N, 9), MatrixOperator.Of(S, N));
        var low = LowRankOperator.Of(S.AsSpan(0, N), A.AsSpan(0, 3 * N), 3, [1, 2, 3]);
        LinearOperator[] operators =
        [
            a.Gram().Shift(1).Scale(2).Plus(s).Plus(low),
            s.Sandwich(c).Symmetrized(),
            LinearOperator.Sum([s, s, a.Gram(), s, s], [1, 2, 3, 4, 5]).Block(3..70),
            s.BlockDiagonal(0..20, 100..150),
        ];
        foreach (var one in operators)
        {
            var (x, y) = (new double[one.Size], new double[one.Rows]);
            for (var i = 0; i < 3; i++)
                one.Apply(x, y);
            var before = GC.GetAllocatedBytesForCurrentThread();
            one.Apply(x, y);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private static LinearOperator Function(LinearOperator a) =>
        LinearOperator.Of(a.Rows, a.Size, (x, y) => a.Apply(x, y), (x, y) => a.Transpose().Apply(x, y));

    internal static double[] Values(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows * columns).Select(_ => random.NextDouble() - 0.5)];
    }

    internal static double[] Transposed(double[] a, int rows, int columns) =>
        [.. Enumerable.Range(0, a.Length).Select(k => a[(k % rows * columns) + (k / rows)])];

    private static double[] Product(double[] a, double[] b, int rows, int inner, int columns)
    {
        var c = new double[rows * columns];
        for (var i = 0; i < rows; i++)
        {
            for (var k = 0; k < inner; k++)
            {
                for (var j = 0; j < columns; j++)
                    c[(i * columns) + j] += a[(i * inner) + k] * b[(k * columns) + j];
            }
        }
        return c;
    }

    private static double[] Sum(double s, double[] a, double t, double[] b) => [.. a.Zip(b, (x, y) => (s * x) + (t * y))];

    private static double[] Diagonal(ReadOnlySpan<double> d)
    {
        var matrix = new double[d.Length * d.Length];
        for (var i = 0; i < d.Length; i++)
            matrix[i * (d.Length + 1)] = d[i];
        return matrix;
    }

    private static double[] Eye(int n) => Diagonal([.. Enumerable.Repeat(1.0, n)]);

    private static double[] Beside(double[] a, int m, int n, double[] b, int p, int q)
    {
        var matrix = new double[(m + p) * (n + q)];
        for (var i = 0; i < m; i++)
            a.AsSpan(i * n, n).CopyTo(matrix.AsSpan(i * (n + q)));
        for (var i = 0; i < p; i++)
            b.AsSpan(i * q, q).CopyTo(matrix.AsSpan(((m + i) * (n + q)) + n));
        return matrix;
    }

    private static double[] Picked(double[] a, int n, IndexSet rows, IndexSet columns) =>
        [.. Positions(rows).SelectMany(i => Positions(columns).Select(j => a[(i * n) + j]))];

    private static IEnumerable<int> Positions(IndexSet set) =>
        set.Ranges.SelectMany(range => Enumerable.Range(range.Start.Value, range.End.Value - range.Start.Value));

    private static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var size = expected.Select(Math.Abs).DefaultIfEmpty(0).Max();
        Assert.All(expected.Zip(actual), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-13 * size));
    }
}
