using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>erf and erfc in double precision: a polynomial near zero, e^−a² times a polynomial in (a − 3) ⁄ (a + 3) beyond.</summary>
/// <remarks>The right tail is never formed by subtraction; (a + 3) e^a² erfc a as a function of (a − 3) ⁄ (a + 3) is after Shepherd and Laframboise (1981).
/// The polynomials are interpolated at Chebyshev's points.</remarks>
internal static class ErrorFunctions
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const double Near = 0.75;

    /// <summary>2⁄√π ∫₀ˣ e^(−t²) dt.</summary>
    public readonly struct Erf : IMap<double>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var a = TPacked.Abs(x);
            // Of NaN too: it is not beyond.
            var y = TPacked.Fused(a, Excess(a * a), a);
            var near = IsNear(a);
            if (!TPacked.All(near))
            {
                // Beyond 6 the value rounds to 1.
                a = TPacked.Lesser(TPacked.Of(6), a);
                var square = a * a;
                var tail = Tail(a, square, TPacked.Fused(a, a, -square), out var shifted);
                y = TPacked.Select(near, y, TPacked.Of(1) - Exponential.Scale(tail, shifted));
            }
            return y | (x & TPacked.Of(-0.0));
        }
    }

    /// <summary>1 − erf x.</summary>
    public readonly struct Erfc : IMap<double>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            // Right of ¼ as ½ − (erf x − ½): there 1 − erf x would cancel.
            var part = ~TPacked.IsLess(x, TPacked.Of(0.25)) & TPacked.Of(0.5);
            var y = TPacked.Of(1) - part - TPacked.Fused(x, Excess(x * x), x - part);
            var a = TPacked.Abs(x);
            var near = IsNear(a);
            return TPacked.All(near) ? y : TPacked.Select(near, y, Beyond(x, a));
        }

        [MethodImpl(Inline)]
        private static TPacked Beyond<TPacked>(TPacked x, TPacked a)
            where TPacked : struct, IPacked<TPacked, double>
        {
            // Beyond 27.3 the value rounds to 0.
            a = TPacked.Lesser(TPacked.Of(28), a);
            var square = a * a;
            var tail = Tail(a, square, TPacked.Fused(a, a, -square), out var shifted);
            tail = Scaled(tail, shifted, a);
            return TPacked.Select(TPacked.IsLess(x, TPacked.Of(0)), TPacked.Of(2) - tail, tail);
        }
    }

    /// <summary>Φ(x) = ½ erfc(−x ⁄ √2).</summary>
    public readonly struct NormalCdf : IMap<double>
    {
        private const double SqrtHalf = 0.70710678118654752;

        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var half = TPacked.Of(0.5);
            var z = x * TPacked.Of(-SqrtHalf);
            var part = ~TPacked.IsLess(z, TPacked.Of(0.25)) & half;
            var y = half * (TPacked.Of(1) - part - TPacked.Fused(z, Excess(z * z), z - part));
            var near = IsNear(TPacked.Abs(z));
            return TPacked.All(near) ? y : TPacked.Select(near, y, Beyond(x));
        }

        /// <summary>The exponent x² ⁄ 2 is taken from x itself: the rounding of x ⁄ √2 would grow with its square.</summary>
        [MethodImpl(Inline)]
        private static TPacked Beyond<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var (one, half) = (TPacked.Of(1), TPacked.Of(0.5));
            // Left of −38.6 the value rounds to 0.
            var b = TPacked.Lesser(TPacked.Of(39.5), TPacked.Abs(x));
            var (a, square) = (b * TPacked.Of(SqrtHalf), b * b);
            var tail = Tail(a, half * square, half * TPacked.Fused(b, b, -square), out var shifted);
            tail = Scaled(tail, shifted - one, a);
            return TPacked.Select(TPacked.IsLess(x, TPacked.Of(0)), tail, one - tail);
        }
    }

    /// <summary>2ⁿ·y of a tail at a.</summary>
    [MethodImpl(Inline)]
    private static TPacked Scaled<TPacked>(TPacked y, TPacked shifted, TPacked a)
        where TPacked : struct, IPacked<TPacked, double> =>
        TPacked.All(TPacked.IsLess(a, TPacked.Of(26)))
            ? Exponential.Scale(y, shifted)
            : Exponential.ScaleAnywhere(y, shifted - TPacked.Of(Exponential.Shifter));

    /// <summary>Whether a is not beyond the polynomial; NaN is not.</summary>
    [MethodImpl(Inline)]
    private static TPacked IsNear<TPacked>(TPacked a)
        where TPacked : struct, IPacked<TPacked, double> => ~TPacked.IsLess(TPacked.Of(Near), a);

    /// <summary>(erf x − x) ⁄ x as a function of x².</summary>
    [MethodImpl(Inline)]
    private static TPacked Excess<TPacked>(TPacked z)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var w = z * z;
        var even = TPacked.Fused(TPacked.Of(1.1472499701094691e-8), w, TPacked.Of(1.643068417974155e-6));
        var odd = TPacked.Fused(TPacked.Of(-1.5940066854661717e-7), w, TPacked.Of(-1.4924196305569617e-5));
        even = TPacked.Fused(even, w, TPacked.Of(0.00012055289567541706));
        odd = TPacked.Fused(odd, w, TPacked.Of(-0.0008548326188759752));
        even = TPacked.Fused(even, w, TPacked.Of(0.005223977615420539));
        odd = TPacked.Fused(odd, w, TPacked.Of(-0.026866170644428485));
        even = TPacked.Fused(even, w, TPacked.Of(0.11283791670952596));
        odd = TPacked.Fused(odd, w, TPacked.Of(-0.37612638903183715));
        even = TPacked.Fused(even, w, TPacked.Of(0.1283791670955126));
        return TPacked.Fused(odd, z, even);
    }

    /// <summary>erfc a = 2ⁿ·y of a ≥ ¾, a² being <paramref name="square"/> + <paramref name="rest"/>: y, and n still shifted.</summary>
    [MethodImpl(Inline)]
    private static TPacked Tail<TPacked>(TPacked a, TPacked square, TPacked rest, out TPacked shifted)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var (one, three) = (TPacked.Of(1), TPacked.Of(3));
        var sum = a + three;
        var inverse = one / sum;
        // What the roundings of a² and of 1 ⁄ (a + 3) lost, relative to the result, joins the exponent.
        var lost = TPacked.Fused(-inverse, sum, one) - rest;
        lost = TPacked.Fused(-inverse, a - (sum - three), lost);
        var p = Exponential.LessOne(Exponential.Remainder(-square, out shifted) + lost);
        var t = TPacked.Fused(TPacked.Of(-6), inverse, one);
        var w = t * t;
        var even = TPacked.Fused(TPacked.Of(-2.199141187588656e-8), w, TPacked.Of(7.264438198771029e-8));
        var odd = TPacked.Fused(TPacked.Of(5.7794360448074986e-8), w, TPacked.Of(-2.589910218528991e-7));
        even = TPacked.Fused(even, w, TPacked.Of(-4.1857135447391923e-7));
        odd = TPacked.Fused(odd, w, TPacked.Of(1.020228914098305e-6));
        even = TPacked.Fused(even, w, TPacked.Of(2.7646405846072845e-6));
        odd = TPacked.Fused(odd, w, TPacked.Of(-4.7581815900471865e-6));
        even = TPacked.Fused(even, w, TPacked.Of(-1.7468580507680916e-5));
        odd = TPacked.Fused(odd, w, TPacked.Of(3.040032876624499e-5));
        even = TPacked.Fused(even, w, TPacked.Of(0.0001075607739803264));
        odd = TPacked.Fused(odd, w, TPacked.Of(-0.00027677815743208764));
        even = TPacked.Fused(even, w, TPacked.Of(-0.0005483095660019428));
        odd = TPacked.Fused(odd, w, TPacked.Of(0.003034062027083254));
        even = TPacked.Fused(even, w, TPacked.Of(-0.0012124166392782961));
        odd = TPacked.Fused(odd, w, TPacked.Of(-0.02682723462562403));
        even = TPacked.Fused(even, w, TPacked.Of(0.11952776128789556));
        odd = TPacked.Fused(odd, w, TPacked.Of(-0.31046726190054524));
        even = TPacked.Fused(even, w, TPacked.Of(0.5902283571040883));
        odd = TPacked.Fused(odd, w, TPacked.Of(-0.8833944531698837));
        even = TPacked.Fused(even, w, TPacked.Of(1.0740069070883398));
        var q = TPacked.Fused(odd, t, even) * inverse;
        return TPacked.Fused(p, q, q);
    }
}
