using static AutoDiff.Tests.Numerics.EigenChecks;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Numerics;

public class TridiagonalTests
{
    public static TheoryData<int> Sizes => [0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 31, 32, 33, 63, 64, 65, 100, 256, 320, 321, 322, 353, 400];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_reduced_matrix_turned_back_is_the_matrix(int n)
    {
        var a = Random(n, seed: n);
        var tolerance = 4 * Epsilon * Frobenius(a);
        var reduced = Tridiagonal.Reduce(a, n, 1, default);
        // Qᵀ's rows from the identity's: A = Q·T·Qᵀ is checked on a few vectors.
        var q = From(n, (i, j) => i == j ? 1 : 0);
        reduced.Back(q, 1, default);
        for (var k = 0; k < Math.Min(n, 3); k++)
        {
            // Row k of q is Q·eₖ, so A·Q·eₖ = Q·T·eₖ.
            var left = Times(a, q[(k * n)..((k + 1) * n)]);
            var t = new double[n];
            t[k] = reduced.Diagonal[k];
            if (k > 0)
                t[k - 1] = reduced.OffDiagonal[k - 1];
            if (k < n - 1)
                t[k + 1] = reduced.OffDiagonal[k];
            reduced.Back(t);
            for (var i = 0; i < n; i++)
                Near(left[i], t[i], tolerance);
        }
        for (var i = 0; i < n; i += 1 + (n / 16))
        {
            for (var j = 0; j <= i; j++)
                Near(i == j ? 1 : 0, Dot(q.AsSpan(i * n, n), q.AsSpan(j * n, n)), Math.Max(n, 8) * Epsilon);
        }
    }

    [Theory]
    [InlineData(33)]
    [InlineData(400)]
    public void Bits_do_not_depend_on_threads(int n)
    {
        var a = Random(n, seed: 2);
        var (one, other) = (Tridiagonal.Reduce(a, n, 1, default), Tridiagonal.Reduce(a, n, 3, default));
        Assert.Equal(one.Diagonal, other.Diagonal);
        Assert.Equal(one.OffDiagonal, other.OffDiagonal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(13)]
    public void Row_products_leave_what_fills_the_last_group_alone(int n)
    {
        const int stride = 24;
        var padded = RowQuad.Padded(n);
        var random = new Random(n);
        var matrix = Enumerable.Range(0, padded * stride).Select(_ => random.NextDouble() - 0.5).ToArray();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
                matrix[(j * stride) + i] = matrix[(i * stride) + j];
        }
        double[] Vector() => [.. Enumerable.Range(0, padded).Select(i => i < n ? random.NextDouble() - 0.5 : 0)];
        var (v, w, x) = (Vector(), Vector(), Vector());
        var (y, before, plain) = (new double[padded], (double[])matrix.Clone(), new double[padded]);
        RowQuad.Multiply(matrix, stride, n, x, plain);
        Assert.Equal(before, matrix);
        RowQuad.UpdateAndMultiply(matrix, stride, n, v, w, x, y);
        for (var i = 0; i < n; i++)
        {
            var (expected, updated) = (0.0, 0.0);
            for (var j = 0; j < n; j++)
            {
                var element = before[(i * stride) + j];
                expected += element * x[j];
                updated += (element - (v[i] * w[j]) - (w[i] * v[j])) * x[j];
                if (j <= i)
                    Near(element - (v[i] * w[j]) - (w[i] * v[j]), matrix[(i * stride) + j], 4 * Epsilon);
            }
            Near(expected, plain[i], n * Epsilon);
            Near(updated, y[i], 2 * n * Epsilon);
        }
        for (var i = n; i < padded; i++)
        {
            for (var j = 0; j < n; j++)
                Assert.Equal(before[(i * stride) + j], matrix[(i * stride) + j]);
        }
    }
}
