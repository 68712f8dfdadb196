using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>Logarithms to other bases in double precision: the natural one in two doubles times the base's constant in two, so that whole results are exact.</summary>
internal static class LogarithmsOfBase
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>log₂ x.</summary>
    public readonly struct Two : IMap<double>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double> => Of(x, 1.4426950408889634, 2.0355273740931033e-17, 54);
    }

    /// <summary>log₁₀ x.</summary>
    public readonly struct Ten : IMap<double>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double> => Of(x, 0.43429448190325182, 1.0983196502167651e-17, 16.255619765854984);
    }

    /// <summary>c ln x with c = <paramref name="high"/> + <paramref name="low"/>; c ln 2⁵⁴ is <paramref name="offset"/>.</summary>
    [MethodImpl(Inline)]
    private static TPacked Of<TPacked>(TPacked x, double high, double low, double offset)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var infinity = TPacked.Of(double.PositiveInfinity);
        return TPacked.All(TPacked.IsLessOrEqual(TPacked.Of(Logarithm.Smallest), x) & TPacked.IsLess(x, infinity))
            ? Normal(x, high, low)
            : Anywhere(x, high, low, offset);
    }

    [MethodImpl(Inline)]
    private static TPacked Normal<TPacked>(TPacked x, double high, double low)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var (y, rest) = Powers.Log(x);
        var product = y * TPacked.Of(high);
        var lost = TPacked.Fused(y, TPacked.Of(high), -product);
        return product + TPacked.Fused(y, TPacked.Of(low), TPacked.Fused(rest, TPacked.Of(high), lost));
    }

    /// <summary>The same with subnormal numbers brought into range, and every special value.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TPacked Anywhere<TPacked>(TPacked x, double high, double low, double offset)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var (zero, infinity) = (TPacked.Of(0), TPacked.Of(double.PositiveInfinity));
        var small = TPacked.IsLess(x, TPacked.Of(Logarithm.Smallest));
        var y = Normal(TPacked.Select(small, x * TPacked.Of(18014398509481984), x), high, low);
        y = TPacked.Select(small, y - TPacked.Of(offset), y);
        y = TPacked.Select(TPacked.IsEqual(x, zero), -infinity, y);
        y = TPacked.Select(TPacked.IsLess(x, infinity), y, x);
        return TPacked.Select(TPacked.IsLess(x, zero), TPacked.Of(double.NaN), y);
    }
}
