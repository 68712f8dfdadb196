using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>What the logarithms of doubles are made of: u = 2ᵏ·(1 + f) with 1 + f in [√½, √2).</summary>
/// <remarks>The polynomial and the order of the sum are fdlibm's (Sun Microsystems, 1993).</remarks>
internal static class Logarithm
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const long SqrtHalf = 0x3FE6A09E667F3BCD;

    /// <summary>The smallest normal number.</summary>
    public const double Smallest = 2.2250738585072014e-308;

    /// <summary>1 + f, and k + 1023 as bits, of a positive normal number.</summary>
    [MethodImpl(Inline)]
    public static TPacked Split<TPacked>(TPacked u, out TPacked biased)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var moved = TPacked.AddBits(u, TPacked.OfBits(0x3FF0000000000000 - SqrtHalf));
        biased = TPacked.ShiftRight(moved, 52);
        return TPacked.AddBits(moved & TPacked.OfBits(0x000FFFFFFFFFFFFF), TPacked.OfBits(SqrtHalf));
    }

    /// <summary>k as a number: the bits below those of 2⁵² count units.</summary>
    [MethodImpl(Inline)]
    public static TPacked Exponent<TPacked>(TPacked biased)
        where TPacked : struct, IPacked<TPacked, double> => (biased | TPacked.Of(4503599627370496)) - TPacked.Of(4503599627370496 + 1023);

    /// <summary>k ln 2 + ln(1 + f).</summary>
    [MethodImpl(Inline)]
    public static TPacked Sum<TPacked>(TPacked k, TPacked f)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var s = f / (f + TPacked.Of(2));
        var z = s * s;
        var w = z * z;
        var odd = TPacked.Fused(TPacked.Of(1.479819860511658591e-01), w, TPacked.Of(1.818357216161805012e-01));
        var even = TPacked.Fused(TPacked.Of(1.531383769920937332e-01), w, TPacked.Of(2.222219843214978396e-01));
        odd = TPacked.Fused(odd, w, TPacked.Of(2.857142874366239149e-01));
        even = TPacked.Fused(even, w, TPacked.Of(3.999999999940941908e-01));
        odd = TPacked.Fused(odd, w, TPacked.Of(6.666666666666735130e-01));
        var halfSquare = f * f * TPacked.Of(0.5);
        var r = TPacked.Fused(TPacked.Fused(even, z, odd), z, halfSquare);
        var tail = halfSquare - TPacked.Fused(s, r, k * TPacked.Of(1.90821492927058770002e-10)) - f;
        return TPacked.Fused(k, TPacked.Of(6.93147180369123816490e-01), -tail);
    }

    /// <summary>ln(sum + lost) of a positive normal sum and what its rounding lost.</summary>
    [MethodImpl(Inline)]
    public static TPacked OfSum<TPacked>(TPacked sum, TPacked lost)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var u = Split(sum, out var biased);
        // 2¹⁻ᵏ: 2⁻ᵏ is subnormal for the largest k.
        var scale = TPacked.ShiftLeft(TPacked.SubtractBits(TPacked.OfBits(2047), biased), 52);
        return Sum(Exponent(biased), TPacked.Fused(lost * TPacked.Of(0.5), scale, u - TPacked.Of(1)));
    }
}
