using static AutoDiff.Tests.Numerics.EigenChecks;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Numerics;

public class SymmetricInputTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(13)]
    [InlineData(16)]
    [InlineData(21)]
    public void Means_and_their_distance_are_those_of_the_formulas(int n)
    {
        var random = new Random(n);
        var a = Random(n, seed: n).Select(x => x * (1 + (1e-9 * random.NextDouble()))).ToArray();
        var input = SymmetricInput.Read("test", a, n);
        var (squares, other) = (0.0, (double[])a.Clone());
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                Assert.Equal(0.5 * (input.Scale(a[(i * n) + j]) + input.Scale(a[(j * n) + i])), input.Values[(i * n) + j]);
                squares += Math.Pow(input.Scale(a[(i * n) + j] - a[(j * n) + i]), 2);
            }
        }
        Near(0.5 * Math.Sqrt(squares), input.Asymmetry, 1e-12 * Math.Sqrt(squares));
        Near(Frobenius(input.Values), input.Frobenius, 1e-13 * input.Frobenius);
        Near(0.5 * Math.Sqrt(squares), input.Scale(SymmetricMatrix.Symmetrize(other, n)), 1e-12 * Math.Sqrt(squares));
        Assert.Equal(input.Values.Select(input.Unscale), other);
        Assert.InRange(input.Values.Max(Math.Abs), 1, 2);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1)]
    [InlineData(1e300)]
    public void Differences_beyond_rounding_are_refused(double scale)
    {
        for (var n = 2; n <= 18; n += 4)
        {
            for (var place = 1; place < n; place += 3)
            {
                var a = Random(n, seed: n).Select(x => x * scale).ToArray();
                var largest = a.Max(Math.Abs);
                a[place] += 0.9e-8 * largest;
                SymmetricInput.Read("test", a, n);
                a[place] += 0.3e-8 * largest;
                var message = Assert.Throws<ArgumentException>(() => SymmetricInput.Read("test", a, n)).Message;
                Assert.Contains($"at ({place},0) and", message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_magnitude_beside_the_matrix_counts_for_the_scale()
    {
        Assert.Equal(10, SymmetricInput.Read("test", [1.0], 1, magnitude: -1500).Exponent);
        Assert.Equal(10, SymmetricInput.Read("test", [1.0], 1, magnitude: 1500).Exponent);
        Assert.Equal(-1074, SymmetricInput.Read("test", [double.Epsilon], 1).Exponent);
        Assert.Equal(0, SymmetricInput.Read("test", [0.0], 1).Exponent);
        Assert.Equal([1.0], SymmetricInput.Read("test", [double.Epsilon], 1).Values);
        Assert.Equal([-1.0], SymmetricInput.Read("test", [-Math.ScaleB(1, 1023)], 1).Values);
        Assert.Equal(0, SymmetricInput.Read("test", [double.Epsilon], 1).UnscaleBound(0));
        Assert.Equal(2 * double.Epsilon, SymmetricInput.Read("test", [double.Epsilon], 1).UnscaleBound(1));
    }
}
