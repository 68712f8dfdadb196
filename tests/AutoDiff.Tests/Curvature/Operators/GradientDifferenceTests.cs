using AutoDiff.Curvature;

namespace AutoDiff.Tests.Curvature;

public class GradientDifferenceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1e-150)]
    [InlineData(1e150)]
    public void Extrapolation_takes_every_even_power_of_the_step(double scale)
    {
        // Of x⁷ the difference has the powers h², h⁴ and h⁶ alone: the fourth row of the table is exact, and what follows only rounds.
        double[] x = [0.5, -1, 1.5, 2],
            v = [1, 0.7, -0.3, 0.2];
        var (derivative, error, gradients) = GradientDifference.Along(
            (at, g) =>
            {
                for (var i = 0; i < at.Length; i++)
                    g[i] = scale * Math.Pow(at[i], 7);
            },
            x,
            v,
            CancellationToken.None
        );
        double[] off = [.. derivative.Select((d, i) => (d / scale) - (7 * Math.Pow(x[i], 6) * v[i]))];
        var size = 7 * Math.Pow(2, 6) * 0.2;
        Assert.InRange(off.Max(Math.Abs) / size, 0, 1e-13);
        Assert.InRange(error / scale / size, 1e-16, 1e-12);
        Assert.InRange(gradients, 8, 26);
    }
}
