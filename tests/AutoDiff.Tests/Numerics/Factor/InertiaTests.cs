using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Numerics;

public class InertiaTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(66)]
    [InlineData(129)]
    [InlineData(200)]
    public void Counts_agree_with_eigenvalues_at_any_shift(int n)
    {
        var a = Random(n, seed: n);
        var values = Eigen(a, n, vectors: false).Eigenvalues;
        foreach (var shift in new[] { 0, -1.5, 0.25, 3, 100, -100 })
        {
            var signs = Signs(a, n, shift);
            Assert.Equal(
                (values.Count(x => x < shift), 0, values.Count(x => x > shift)),
                (signs.Negative, signs.Uncertain, signs.Positive)
            );
        }
    }

    [Fact]
    public void A_zero_diagonal_needs_blocks_of_two()
    {
        Assert.Equal((1, 0, 1), Counts(Signs([0, -2, -2, 0], 2)));
        var a = From(30, (i, j) => i == j ? 0 : Math.Cos((3 * i) + (5 * j)));
        var values = Eigen(a, 30, vectors: false).Eigenvalues;
        Assert.Equal((values.Count(x => x < 0), 0, values.Count(x => x > 0)), Counts(Signs(a, 30)));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(201)]
    public void Blocks_of_two_across_panels_are_counted(int n)
    {
        var a = From(n, (i, j) => i == j ? 0 : Math.Cos((3 * i * i) + (5 * j)));
        var values = Eigen(a, n, vectors: false).Eigenvalues;
        Assert.Equal((values.Count(x => x < 0), 0, values.Count(x => x > 0)), Counts(Signs(a, n)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(30)]
    public void Zero_and_identity_are_told(int n)
    {
        Assert.Equal((0, n, 0), Counts(Signs(new double[n * n], n)));
        Assert.Equal((0, n, 0), Counts(Signs(From(n, (i, j) => i == j ? 2 : 0), n, shift: 2)));
        Assert.Equal((n, 0, 0), Counts(Signs(From(n, (i, j) => i == j ? 2 : 0), n, shift: 3)));
    }

    [Fact]
    public void An_empty_matrix_has_no_signs() => Assert.Equal((0, 0, 0), Counts(Signs([], 0)));

    [Theory]
    [InlineData(1e150)]
    [InlineData(1e-150)]
    [InlineData(1.0)]
    public void Singular_matrices_have_uncertain_eigenvalues(double scale)
    {
        double[] values = [-3, -2, -2, .. Enumerable.Repeat(0.0, 20), .. Enumerable.Repeat(1.0, 30), 4];
        var a = WithEigenvalues(values, seed: 3).Select(x => x * scale).ToArray();
        Assert.Equal((3, 20, 31), Counts(Signs(a, values.Length)));
    }

    [Fact]
    public void Certify_counts_what_lies_within_the_band()
    {
        double[] values = [-5, -1e-3, -1e-7, 0, 0, 1e-8, 1e-4, 0.5, 2, 8];
        var a = WithEigenvalues(values, seed: 4);
        Assert.Equal((2, 4, 4), Counts(Band(a, 10, 1e-6)));
        Assert.True(Band(a, 10, 1e-6).IsCertain);
        Assert.Equal((1, 6, 3), Counts(Band(a, 10, 1e-2)));
        Assert.False(Band(a, 10, 1e-17).IsCertain);
        Assert.False(Band(a, 10, 0).IsCertain);
    }

    [Fact]
    public void An_eigenvalue_on_the_band_s_edge_is_uncertain()
    {
        var band = Band(Diagonal(-1, 0, 0.5, 3), 4, 0.5);
        Assert.Equal(1, band.Uncertain);
        Assert.False(band.IsCertain);
        Assert.Equal((1, 2, 1), Counts(band));
    }

    [Fact]
    public void Reference_matrices_with_clear_signs_agree()
    {
        foreach (var name in new[] { "wilkinson21", "random", "identity" })
        {
            var (a, n, values) = Reference(name);
            Assert.Equal((values.Count(x => x < 0), 0, values.Count(x => x > 0)), Counts(Signs(a, n)));
        }
        var (clustered, size, expected) = Reference("clustered");
        var band = Band(clustered, size, 1e-9);
        Assert.Equal((expected.Count(x => x < -1e-9), expected.Count(x => x > 1e-9)), (band.Below, band.Above));
        Assert.True(band.IsCertain);
    }

    [Fact]
    public void Growth_counts_diagonal_elements_that_shrink_again_before_their_row_is_read()
    {
        // The last pivot makes a₁₁ −1 − 1/0.65, the one before it takes 0.9 off its magnitude again.
        var inertia = Inertia.Of([0.1, 0, 0, 0, 0, -1, 0.9, 1, 0, 0.9, -0.9, 0, 0, 1, 0, 0.65], 4);
        EigenChecks.Near(1 + (1 / 0.65), inertia.Growth, 1e-15);
        Assert.Equal((2, 2), (inertia.Negative, inertia.Positive));
        Assert.Equal(1, Inertia.Of(new double[9], 3).Growth);
        Assert.Equal(1, Inertia.Of(Diagonal(3, -2, 1), 3).Growth);
    }

    [Theory]
    [InlineData(5, 0.3)]
    [InlineData(70, 0)]
    public void The_uncertainty_is_the_level_of_rounding(int n, double shift)
    {
        var a = Random(n, seed: n);
        var inertia = Inertia.Of(a, n, shift);
        var shifted = From(n, (i, j) => a[(i * n) + j] - (i == j ? shift : 0));
        EigenChecks.Near(1, inertia.Uncertainty / (inertia.Growth * n * Epsilon * Frobenius(shifted)), 1e-12);
        Assert.InRange(inertia.Growth, 1, 20);
        a[1] += 1e-10;
        EigenChecks.Near(1, (Inertia.Of(a, n, shift).Uncertainty - inertia.Uncertainty) / (1e-10 / Math.Sqrt(2)), 1e-3);
        Assert.InRange(Inertia.Certify(a, n, 0.5).Uncertainty, 1e-10 / Math.Sqrt(2), 1e-10);
    }

    [Fact]
    public void Wrong_input_throws()
    {
        Assert.Throws<ArgumentException>(() => Signs([1, 2, 3], 2));
        Assert.Throws<ArgumentException>(() => Signs([1, 2, 3, 4], 2));
        Assert.Throws<ArgumentException>(() => Signs([1, 2, 2, 4], 2, double.NaN));
        Assert.Throws<ArgumentException>(() => Band([1, 2, 2, 4], 2, -1));
        Assert.Throws<OperationCanceledException>(() => Inertia.Of(Random(64, 1), 64, cancellation: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Bits_do_not_depend_on_threads()
    {
        var a = Random(200, seed: 8);
        var (signs, band) = (Inertia.Of(a, 200, 0.1), Inertia.Certify(a, 200, 0.2));
        foreach (var threads in new[] { 2, 3, 8 })
        {
            Assert.Equal(signs, Inertia.Of(a, 200, 0.1, threads));
            Assert.Equal(band, Inertia.Certify(a, 200, 0.2, threads: threads));
        }
        Assert.Throws<ArgumentException>(() => Inertia.Of(a, 200, threads: 0));
        Assert.Throws<ArgumentException>(() => Inertia.Certify(a, 200, 0.1, threads: 0));
    }

    private static (int Below, int Within, int Above) Counts(InertiaBand band) => (band.Below, band.Within, band.Above);

    private static (int Negative, int Uncertain, int Positive) Counts(Inertia inertia) =>
        (inertia.Negative, inertia.Uncertain, inertia.Positive);
}
