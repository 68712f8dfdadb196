using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>erf in single precision, by the formulas of <see cref="ErrorFunctions"/> with shorter polynomials.</summary>
internal static class SingleErrorFunctions
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const float Near = 0.75f;

    /// <summary>2⁄√π ∫₀ˣ e^(−t²) dt.</summary>
    public readonly struct Erf : IMap<float>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, float>
        {
            var a = TPacked.Abs(x);
            // Of NaN too: it is not beyond.
            var y = TPacked.Fused(a, Excess(a * a), a);
            var near = IsNear(a);
            if (!TPacked.All(near))
            {
                // Beyond 4 the value rounds to 1.
                var tail = Tail(TPacked.Lesser(TPacked.Of(4), a), out var shifted);
                y = TPacked.Select(near, y, TPacked.Of(1) - SingleExponentials.Scale(tail, shifted));
            }
            return y | (x & TPacked.Of(-0.0f));
        }
    }

    /// <summary>Whether a is not beyond the polynomial; NaN is not.</summary>
    [MethodImpl(Inline)]
    private static TPacked IsNear<TPacked>(TPacked a)
        where TPacked : struct, IPacked<TPacked, float> => ~TPacked.IsLess(TPacked.Of(Near), a);

    /// <summary>(erf x − x) ⁄ x as a function of x².</summary>
    [MethodImpl(Inline)]
    private static TPacked Excess<TPacked>(TPacked z)
        where TPacked : struct, IPacked<TPacked, float>
    {
        var w = z * z;
        var even = TPacked.Fused(TPacked.Of(0.00511533208f), w, TPacked.Of(0.112833865f));
        var odd = TPacked.Fused(TPacked.Of(-0.000675647985f), w, TPacked.Of(-0.0268351138f));
        even = TPacked.Fused(even, w, TPacked.Of(0.128379166f));
        odd = TPacked.Fused(odd, w, TPacked.Of(-0.3761262f));
        return TPacked.Fused(odd, z, even);
    }

    /// <summary>erfc a = 2ⁿ·y of a ≥ ¾: y, and n still shifted.</summary>
    [MethodImpl(Inline)]
    private static TPacked Tail<TPacked>(TPacked a, out TPacked shifted)
        where TPacked : struct, IPacked<TPacked, float>
    {
        var (one, three) = (TPacked.Of(1), TPacked.Of(3));
        var square = a * a;
        var sum = a + three;
        var inverse = one / sum;
        // What the roundings of a² and of 1 ⁄ (a + 3) lost, relative to the result, joins the exponent.
        var lost = TPacked.Fused(-inverse, sum, one) - TPacked.Fused(a, a, -square);
        lost = TPacked.Fused(-inverse, a - (sum - three), lost);
        var p = SingleExponentials.LessOne(SingleExponentials.Remainder(-square, out shifted) + lost);
        var t = TPacked.Fused(TPacked.Of(-6), inverse, one);
        var w = t * t;
        var even = TPacked.Fused(TPacked.Of(-0.00045314111f), w, TPacked.Of(-0.00124638306f));
        var odd = TPacked.Fused(TPacked.Of(-0.000293296005f), w, TPacked.Of(0.00305843446f));
        even = TPacked.Fused(even, w, TPacked.Of(0.119533375f));
        odd = TPacked.Fused(odd, w, TPacked.Of(-0.0268347152f));
        even = TPacked.Fused(even, w, TPacked.Of(0.590227962f));
        odd = TPacked.Fused(odd, w, TPacked.Of(-0.310466439f));
        even = TPacked.Fused(even, w, TPacked.Of(1.07400692f));
        odd = TPacked.Fused(odd, w, TPacked.Of(-0.88339448f));
        var q = TPacked.Fused(odd, t, even) * inverse;
        return TPacked.Fused(p, q, q);
    }
}
