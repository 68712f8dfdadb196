using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>sin πx ⁄ πx in double precision: with x = n + r and n whole, (−1)ⁿ r ⁄ x · sin πr ⁄ πr, the latter by a polynomial in r².</summary>
internal readonly struct SincLoop : IMap<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPacked Invoke<TPacked>(TPacked x)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var (a, half) = (TPacked.Abs(x), TPacked.Of(0.5));
        var n = TPacked.Round(a);
        var r = a - n;
        var z = r * r;
        // (sin πr ⁄ πr − 1) ⁄ r², interpolated at Chebyshev's points: within 5e−21.
        var p = TPacked.Fused(TPacked.Of(-7.114052818770147e-09), z, TPacked.Of(2.5303274566671434e-07));
        p = TPacked.Fused(p, z, TPacked.Of(-6.975851212142348e-06));
        p = TPacked.Fused(p, z, TPacked.Of(0.00014842878972770888));
        p = TPacked.Fused(p, z, TPacked.Of(-0.002346081035170168));
        p = TPacked.Fused(p, z, TPacked.Of(0.026147847817640922));
        p = TPacked.Fused(p, z, TPacked.Of(-0.19075182412208389));
        p = TPacked.Fused(p, z, TPacked.Of(0.8117424252833536));
        p = TPacked.Fused(p, z, TPacked.Of(-1.6449340668482264));
        p = TPacked.Fused(p, z, TPacked.Of(1));
        var odd = ~TPacked.IsEqual(TPacked.Round(n * half), n * half);
        var ratio = (r ^ (odd & TPacked.Of(-0.0))) / a;
        var zero = TPacked.Of(0);
        var y = TPacked.Select(TPacked.IsEqual(n, zero), p, ratio * p) + zero; // no −0
        return TPacked.Select(TPacked.IsEqual(a, TPacked.Of(double.PositiveInfinity)), zero, y);
    }
}
