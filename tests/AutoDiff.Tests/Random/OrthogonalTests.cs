using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>Random matrices with orthonormal rows or columns: what they are, and how they are distributed, at fixed seeds.</summary>
public sealed class OrthogonalTests
{
    private const int Count = 20_000;
    private static readonly Key _key = Key.Of(11);

    public static TheoryData<int[]> Shapes =>
        new(
            (int[][])
                [
                    [1, 1],
                    [5, 5],
                    [7, 3],
                    [3, 7],
                    [4, 3, 3],
                    [2, 3, 2, 5],
                    [0, 0],
                    [3, 0],
                    [0, 3],
                    [0, 2, 2],
                ]
        );

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_shorter_sides_vectors_are_orthonormal(int[] lengths)
    {
        var shape = Shape.Of(lengths);
        var q = _key.Orthogonal(shape);
        Assert.Equal(shape, q.Shape);
        var product = shape[-2] < shape[-1] ? MatMul(q, SwapAxes(q, -2, -1)) : MatMul(SwapAxes(q, -2, -1), q);
        var identity = BroadcastTo(Tensor.Eye(Math.Min(shape[-2], shape[-1])), product.Shape);
        Assert.All(Abs(product - identity).ToArray(), error => Assert.InRange(error, 0, 4e-15));
    }

    /// <summary>Haar's measure on O(3): E q² = 1⁄3, E q⁴ = 1⁄5, E tr = 0, E tr² = 1, and either sign of the determinant.</summary>
    [Fact]
    public void Every_orthogonal_matrix_is_equally_likely()
    {
        var q = Evaluate(_key.FoldIn(1).Orthogonal([Count, 3, 3]));
        for (var element = 0; element < 9; element++)
        {
            var x = q[.., element / 3, element % 3].ToArray();
            Mean(x, 0, Math.Sqrt(1 / 3.0));
            Mean([.. x.Select(value => value * value)], 1 / 3.0, Math.Sqrt((1 / 5.0) - (1 / 9.0)));
            Mean([.. x.Select(value => Math.Pow(value, 4))], 1 / 5.0, Math.Sqrt((1 / 9.0) - (1 / 25.0)));
        }
        var trace = Trace(q).ToArray();
        Mean(trace, 0, 1);
        Mean([.. trace.Select(value => value * value)], 1, Math.Sqrt(2)); // E tr⁴ = 3
        Mean(Determinant(q).ToArray(), 0, 1);
    }

    [Fact]
    public void Fewer_rows_than_columns_are_as_likely_too()
    {
        var q = Evaluate(_key.FoldIn(2).Orthogonal([Count, 1, 3]));
        for (var element = 0; element < 3; element++)
            Mean([.. q[.., 0, element].ToArray().Select(value => Math.Pow(value, 4))], 1 / 5.0, Math.Sqrt((1 / 9.0) - (1 / 25.0)));
    }

    [Fact]
    public void Compiled_and_mapped_it_is_that_of_the_constant_key()
    {
        static Tensor Draw(Key key) => key.Orthogonal([3, 5]);
        var expected = Draw(_key).ToArray();
        Assert.Equal(expected, Compile<Key, Tensor>(Draw).Invoke(_key).ToArray());
        var single = Compile<float, Key, Tensor>(Draw).Invoke(_key).ToArray();
        Assert.All(expected.Zip(single), pair => Assert.Equal(pair.First, pair.Second, 2e-6));
        var keys = _key.SplitBatch(4);
        var each = Stack([.. _key.Split(4).Select(Draw)]).ToArray();
        Assert.Equal(each, Vmap<Key, Tensor>(Draw)(keys).ToArray());
        Assert.Equal(each, keys.Orthogonal([3, 5]).ToArray());
        Assert.Equal(each, Compile(Vmap<Key, Tensor>(Draw)).Invoke(keys).ToArray());
    }

    [Fact]
    public void A_vector_is_refused() =>
        Assert.Equal(
            "[Key.Orthogonal] got [3]; expected [batch…,rows,columns]",
            Assert.Throws<ArgumentException>(() => _key.Orthogonal([3])).Message
        );

    // Within 4.5 standard errors: were the seed not fixed, a false alarm of about one in 10⁵ each.
    private static void Mean(double[] values, double mean, double deviation) =>
        Assert.InRange(values.Average() - mean, -4.5 * deviation / Math.Sqrt(values.Length), 4.5 * deviation / Math.Sqrt(values.Length));
}
