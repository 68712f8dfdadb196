using AutoDiff.Curvature;
using AutoDiff.Tests.Numerics;

namespace AutoDiff.Tests.Curvature;

public class LowRankOperatorTests
{
    private const int N = 40;

    public static TheoryData<string> Names =>
        ["diagonal core", "full core", "singular core", "indefinite", "no vectors", "many vectors", "tiny", "huge"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Products_inverse_and_determinant_are_those_of_the_matrix(string name)
    {
        var (a, matrix) = Case(name);
        var scale = matrix.Max(Math.Abs);
        var x = RectangularTests.Values(3, N, 7);
        Near(matrix, a.ToMatrix(), 1e-14 * scale * (a.Rank + 1));
        var inverse = a.Inverse();
        Assert.Equal(Outcome.Converged, inverse.Outcome);
        Assert.InRange(inverse.Measure, 0, 1e-11);
        Assert.Equal(a.Rank, inverse.Value!.Rank);
        var (y, back) = (new double[3 * N], new double[3 * N]);
        a.ApplyBlock(x, y, 3);
        inverse.Value.ApplyBlock(y, back, 3);
        Near(x, back, 1e-11);
        Assert.Equal(a.Apply(x.AsSpan(N, N)), y[N..(2 * N)]);

        var eigenvalues = SymmetricEigen.Decompose(matrix, N, vectors: false).Eigenvalues;
        var (logarithm, sign) = a.LogDeterminant();
        Assert.Equal(eigenvalues.Sum(value => Math.Log(Math.Abs(value))), logarithm, 1e-9);
        Assert.Equal(eigenvalues.Aggregate(1, (product, value) => product * Math.Sign(value)), sign);
        Assert.Equal(-logarithm, inverse.Value.LogDeterminant().LogAbsolute, 1e-9);
    }

    [Fact]
    public void A_singular_operator_has_no_inverse()
    {
        // diag(1) − eeᵀ has the null vector e.
        var a = LowRankOperator.Of([1, 1, 1], [0.6, 0.8, 0], 1, [-1]);
        var inverse = a.Inverse();
        Assert.Equal(Outcome.Breakdown, inverse.Outcome);
        Assert.Null(inverse.Value);
        Assert.True(double.IsNaN(inverse.Measure));
        var (logarithm, sign) = LowRankOperator.Of([1, 2, 4], [1, 0, 0], 1, [-1]).LogDeterminant();
        Assert.Equal((double.NegativeInfinity, 0), (logarithm, sign));
        Assert.Equal(Outcome.Breakdown, LowRankOperator.Of([1e-320], [1], 1, [0]).Inverse().Outcome);
    }

    [Fact]
    public void Its_own_cancellation_is_reported()
    {
        // Beside a diagonal of 1e-12 the rest leaves four digits.
        var a = LowRankOperator.Of([1e-12, 1e-12], [1 / Math.Sqrt(2), 1 / Math.Sqrt(2)], 1, [1]);
        var inverse = a.Inverse();
        Assert.Equal(Outcome.Converged, inverse.Outcome);
        Assert.InRange(inverse.Measure, 1e-6, 1e-2);
    }

    [Fact]
    public void A_diagonal_with_a_zero_is_refused_where_it_is_divided_by()
    {
        var a = LowRankOperator.Of([1, 0], [1, 1], 1, [1]);
        Assert.Equal([1.0 + 1 + 1, 2], a.Apply([1, 1]));
        Assert.Equal(
            "[LowRankOperator.Inverse] got 0 at position 1 of the diagonal; expected none",
            Assert.Throws<InvalidOperationException>(() => a.Inverse()).Message
        );
        Assert.Throws<InvalidOperationException>(() => a.LogDeterminant());
    }

    [Fact]
    public void Misuse_throws()
    {
        Says("[LowRankOperator] got vectors of 3 values; expected 4", () => LowRankOperator.Of([1, 2], [1, 2, 3], 2, [1, 1]));
        Says("[LowRankOperator] got rank -1; expected at least 0", () => LowRankOperator.Of([1, 2], [], -1, []));
        Says("[LowRankOperator] got 3 values for a matrix of size 2", () => LowRankOperator.Of([1, 2], [1, 2, 3, 4], 2, [1, 1, 1]));
        Says("[LowRankOperator] got 1 at (1,0) and 2 at (0,1)", () => LowRankOperator.Of([1, 2], [1, 2, 3, 4], 2, [1, 2, 1, 1]));
        Says("[LowRankOperator] got NaN at position 1 of the diagonal", () => LowRankOperator.Of([1, double.NaN], [], 0, []));
        Says("[LowRankOperator] got NaN at position 0 of the vectors", () => LowRankOperator.Of([1], [double.NaN], 1, [1]));
        Says("[LowRankOperator] got NaN at (0,0)", () => LowRankOperator.Of([1], [1], 1, [double.NaN]));
    }

    [Fact]
    public void Parts_are_copied()
    {
        double[] diagonal = [1, 2];
        var a = LowRankOperator.Of(diagonal, [3, 4], 1, [5]);
        diagonal[0] = 9;
        Assert.Equal([1, 2], a.Diagonal);
        Assert.Equal([3, 4], a.Vectors);
        Assert.Equal([5], a.Core);
        var nothing = LowRankOperator.Of([], [], 0, []);
        Assert.Equal((0.0, 1), nothing.LogDeterminant());
        Assert.Equal(0, nothing.Inverse().Measure);
    }

    private static (LowRankOperator Operator, double[] Matrix) Case(string name)
    {
        var rank =
            name is "no vectors" ? 0
            : name is "many vectors" ? N + 5
            : 4;
        var scale =
            name is "tiny" ? 1e-150
            : name is "huge" ? 1e150
            : 1;
        var diagonal = RectangularTests.Values(1, N, 1).Select(value => scale * (name is "indefinite" ? value : 1 + value)).ToArray();
        var vectors = RectangularTests.Values(rank, N, 2);
        var core = new double[rank * rank];
        for (var i = 0; i < rank; i++)
            core[i * (rank + 1)] =
                scale * (i + 0.5) * (name is "indefinite" && i % 2 == 0 ? -1 : 1) * (name is "singular core" && i == 2 ? 0 : 1);
        if (name is "full core" or "indefinite")
            core = [.. core.Zip(Matrices.Random(rank, 3), (d, r) => d + r)];
        var matrix = new double[N * N];
        for (var i = 0; i < N; i++)
        {
            matrix[i * (N + 1)] = diagonal[i];
            for (var j = 0; j < N; j++)
            {
                for (var p = 0; p < rank; p++)
                {
                    for (var q = 0; q < rank; q++)
                        matrix[(i * N) + j] += vectors[(p * N) + i] * core[(p * rank) + q] * vectors[(q * N) + j];
                }
            }
        }
        double[] given = name is "full core" or "indefinite" ? core : [.. Enumerable.Range(0, rank).Select(i => core[i * (rank + 1)])];
        return (LowRankOperator.Of(diagonal, vectors, rank, given), matrix);
    }

    private static void Near(double[] expected, double[] actual, double tolerance) =>
        Assert.All(expected.Zip(actual), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, tolerance));

    private static void Says(string message, Action misuse) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(misuse).Message, StringComparison.Ordinal);
}
