using AutoDiff.Curvature;
using AutoDiff.Tests.Numerics;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Curvature;

public class LinearOperatorTests
{
    private static readonly double[] Values = Random(17, seed: 1);
    private static readonly double[] X = [.. Enumerable.Range(0, 17).Select(i => Math.Sin(i))];

    [Fact]
    public void A_matrix_multiplies() => Same(Times(Values, X), MatrixOperator.Of(Values, 17).Apply(X));

    [Fact]
    public void Sums_scales_and_shifts_compose()
    {
        var a = MatrixOperator.Of(Values, 17);
        var b = MatrixOperator.Of(Random(17, seed: 2), 17);
        var expected = Times(Values, X).Zip(b.Apply(X), (ax, bx) => -2 * (ax + bx)).Zip(X, (y, x) => y + (3 * x));
        Same(expected, a.Plus(b).Scale(-2).Shift(3).Apply(X));
    }

    [Fact]
    public void Operators_are_reentrant()
    {
        var a = MatrixOperator.Of(Values, 17);
        var sum = a.Plus(a.Scale(2)).Shift(1);
        var expected = sum.Apply(X);
        Parallel.For(0, 64, _ => Assert.Equal(expected, sum.Apply(X)));
    }

    [Fact]
    public void A_matrix_is_copied_and_symmetrized()
    {
        double[] values = [1, 2, 2 + 2e-12, 4];
        var a = MatrixOperator.Of(values, 2);
        values[0] = 100;
        Assert.Equal(1, a.Values[0]);
        Assert.Equal(a.Values[1], a.Values[2]);
    }

    [Fact]
    public void Wrong_sizes_throw()
    {
        var a = MatrixOperator.Of(Values, 17);
        Assert.Throws<ArgumentException>(() => a.Apply(new double[16]));
        Assert.Throws<ArgumentException>(() => a.Apply(new double[17], new double[18]));
        Assert.Throws<ArgumentException>(() => a.Apply(X, X));
        Assert.Throws<ArgumentException>(() => a.Plus(MatrixOperator.Of([1], 1)));
        Assert.Throws<ArgumentNullException>(() => a.Plus(null!));
        Assert.Throws<ArgumentException>(() => MatrixOperator.Of(Values, 16));
    }

    private static void Same(IEnumerable<double> expected, IEnumerable<double> actual)
    {
        foreach (var (x, y) in expected.Zip(actual))
            EigenChecks.Near(x, y, 1e-13);
    }
}
