using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>What the exponential functions of doubles are made of: eˣ = 2ⁿ·(1 + p) with x = n ln 2 + r, |r| ≤ ln 2 ⁄ 2, p = eʳ − 1.</summary>
/// <remarks>Muller, Elementary Functions (2016), chapters 5 and 11.</remarks>
internal static class Exponential
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Adding it to |n| &lt; 2⁵¹ rounds n to a whole number and leaves that number in the low bits.</summary>
    public const double Shifter = 6755399441055744;

    /// <summary>Up to here in magnitude 2ⁿ and eˣ are normal numbers.</summary>
    public const double Normal = 708;

    public const double Log2E = 1.4426950408889634;
    private const double Ln2High = 0x162E42FEFA39EF * 1.0 / (1L << 53);
    private const double Ln2Low = 2.3190468138462996e-17;

    /// <summary>n, still shifted, and p.</summary>
    [MethodImpl(Inline)]
    public static TPacked Reduce<TPacked>(TPacked x, out TPacked shifted)
        where TPacked : struct, IPacked<TPacked, double> => LessOne(Remainder(x, out shifted));

    /// <summary>n, still shifted, and r.</summary>
    [MethodImpl(Inline)]
    public static TPacked Remainder<TPacked>(TPacked x, out TPacked shifted)
        where TPacked : struct, IPacked<TPacked, double>
    {
        shifted = TPacked.Fused(x, TPacked.Of(Log2E), TPacked.Of(Shifter));
        var n = shifted - TPacked.Of(Shifter);
        var r = TPacked.Fused(n, TPacked.Of(-Ln2High), x);
        return TPacked.Fused(n, TPacked.Of(-Ln2Low), r);
    }

    /// <summary>eʳ − 1.</summary>
    [MethodImpl(Inline)]
    public static TPacked LessOne<TPacked>(TPacked r)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var square = r * r;
        return TPacked.Fused(Quotient(r, square), square, r);
    }

    /// <summary>(eʳ − 1 − r) ⁄ r², interpolated at Chebyshev's points: eʳ within 1.6e−17.</summary>
    [MethodImpl(Inline)]
    public static TPacked Quotient<TPacked>(TPacked r, TPacked square)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var odd = TPacked.Fused(TPacked.Of(2.5100424157005067e-8), square, TPacked.Of(2.7557268378684193e-6));
        var even = TPacked.Fused(TPacked.Of(2.7620138719733996e-7), square, TPacked.Of(2.4801521190217728e-5));
        odd = TPacked.Fused(odd, square, TPacked.Of(0.00019841269863105969));
        even = TPacked.Fused(even, square, TPacked.Of(0.0013888888917281793));
        odd = TPacked.Fused(odd, square, TPacked.Of(0.0083333333333300513));
        even = TPacked.Fused(even, square, TPacked.Of(0.041666666666623992));
        odd = TPacked.Fused(odd, square, TPacked.Of(0.16666666666666667));
        even = TPacked.Fused(even, square, TPacked.Of(0.5));
        return TPacked.Fused(odd, r, even);
    }

    /// <summary>2ⁿ, a normal number.</summary>
    [MethodImpl(Inline)]
    public static TPacked Power<TPacked>(TPacked shifted)
        where TPacked : struct, IPacked<TPacked, double> => TPacked.AddBits(TPacked.ShiftLeft(shifted, 52), TPacked.Of(1));

    /// <summary>2ⁿ·y where that and y are normal numbers.</summary>
    [MethodImpl(Inline)]
    public static TPacked Scale<TPacked>(TPacked y, TPacked shifted)
        where TPacked : struct, IPacked<TPacked, double> => TPacked.AddBits(TPacked.ShiftLeft(shifted, 52), y);

    /// <summary>eˣ⁻ᵏ ln 2 of any x.</summary>
    /// <remarks>Where both apply the bits are those of <see cref="Scale"/>; kept out of the loops, which rarely need it.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static TPacked Anywhere<TPacked>(TPacked x, double k)
        where TPacked : struct, IPacked<TPacked, double>
    {
        x = TPacked.Greater(TPacked.Of(-1000), TPacked.Lesser(TPacked.Of(1000), x));
        return ScaleAnywhere(Reduce(x, out var shifted) + TPacked.Of(1), shifted - TPacked.Of(Shifter + k));
    }

    /// <summary>2ⁿ·y, in two factors, the first of which keeps y normal: one rounding, and no overflow where the product has none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static TPacked ScaleAnywhere<TPacked>(TPacked y, TPacked n)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var first = TPacked.Greater(TPacked.Of(-1000), TPacked.Lesser(TPacked.Of(1000), n));
        return y * Power(first + TPacked.Of(Shifter)) * Power(n - first + TPacked.Of(Shifter));
    }
}
