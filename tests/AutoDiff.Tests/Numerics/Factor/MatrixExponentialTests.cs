using static AutoDiff.Tests.Numerics.Rectangles;

namespace AutoDiff.Tests.Numerics;

public sealed class MatrixExponentialTests
{
    /// <summary>Sizes that each degree of approximant is taken for, and those that are halved.</summary>
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.2)]
    [InlineData(0.9)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(40)]
    public void A_turn_is_a_rotation(double angle)
    {
        var y = new double[4];
        MatrixExponential.Compute([0, -angle, angle, 0], 2, y);
        Near($"{angle}", y, [Math.Cos(angle), -Math.Sin(angle), Math.Sin(angle), Math.Cos(angle)], 4 + (4 * angle));
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(30)]
    public void The_inverse_is_that_of_the_negative(double size)
    {
        var a = Drawn(20, 20).Elements.Select(x => size * x / 10).ToArray();
        var (y, inverse) = (new double[400], new double[400]);
        MatrixExponential.Compute(a, 20, y);
        MatrixExponential.Compute([.. a.Select(x => -x)], 20, inverse);
        var scale = Matrices.Frobenius(y) * Matrices.Frobenius(inverse);
        Near($"{size}", Times(y, inverse, 20, 20, 20), Of(20, 20, (i, j) => i == j ? 1 : 0), 10 * (1 + size) * scale);
    }

    [Fact]
    public void A_nilpotent_matrix_ends_its_series()
    {
        var y = new double[9];
        MatrixExponential.Compute([0, 8, -3, 0, 0, 16, 0, 0, 0], 3, y);
        Near("exp", y, [1, 8, 61, 0, 1, 16, 0, 0, 1], 20);
    }

    [Fact]
    public void Numbers_are_functions_of_numbers()
    {
        foreach (var x in new[] { 0, 1, -1, 700, -700, 1e-300 })
        {
            var y = new double[1];
            MatrixExponential.Compute([x], 1, y);
            Near($"{x}", y, [Math.Exp(x)], 2 + (4 * Math.Abs(x)));
        }
    }

    [Fact]
    public void What_is_not_finite_gives_NaN_and_what_is_too_large_ends()
    {
        var y = new double[4];
        MatrixExponential.Compute([1, double.NaN, 0, 1], 2, y);
        Assert.All(y, x => Assert.Equal(double.NaN, x));
        MatrixExponential.Compute([1e300, 0, 0, -1e300], 2, y);
        Assert.False(double.IsFinite(y[0]));
    }
}
