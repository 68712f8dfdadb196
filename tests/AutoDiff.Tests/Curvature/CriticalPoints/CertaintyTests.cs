using AutoDiff.Curvature;
using static AutoDiff.Ops;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Curvature;

/// <summary>What is called certain is right: matrices whose eigenvalues are known exactly, beside and at the edges of the band.</summary>
public class CertaintyTests
{
    [Fact]
    public void A_certain_band_is_never_wrong()
    {
        var random = new Random(1);
        var (certain, clear, clearCertain) = (0, 0, 0);
        for (var trial = 0; trial < 3000; trial++)
        {
            var (a, values) = Exact(
                random,
                (trial % 5) switch
                {
                    0 => 40,
                    1 => 8,
                    _ => 0,
                }
            );
            var largest = values.Max(Math.Abs);
            var threshold = Threshold(random, values);
            var band = Band(a, values.Length, threshold);
            var truth = Counts(values, threshold);
            Assert.Equal(values.Length, band.Below + band.Within + band.Above);
            if (band.IsCertain)
            {
                certain++;
                Assert.True(truth == (band.Below, band.Within, band.Above), $"trial {trial}: τ {threshold:R}, {string.Join(" ", values)}");
            }
            if (threshold > 1e-12 * largest && values.All(value => Math.Abs(Math.Abs(value) - threshold) > 1e-12 * largest))
            {
                clear++;
                clearCertain += band.IsCertain ? 1 : 0;
            }
        }
        Assert.True(certain > 500, $"{certain} were certain");
        Assert.True(clear > 250 && clearCertain == clear, $"{clearCertain} of {clear} clear ones were certain");
    }

    [Fact]
    public void A_confirmed_index_is_never_wrong()
    {
        var random = new Random(2);
        var confirmed = 0;
        for (var trial = 0; trial < 2500; trial++)
        {
            var (a, values) = Exact(random, trial % 3 == 0 ? 30 : 0);
            var n = values.Length;
            var threshold = Threshold(random, values);
            var eigen = Eigen(a, n, vectors: trial % 2 == 0);
            var point = new CriticalPoint<Tensor>
            {
                Point = 0,
                Size = n,
                Loss = 0,
                GradientNorm = 0,
                GradientError = 0,
                Displacement = 0,
                IsCritical = true,
                HessianError = 0,
                Eigenvalues = eigen.Eigenvalues,
                ErrorBounds = eigen.ErrorBounds,
                Outcome = eigen.Converged ? Outcome.Converged : Outcome.MaxIterations,
                Statistics = SpectrumStatistics.Of(eigen.Eigenvalues.AsSpan(), threshold),
                Inertia = Band(a, n, threshold),
                LowestPairs = [new(0, 0, 0, 0)],
                HighestPairs = [new(0, 0, 0, 0)],
            };
            if (!point.IndexConfirmed)
                continue;
            confirmed++;
            Assert.True(
                Counts(values, threshold) == (point.Index, point.Nullity, point.Statistics.Positive),
                $"trial {trial}: τ {threshold:R}, {string.Join(" ", values)}"
            );
        }
        Assert.True(confirmed > 400, $"{confirmed} were confirmed");
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-13)]
    [InlineData(-1e-13)]
    public void An_eigenvalue_within_its_bound_of_the_threshold_is_not_confirmed(double off)
    {
        var point = CriticalPoint.Classify(
            p => 0.5 * Sum(Square(p) * Tensor.Of([-3, 0.1, 2])),
            Tensor.Zeros([3]),
            new() { ZeroTolerance = 0.1 * (1 + off) }
        );
        Assert.False(point.IndexConfirmed);
        Assert.True(CriticalPoint.Classify(p => 0.5 * Sum(Square(p) * Tensor.Of([-3, 0.1, 2])), Tensor.Zeros([3])).IndexConfirmed);
    }

    [Fact]
    public void An_error_of_the_matrix_makes_what_lies_within_it_uncertain()
    {
        var a = WithEigenvalues([-4, -1, 0.01, 2, 3], seed: 1);
        Assert.True(Inertia.Certify(a, 5, 0.1, error: 0.05).IsCertain);
        Assert.InRange(Inertia.Certify(a, 5, 0.1, error: 0.05).Uncertainty, 0.05, 0.0501);
        var wide = Inertia.Certify(a, 5, 0.1, error: 0.0901);
        Assert.Equal((2, 1, 2, 1), (wide.Below, wide.Within, wide.Above, wide.Uncertain));
        Assert.False(Inertia.Certify(a, 5, 1.5, error: 0.6).IsCertain);
        Assert.Equal(5, Inertia.Certify(a, 5, 0.1, error: double.PositiveInfinity).Uncertain);
        Assert.Throws<ArgumentException>(() => Inertia.Certify(a, 5, 0.1, error: -1));
        Assert.Throws<ArgumentException>(() => Inertia.Certify(a, 5, 0.1, error: double.NaN));
    }

    private static (int, int, int) Counts(double[] values, double threshold) =>
        (
            values.Count(value => value < -threshold),
            values.Count(value => Math.Abs(value) <= threshold),
            values.Count(value => value > threshold)
        );

    /// <summary>A threshold some units in the last place from an eigenvalue's magnitude, or somewhere among them.</summary>
    private static double Threshold(Random random, double[] values)
    {
        var magnitude = Math.Abs(values[random.Next(values.Length)]);
        return random.Next(4) == 0
            ? magnitude * (0.5 + random.NextDouble())
            : Math.Max(
                0,
                magnitude + ((random.Next(9) - 4) * Math.BitIncrement(values.Max(Math.Abs)) * Epsilon * Math.Pow(2, random.Next(-2, 4)))
            );
    }

    /// <summary>
    /// Blocks H·D·Hᵀ/k, H Sylvester's matrix of order k and D of short whole numbers times a power of two, so that every element and every eigenvalue is exact; rows
    /// and columns in random order, eigenvalues repeated, zero, clustered or graded over 2^±grade.
    /// </summary>
    private static (double[] Matrix, double[] Values) Exact(Random random, int grade)
    {
        var blocks = Enumerable.Range(0, random.Next(1, 4)).Select(_ => 1 << random.Next(0, 4)).ToArray();
        var n = blocks.Sum();
        var (a, values, start) = (new double[n * n], new double[n], 0);
        var place = Enumerable.Range(0, n).ToArray();
        random.Shuffle(place);
        foreach (var k in blocks)
        {
            var scale = Math.ScaleB(1, random.Next(-grade, grade + 1) - 12);
            var center = random.Next(-4096, 4096);
            for (var i = 0; i < k; i++)
            {
                values[start + i] =
                    scale
                    * k
                    * random.Next(4) switch
                    {
                        0 => center,
                        1 => center + random.Next(-2, 3),
                        2 => 0,
                        _ => random.Next(-4096, 4096),
                    };
            }
            for (var i = 0; i < k; i++)
            {
                for (var j = 0; j < k; j++)
                {
                    var sum = 0.0;
                    for (var m = 0; m < k; m++)
                        sum += int.PopCount(i & m) % 2 == int.PopCount(j & m) % 2 ? values[start + m] : -values[start + m];
                    a[(place[start + i] * n) + place[start + j]] = sum / k;
                }
            }
            start += k;
        }
        Array.Sort(values);
        return (a, values);
    }
}
