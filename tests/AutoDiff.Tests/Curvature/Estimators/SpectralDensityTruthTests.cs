using AutoDiff.Curvature;
using AutoDiff.Tests.Numerics;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Curvature;

/// <summary>Densities whose truth is known: of random matrices and of a net.</summary>
public class SpectralDensityTruthTests
{
    /// <summary>A κ of bumps that overlap where nodes are sparsest, in the middle of a range.</summary>
    private const double Smooth = 1.2;

    [Fact]
    public void A_spiked_covariance_shows_its_outliers_and_its_bulk()
    {
        // diag(5, 4, 3, 0, …) + ZZᵀ/n with Z [n, n]: outliers (θ + 1)²/θ for each spike θ (Benaych-Georges, Nadakuditi 2011)
        // would be those of a covariance; added to it a spike θ gives θ + θ/(θ − 1), and the bulk is Marchenko and Pastur's on [0, 4].
        const int n = 2000;
        var z = MatrixOperator.Of(Key.Of(7).Normal([n, n]).ToArray(), n, n);
        var a = DiagonalOperator.Of([5, 4, 3, .. new double[n - 3]]).Plus(z.Transpose().Gram().Scale(1.0 / n));
        var density = SpectralDensity.Of(
            a,
            Key.Of(1),
            new()
            {
                DeflateLargest = 3,
                Nodes = 60,
                Kappa = 1.1,
            }
        );
        Assert.False(density.IsExact);
        foreach (var (expected, actual) in new[] { 4.5, 16 / 3.0, 6.25 }.Zip(density.Outliers))
            Assert.InRange(actual, expected - 0.25, expected + 0.25);
        // The bulk's edge, by the largest node and by the mass beyond.
        Assert.InRange(density.Rules.Max(rule => rule.Nodes[^1]), 3.9, 4.05);
        Assert.InRange(density.Mass(4.05, 10).Value, 2.9 / n, 3.1 / n);
        // Marchenko-Pastur: ρ(x) = √((4 − x)/x)/(2π).
        var distance = 0.0;
        for (var i = 0; i < density.Axis.Length; i++)
        {
            var x = density.Grid[i];
            if (x is > 0.3 and < 3.8)
                distance += Math.Abs(density.Density[i] - (Math.Sqrt((4 - x) / x) / (2 * Math.PI))) * density.Spacing;
        }
        Assert.InRange(distance, 0, 0.04);
        Assert.InRange(distance, 0, 1.5 * density.IntegratedError);
        foreach (var x in new[] { 0.05, 0.5, 1, 2, 3 })
        {
            var mass = density.Mass(-1, x).Value;
            var half = Math.Asin(Math.Sqrt(x / 4));
            Assert.InRange(mass - ((2 * half) + Math.Sin(2 * half)) / Math.PI, -0.02, 0.02);
        }
    }

    [Fact]
    public void The_hessian_of_a_net_has_the_density_of_its_eigenvalues()
    {
        var keys = Key.Of(5).Split(3);
        var rows = Transforms.Evaluate(keys[0].Normal([64, 10]));
        var targets = Transforms.Evaluate(Ops.Sin(Ops.MatMul(rows, keys[1].Normal([10, 3]))));
        var hessian = HessianOperator.Of(Loss, Transforms.Evaluate(keys[2].Normal([297], standardDeviation: 0.4)));
        var eigenvalues = SymmetricEigen.Decompose(hessian.ToMatrix(), hessian.Size, vectors: false).Eigenvalues;
        var density = SpectralDensity.Of(
            hessian,
            Key.Of(1),
            new()
            {
                Nodes = 30,
                Samples = 10,
                MaxProducts = 296,
                Kappa = Smooth,
            }
        );
        Assert.False(density.IsExact);
        // Against a histogram of the exact eigenvalues, in bins as wide as the bumps and half as wide again.
        var bins = (int)((eigenvalues[^1] - eigenvalues[0]) / (1.5 * density.Width));
        var histogram = Histogram.EqualWidth(eigenvalues.AsSpan(), bins);
        var (low, distance) = (double.NegativeInfinity, 0.0);
        for (var bin = 0; bin < bins; bin++)
        {
            var high = bin == bins - 1 ? double.PositiveInfinity : histogram.Edges[bin + 1];
            var mass = density.Axis.Select((x, i) => x > low && x <= high ? density.Density[i] * density.Spacing : 0).Sum();
            distance += Math.Abs(mass - (histogram.Counts[bin] / (double)hessian.Size));
            low = high;
        }
        Assert.InRange(distance, 0, 0.35);
        var square = density.Mean(x => x * x);
        Assert.InRange(Math.Abs(square.Value - eigenvalues.Average(x => x * x)), 0, 4 * square.StandardError);

        Tensor Loss(Tensor p)
        {
            var hidden = Ops.Tanh(Ops.MatMul(rows, Ops.Reshape(Ops.Slice(p, 0, 0, 210), [10, 21])) + Ops.Slice(p, 0, 210, 231));
            var output = Ops.MatMul(hidden, Ops.Reshape(Ops.Slice(p, 0, 231, 294), [21, 3])) + Ops.Slice(p, 0, 294, 297);
            return Ops.Mean(Ops.Square(output - targets)) + (0.01 * Ops.Sum(Ops.Square(p)));
        }
    }
}
