using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>xʸ = e^(y ln |x|) with the sign of a whole odd power, in double precision: the logarithm in two doubles.</summary>
/// <remarks>The logarithm is k ln 2 + 2 artanh s, s = f ⁄ (f + 2). Every special value is left to <see cref="Math.Pow"/>, lane by lane.</remarks>
internal static class Powers
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // 42 bits of ln 2, so that a whole multiple is exact, and the rest.
    private const double Ln2High = 0.6931471805598903;
    private const double Ln2Low = 5.497923018708371e-14;

    private const double Third = 1.0 / 3;
    private const double ThirdLow = 1.850371707708594e-17;

    /// <summary>xʸ.</summary>
    public readonly struct Power : IZip<double>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var a = TPacked.Abs(x);
            var (high, low) = Log(a);
            var product = y * high;
            low = TPacked.Fused(y, low, TPacked.Fused(y, high, -product));
            var inside =
                TPacked.IsLessOrEqual(TPacked.Of(Logarithm.Smallest), a)
                & TPacked.IsLess(a, TPacked.Of(double.PositiveInfinity))
                & TPacked.IsLess(TPacked.Abs(product), TPacked.Of(Exponential.Normal));
            var result = Signed(x, y, Exp(product, low));
            return TPacked.All(inside) ? result : Elsewhere(x, y, result, inside);
        }
    }

    /// <summary>The power of |x|, negated where x is negative and y odd; NaN where x is negative and y not whole.</summary>
    [MethodImpl(Inline)]
    public static TPacked Signed<TPacked>(TPacked x, TPacked y, TPacked power)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var negative = TPacked.IsLess(x, TPacked.Of(0));
        if (TPacked.All(~negative))
            return power;
        var half = y * TPacked.Of(0.5);
        var odd = negative & ~TPacked.IsEqual(TPacked.Round(half), half);
        var undefined = negative & ~TPacked.IsEqual(TPacked.Round(y), y);
        return TPacked.Select(undefined, TPacked.Of(double.NaN), power ^ (odd & TPacked.Of(-0.0)));
    }

    /// <summary>The result inside, the scalar function's elsewhere.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static TPacked Elsewhere<TPacked>(TPacked x, TPacked y, TPacked result, TPacked inside)
        where TPacked : struct, IPacked<TPacked, double>
    {
        Span<double> bases = stackalloc double[TPacked.Count];
        Span<double> exponents = stackalloc double[TPacked.Count];
        Span<double> results = stackalloc double[TPacked.Count];
        Span<double> taken = stackalloc double[TPacked.Count];
        TPacked.Store(x, ref bases[0], 0);
        TPacked.Store(y, ref exponents[0], 0);
        TPacked.Store(result, ref results[0], 0);
        TPacked.Store(inside, ref taken[0], 0);
        for (var i = 0; i < results.Length; i++)
        {
            if (BitConverter.DoubleToInt64Bits(taken[i]) == 0)
                results[i] = Math.Pow(bases[i], exponents[i]);
        }
        return TPacked.Load(ref results[0], 0);
    }

    /// <summary>ln a of a positive normal number, as the unrounded sum of two, within 2⁻⁶⁴.</summary>
    [MethodImpl(Inline)]
    public static (TPacked High, TPacked Low) Log<TPacked>(TPacked a)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var one = TPacked.Of(1);
        var u = Logarithm.Split(a, out var biased);
        var k = Logarithm.Exponent(biased);
        var (f, sum) = (u - one, u + one);
        var inverse = one / sum;
        // s, z = s² and z ⁄ 3, each with what its rounding lost.
        var s = f * inverse;
        var lowS = TPacked.Fused(-s, sum, f);
        lowS = TPacked.Fused(-s, u - (sum - one), lowS) * inverse;
        var z = s * s;
        var lowZ = TPacked.Fused(s + s, lowS, TPacked.Fused(s, s, -z));
        var third = z * TPacked.Of(Third);
        var lowThird = TPacked.Fused(
            lowZ,
            TPacked.Of(Third),
            TPacked.Fused(z, TPacked.Of(ThirdLow), TPacked.Fused(z, TPacked.Of(Third), -third))
        );
        var w = z * z;
        lowThird = TPacked.Fused(Series(z, w), w, lowThird);
        // 2 s (1 + z ⁄ 3 + …): the first two terms exactly, then joined to k ln 2.
        (s, lowS) = (s + s, lowS + lowS);
        var cubic = s * third;
        var low = TPacked.Fused(s, lowThird, TPacked.Fused(s, third, -cubic)) + TPacked.Fused(lowS, third, lowS);
        low = TPacked.Fused(k, TPacked.Of(Ln2Low), low);
        var first = k * TPacked.Of(Ln2High);
        var joined = first + s;
        low += s - (joined - first);
        var all = joined + cubic;
        low += cubic - (all - joined);
        var high = all + low;
        return (high, low - (high - all));
    }

    /// <summary>((artanh s) ⁄ s − 1 − z ⁄ 3) ⁄ z² with z = s², interpolated at Chebyshev's points: within 7e−17.</summary>
    [MethodImpl(Inline)]
    private static TPacked Series<TPacked>(TPacked z, TPacked w)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var odd = TPacked.Fused(TPacked.Of(0.05861589311938259), w, TPacked.Of(0.06667402346923655));
        var even = TPacked.Fused(TPacked.Of(0.05853118169745603), w, TPacked.Of(0.07692297481259215));
        odd = TPacked.Fused(odd, w, TPacked.Of(0.09090909167696401));
        even = TPacked.Fused(even, w, TPacked.Of(0.11111111110827943));
        odd = TPacked.Fused(odd, w, TPacked.Of(0.14285714285714682));
        even = TPacked.Fused(even, w, TPacked.Of(0.2));
        return TPacked.Fused(odd, z, even);
    }

    /// <summary>e^(x + low), rounded but once from a sum of two doubles.</summary>
    [MethodImpl(Inline)]
    private static TPacked Exp<TPacked>(TPacked x, TPacked low)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var shifted = TPacked.Fused(x, TPacked.Of(Exponential.Log2E), TPacked.Of(Exponential.Shifter));
        var n = shifted - TPacked.Of(Exponential.Shifter);
        var exact = TPacked.Fused(n, TPacked.Of(-Ln2High), x);
        low = TPacked.Fused(n, TPacked.Of(-Ln2Low), low);
        var r = exact + low;
        low -= r - exact;
        var square = r * r;
        var rest = TPacked.Fused(Exponential.Quotient(r, square), square, TPacked.Fused(low, r, low));
        var sum = TPacked.Of(1) + r;
        return Exponential.Scale(sum + (r - (sum - TPacked.Of(1)) + rest), shifted);
    }
}
