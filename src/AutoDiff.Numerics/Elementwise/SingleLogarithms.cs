using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>The logarithmic functions in single precision, by the formulas of <see cref="Logarithms"/> with a polynomial in place of the quotient.</summary>
internal static class SingleLogarithms
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const long SqrtHalf = 0x3F3504F3;
    private const float Smallest = 1.17549435e-38f;

    /// <summary>The natural logarithm.</summary>
    public readonly struct Log : IMap<float>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, float>
        {
            var infinity = TPacked.Of(float.PositiveInfinity);
            if (!TPacked.All(TPacked.IsLessOrEqual(TPacked.Of(Smallest), x) & TPacked.IsLess(x, infinity)))
                return Anywhere(x);
            var u = Split(x, out var biased);
            return Sum(Exponent(biased), u - TPacked.Of(1));
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static TPacked Anywhere<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, float>
        {
            var (zero, infinity) = (TPacked.Of(0), TPacked.Of(float.PositiveInfinity));
            var small = TPacked.IsLess(x, TPacked.Of(Smallest));
            var u = Split(TPacked.Select(small, x * TPacked.Of(16777216), x), out var biased);
            var y = Sum(Exponent(biased) - (small & TPacked.Of(24)), u - TPacked.Of(1));
            y = TPacked.Select(TPacked.IsEqual(x, zero), -infinity, y);
            y = TPacked.Select(TPacked.IsLess(x, infinity), y, x);
            return TPacked.Select(TPacked.IsLess(x, zero), TPacked.Of(float.NaN), y);
        }
    }

    /// <summary>ln(1 + x).</summary>
    public readonly struct Log1p : IMap<float>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, float>
        {
            var (one, infinity) = (TPacked.Of(1), TPacked.Of(float.PositiveInfinity));
            var sum = one + x;
            var kept = sum - one;
            var lost = one - (sum - kept) + (x - kept);
            var u = Split(sum, out var biased);
            // 2¹⁻ᵏ: 2⁻ᵏ is subnormal for the largest k.
            var scale = TPacked.ShiftLeft(TPacked.SubtractBits(TPacked.OfBits(255), biased), 23);
            var y = Sum(Exponent(biased), TPacked.Fused(lost * TPacked.Of(0.5f), scale, u - one));
            // With the sign of x, so that −0 stays.
            y = TPacked.Abs(y) | (x & TPacked.Of(-0.0f));
            var inside = TPacked.IsLess(-one, x) & TPacked.IsLess(x, infinity);
            return TPacked.All(inside) ? y : TPacked.Select(inside, y, Outside(x));
        }

        /// <summary>Of x not between −1 and ∞.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static TPacked Outside<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, float>
        {
            var infinity = TPacked.Of(float.PositiveInfinity);
            var y = TPacked.Select(TPacked.IsEqual(x, TPacked.Of(-1)), -infinity, TPacked.Of(float.NaN));
            return TPacked.Select(TPacked.IsEqual(x, infinity), x, y);
        }
    }

    /// <summary>ln(1 + eˣ), as max(x, 0) + ln(1 + e^−|x|).</summary>
    public readonly struct Softplus : IMap<float>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, float>
        {
            var t = SingleExponentials.Exp.Invoke(-TPacked.Abs(x));
            var one = TPacked.Of(1);
            var above = TPacked.IsLess(TPacked.Of(0.41421356f), t);
            var f = TPacked.Select(above, (t - one) * TPacked.Of(0.5f), t);
            return TPacked.Greater(TPacked.Of(0), x) + Sum(above & one, f);
        }
    }

    /// <summary>1 + f in [√½, √2), and k + 127 as bits, of a positive normal number.</summary>
    [MethodImpl(Inline)]
    private static TPacked Split<TPacked>(TPacked u, out TPacked biased)
        where TPacked : struct, IPacked<TPacked, float>
    {
        var moved = TPacked.AddBits(u, TPacked.OfBits(0x3F800000 - SqrtHalf));
        biased = TPacked.ShiftRight(moved, 23);
        return TPacked.AddBits(moved & TPacked.OfBits(0x007FFFFF), TPacked.OfBits(SqrtHalf));
    }

    /// <summary>k as a number: the bits below those of 2²³ count units.</summary>
    [MethodImpl(Inline)]
    private static TPacked Exponent<TPacked>(TPacked biased)
        where TPacked : struct, IPacked<TPacked, float> => (biased | TPacked.Of(8388608)) - TPacked.Of(8388608 + 127);

    /// <summary>k ln 2 + ln(1 + f), the latter f − f²⁄2 + f³·q(f), interpolated at Chebyshev's points, within 3.5e−9.</summary>
    [MethodImpl(Inline)]
    private static TPacked Sum<TPacked>(TPacked k, TPacked f)
        where TPacked : struct, IPacked<TPacked, float>
    {
        var z = f * f;
        var even = TPacked.Fused(TPacked.Of(0.0697161147f), z, TPacked.Of(0.116854199f));
        var odd = TPacked.Fused(TPacked.Of(-0.114797338f), z, TPacked.Of(-0.124256873f));
        even = TPacked.Fused(even, z, TPacked.Of(0.142490576f));
        odd = TPacked.Fused(odd, z, TPacked.Of(-0.166678023f));
        even = TPacked.Fused(even, z, TPacked.Of(0.200007157f));
        odd = TPacked.Fused(odd, z, TPacked.Of(-0.24999997f));
        even = TPacked.Fused(even, z, TPacked.Of(0.333333312f));
        var q = TPacked.Fused(odd, f, even);
        var low = TPacked.Fused(z * f, q, k * TPacked.Of(-1.90465421e-09f));
        var tail = TPacked.Fused(z, TPacked.Of(-0.5f), low) + f;
        return TPacked.Fused(k, TPacked.Of(0.693147182465f), tail);
    }
}
