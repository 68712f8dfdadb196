using static AutoDiff.Tests.Numerics.EigenChecks;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Numerics;

public class DivideAndConquerTests
{
    public static TheoryData<int> Sizes => [0, 1, 2, 3, 31, 32, 33, 34, 63, 64, 65, 66, 97, 128, 131, 200, 257];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Random_tridiagonals_hold(int n)
    {
        var random = new Random(n);
        Holds([.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)], [.. Offs(n).Select(_ => random.NextDouble() - 0.5)]);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Equal_diagonals_hold(int n) => Holds([.. Enumerable.Repeat(0.5, n)], [.. Offs(n).Select(_ => 0.25)]);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Wilkinson_tridiagonals_hold(int n) =>
        Holds([.. Enumerable.Range(0, n).Select(i => Math.Abs(i - (n / 2.0)) / Math.Max(n, 1))], [.. Offs(n).Select(_ => 1.0 / n)]);

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-8)]
    [InlineData(1e-17)]
    [InlineData(0)]
    public void Glued_Wilkinson_tridiagonals_hold(double glue)
    {
        // Seven copies joined by small elements: clusters of seven.
        Holds(
            [.. Enumerable.Range(0, 147).Select(i => Math.Abs((i % 21) - 10) / 10.0)],
            [.. Offs(147).Select(i => i % 21 == 20 ? glue : 0.1)]
        );
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.5)]
    [InlineData(2)]
    public void Graded_tridiagonals_hold(double ratio)
    {
        var scale = ratio > 1 ? Math.Pow(ratio, -99) : 1;
        Holds(
            [.. Enumerable.Range(0, 100).Select(i => scale * Math.Pow(ratio, i))],
            [.. Offs(100).Select(i => -0.3 * scale * Math.Pow(ratio, i))]
        );
    }

    [Fact]
    public void Couplings_of_either_sign_and_none_hold()
    {
        Holds([.. Enumerable.Range(0, 70).Select(i => (double)(i % 3))], [.. Offs(70).Select(i => ((i % 3) - 1) * 0.5)]);
        Holds(new double[70], new double[69]);
        Holds(new double[70], [.. Offs(70).Select(i => i == 34 ? -1.0 : 0)]);
    }

    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 1.0)]
    [InlineData(3, 1e-12)]
    [InlineData(17, 1e6)]
    [InlineData(64, 1e-3)]
    public void Secular_roots_interlace_and_keep_the_trace(int k, double rho)
    {
        var random = new Random(k);
        double[] d = [.. Enumerable.Range(0, k).Select(_ => random.NextDouble()).Order()];
        double[] z = [.. d.Select(_ => random.NextDouble() - 0.5)];
        var (roots, distances) = (new double[k], new double[k]);
        for (var j = 0; j < k; j++)
        {
            (roots[j], var done) = SecularEquation.Root(j, d, z, rho, distances);
            Assert.True(done);
            for (var i = 0; i < k; i++)
            {
                Assert.Equal(i > j, distances[i] > 0);
                Near(d[i] - roots[j], distances[i], 2 * Epsilon * (Math.Abs(d[i]) + Math.Abs(roots[j])));
            }
        }
        Near(d.Sum() + (rho * z.Sum(x => x * x)), roots.Sum(), 4 * k * Epsilon * (k + (rho * k)));
    }

    [Fact]
    public void Secular_roots_are_zeros_to_the_rounding_of_the_equation()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var k = 2 + random.Next(40);
            var rho = Math.Pow(10, random.Next(-3, 3));
            double[] d = [.. Enumerable.Range(0, k).Select(_ => random.NextDouble()).Order()];
            double[] z = [.. d.Select(_ => Math.CopySign(Math.Pow(10, -3 * random.NextDouble()), random.NextDouble() - 0.5))];
            var distances = new double[k];
            for (var j = 0; j < k; j++)
            {
                Assert.True(SecularEquation.Root(j, d, z, rho, distances).Done);
                // Fixed point: what is summed is the equation at the very τ that was found.
                var (value, magnitude, slope) = (Fixed(1) * Fixed(1) / Fixed(rho), 1 / rho, 0.0);
                for (var i = 0; i < k; i++)
                {
                    value += Fixed(z[i]) * Fixed(z[i]) / Fixed(distances[i]);
                    magnitude += z[i] * z[i] / Math.Abs(distances[i]);
                    slope += z[i] / distances[i] * (z[i] / distances[i]);
                }
                var tau = distances.Min(Math.Abs);
                // Where the iteration stops f is (8 + k/8)·ε of the terms at most, or τ is one of two neighbours; the evaluation errs by half that.
                var allowed = Epsilon * ((1.5 * (8 + (0.125 * k)) * magnitude) + (2 * tau * slope));
                Near(0, Math.ScaleB((double)value, -Bits), allowed);
            }
        }
    }

    private const int Bits = 300;

    /// <summary>x·2³⁰⁰, exactly.</summary>
    private static System.Numerics.BigInteger Fixed(double x) => new(Math.ScaleB(x, Bits));

    private static IEnumerable<int> Offs(int n) => Enumerable.Range(0, Math.Max(n - 1, 0));

    /// <summary>Residuals, orthogonality and values against QL without square roots, and the same bits for three threads.</summary>
    private static void Holds(double[] d, double[] e)
    {
        var n = d.Length;
        var norm = d.Append(0).Max(Math.Abs) + (2 * e.Append(0).Max(Math.Abs));
        var tolerance = Math.Max(n, 8) * Epsilon * norm;
        var (values, converged) = RootFreeQl.Values(d, e, default);
        Assert.True(converged);
        var found = (double[])d.Clone();
        var (vectors, done) = DivideAndConquer.Vectors(found, e, 1, default);
        Assert.True(done);
        Assert.Equal(vectors, DivideAndConquer.Vectors((double[])d.Clone(), e, 3, default).Vectors);
        Array.Sort(found);
        for (var k = 0; k < n; k++)
        {
            Near(values[k], found[k], tolerance);
            var v = vectors.AsSpan(k * n, n);
            for (var i = 0; i < n; i++)
            {
                var tv = (d[i] * v[i]) + (i > 0 ? e[i - 1] * v[i - 1] : 0) + (i < n - 1 ? e[i] * v[i + 1] : 0);
                Near(tv, values[k] * v[i], tolerance);
            }
            for (var j = 0; j <= k; j++)
                Near(j == k ? 1 : 0, Dot(vectors.AsSpan(j * n, n), v), Math.Max(n, 8) * Epsilon);
        }
    }
}
