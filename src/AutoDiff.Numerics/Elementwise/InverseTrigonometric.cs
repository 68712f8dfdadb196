using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>Arc sine, arc cosine and arc tangent in double precision.</summary>
/// <remarks>The rational approximation and the polynomial are fdlibm's (Sun Microsystems, 1993).</remarks>
internal static class InverseTrigonometric
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const double HalfPi = 1.57079632679489655800e+00;
    private const double HalfPiLow = 6.12323399573676603587e-17;

    /// <summary>arcsin x: directly below ½, as π⁄2 − 2 arcsin √((1 − |x|) ⁄ 2) above.</summary>
    public readonly struct Asin : IMap<double>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var a = TPacked.Abs(x);
            var y = ArcSine(a, out var inner);
            var outer = TPacked.Of(HalfPi) - (y + y - TPacked.Of(HalfPiLow));
            return TPacked.Select(inner, y, outer) | (x & TPacked.Of(-0.0));
        }
    }

    /// <summary>arccos x = π⁄2 − arcsin x, not subtracted where that cancels.</summary>
    public readonly struct Acos : IMap<double>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var y = ArcSine(TPacked.Abs(x), out var inner);
            var left = TPacked.IsLess(x, TPacked.Of(0));
            var signed = y ^ (x & TPacked.Of(-0.0));
            var near = TPacked.Of(HalfPi) - (signed - TPacked.Of(HalfPiLow));
            var twice = y + y;
            var far = TPacked.Select(left, TPacked.Of(2 * HalfPi) - (twice - TPacked.Of(2 * HalfPiLow)), twice);
            return TPacked.Select(inner, near, far);
        }
    }

    /// <summary>arctan x, as π⁄4 + arctan((x − 1) ⁄ (x + 1)) or π⁄2 − arctan(1 ⁄ x) above tan π⁄8 and tan 3π⁄8.</summary>
    public readonly struct Atan : IMap<double>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var (a, one) = (TPacked.Abs(x), TPacked.Of(1));
            var middle = TPacked.IsLess(TPacked.Of(0.41421356237309505), a);
            var far = TPacked.IsLess(TPacked.Of(2.4142135623730950), a);
            var top = TPacked.Select(far, -one, TPacked.Select(middle, a - one, a));
            var bottom = TPacked.Select(far, a, TPacked.Select(middle, a + one, one));
            var high = TPacked.Select(far, TPacked.Of(HalfPi), middle & TPacked.Of(HalfPi / 2));
            var low = TPacked.Select(far, TPacked.Of(HalfPiLow), middle & TPacked.Of(HalfPiLow / 2));
            var t = top / bottom;
            var (z, w) = (t * t, t * t * (t * t));
            var even = TPacked.Fused(TPacked.Of(1.62858201153657823623e-02), w, TPacked.Of(4.97687799461593236017e-02));
            even = TPacked.Fused(even, w, TPacked.Of(6.66107313738753120669e-02));
            even = TPacked.Fused(even, w, TPacked.Of(9.09088713343650656196e-02));
            even = TPacked.Fused(even, w, TPacked.Of(1.42857142725034663711e-01));
            even = TPacked.Fused(even, w, TPacked.Of(3.33333333333329318027e-01));
            var odd = TPacked.Fused(TPacked.Of(-3.65315727442169155270e-02), w, TPacked.Of(-5.83357013379057348645e-02));
            odd = TPacked.Fused(odd, w, TPacked.Of(-7.69187620504482999495e-02));
            odd = TPacked.Fused(odd, w, TPacked.Of(-1.11111104054623557880e-01));
            odd = TPacked.Fused(odd, w, TPacked.Of(-1.99999999998764832476e-01));
            var tail = TPacked.Fused(TPacked.Fused(odd, z, even), t * z, -low);
            return (high - (tail - t)) | (x & TPacked.Of(-0.0));
        }
    }

    /// <summary>arcsin of a below ½ (the inner mask), else of √((1 − a) ⁄ 2).</summary>
    [MethodImpl(Inline)]
    private static TPacked ArcSine<TPacked>(TPacked a, out TPacked inner)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var half = TPacked.Of(0.5);
        inner = TPacked.IsLess(a, half);
        var z = TPacked.Select(inner, a * a, TPacked.Fused(a, -half, half));
        var s = TPacked.Select(inner, a, TPacked.Sqrt(z));
        var p = TPacked.Fused(TPacked.Of(3.47933107596021167570e-05), z, TPacked.Of(7.91534994289814532176e-04));
        p = TPacked.Fused(p, z, TPacked.Of(-4.00555345006794114027e-02));
        p = TPacked.Fused(p, z, TPacked.Of(2.01212532134862925881e-01));
        p = TPacked.Fused(p, z, TPacked.Of(-3.25565818622400915405e-01));
        p = TPacked.Fused(p, z, TPacked.Of(1.66666666666666657415e-01));
        var q = TPacked.Fused(TPacked.Of(7.70381505559019352791e-02), z, TPacked.Of(-6.88283971605453293030e-01));
        q = TPacked.Fused(q, z, TPacked.Of(2.02094576023350569471e+00));
        q = TPacked.Fused(q, z, TPacked.Of(-2.40339491173441421878e+00));
        q = TPacked.Fused(q, z, TPacked.Of(1));
        return TPacked.Fused(s, z * p / q, s);
    }
}
