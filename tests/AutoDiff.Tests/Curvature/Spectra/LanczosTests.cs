using AutoDiff.Curvature;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Curvature;

public class LanczosTests
{
    private static readonly double[] Line = [.. Enumerable.Range(1, 200).Select(i => (double)i)];

    public static TheoryData<string> References => ["wilkinson21", "clustered", "graded", "random", "hilbert", "identity", "zero"];

    [Theory]
    [MemberData(nameof(References))]
    public void Reference_spectra_come_out_at_both_ends_for_every_count_and_block(string name)
    {
        const double tolerance = 1e-13;
        var (matrix, n, expected) = Reference(name);
        var a = MatrixOperator.Of(matrix, n);
        foreach (var block in new[] { 1, 2, 3, n })
        {
            for (var count = 1; count <= n; count += 1 + (n / 6))
            {
                var options = new EigenOptions { BlockSize = block, Tolerance = tolerance };
                Holds(a, Lanczos.Largest(a, count, options), expected[^count..], tolerance);
                Holds(a, Lanczos.Smallest(a, count, options), expected[..count], tolerance);
                var (smallest, largest) = Lanczos.BothEnds(a, count, n - count + 1, options);
                Holds(a, smallest, expected[..count], tolerance);
                Holds(a, largest, expected[(count - 1)..], tolerance);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void All_copies_of_multiple_eigenvalues_are_found(int block)
    {
        const double tolerance = 1e-8;
        double[][] spectra =
        [
            [.. Enumerable.Repeat(5.0, 3), .. Enumerable.Repeat(1.0, 97)],
            [.. Enumerable.Repeat(5.0, 7), .. Enumerable.Range(0, 193).Select(i => i / 193.0)],
            [9, .. Enumerable.Repeat(5.0, 4), .. Enumerable.Repeat(4.0, 5), .. Enumerable.Range(0, 140).Select(i => -i / 100.0)],
        ];
        for (var i = 0; i < spectra.Length; i++)
        {
            var n = spectra[i].Length;
            var a = MatrixOperator.Of(WithEigenvalues(spectra[i], seed: i), n);
            double[] expected = [.. spectra[i].Order()];
            foreach (var count in new[] { 1, 2, 4, 6, 9, 12 })
            {
                var found = Lanczos.Largest(a, count, new() { BlockSize = block });
                Assert.Equal(0, found.Unexcluded);
                Holds(a, found, expected[^count..], tolerance);
                found = Lanczos.Smallest(a.Scale(-1), count, new() { BlockSize = block });
                Assert.Equal(0, found.Unexcluded);
                Holds(a.Scale(-1), found, [.. expected[^count..].Select(x => -x).Order()], tolerance);
            }
        }
    }

    /// <summary>Values, residuals by a product of the test's own, bounds and orthonormality; eigenvalues nearer than the tolerance may stand for each other.</summary>
    private static void Holds(LinearOperator a, EigenPairs found, double[] expected, double tolerance)
    {
        Assert.Equal(expected.Length, found.Value.Length);
        Assert.Equal(Outcome.Converged, found.Outcome);
        var norm = Math.Max(found.Norm, 1e-300);
        var place = 100 * tolerance * norm;
        for (var i = 0; i < expected.Length; i++)
        {
            var pair = found.Value[i];
            var v = pair.Vector.ToArray();
            var rest = a.Apply(v).Zip(v, (y, x) => y - (pair.Value * x)).ToArray();
            Assert.InRange(Math.Abs(Frobenius(rest) - pair.Residual), 0, 1e-13 * norm);
            Assert.InRange(Math.Abs(pair.Value - expected[i]), 0, pair.ErrorBound + place + (1e-14 * norm));
            for (var j = 0; j <= i; j++)
                Assert.InRange(Math.Abs(Dot(found.Value[j].Vector.AsSpan(), v) - (i == j ? 1 : 0)), 0, 1e-13);
        }
    }
}
