using System.Globalization;
using AutoDiff.Curvature;

namespace AutoDiff.Benchmarks;

/// <summary>Ten eigenpairs at an end of a net's Hessian, from products with it: as ARPACK finds them, and with missed copies excluded.</summary>
internal static class EigenpairRows
{
    private const int Count = 10;

    public static Row[] Of(HessianOperator hessian, int threads)
    {
        var dense = SymmetricEigen.Decompose(hessian.ToMatrix(), hessian.Size, vectors: false).Eigenvalues;
        var certain = new EigenOptions { Threads = threads, RelativeToEigenvalue = true };
        var bare = certain with { BlockSize = 1, ExcludeMissed = false };
        return
        [
            Row("largest", options => Lanczos.Largest(hessian, Count, options), [.. dense[^Count..]]),
            Row("largest", options => Lanczos.Largest(hessian, Count, options), [.. dense[^Count..]], excluded: true),
            Row("smallest", options => Lanczos.Smallest(hessian, Count, options), [.. dense[..Count]]),
            Row("smallest", options => Lanczos.Smallest(hessian, Count, options), [.. dense[..Count]], excluded: true),
        ];

        Row Row(string end, Func<EigenOptions, EigenPairs> find, double[] expected, bool excluded = false)
        {
            var (peer, options) = ($"{Count} {end} eigenpairs (ARPACK)", excluded ? certain : bare);
            var what = excluded ? $"{Count} {end} eigenpairs, none missed" : peer;
            return new(what, () => find(options), () => Verify(what, find(options), expected)) { Peer = peer };
        }
    }

    private static void Verify(string what, EigenPairs found, double[] expected)
    {
        Check.Close(what, expected, [.. found.Eigenvalues], 1e-9);
        if (found.Outcome != Outcome.Converged)
            throw new WrongResultException($"{what}: {found.Outcome}");
        Terminal.Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {found.Products} products, largest residual {found.Measure:G2}, {found.Unexcluded} not excluded"
            )
        );
    }
}
