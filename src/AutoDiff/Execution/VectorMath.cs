using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff;

/// <summary>Elementary functions on eight numbers at a time, within a few units in the last place.</summary>
/// <remarks>
/// Argument reduction and compensated reconstruction after Muller, Elementary Functions (2016), chapters 5, 11; the logarithm's
/// polynomial is fdlibm's (Sun Microsystems, 1993). Written here rather than called so that every call site inlines them.
/// </remarks>
internal static class VectorMath
{
    /// <summary>Adding it to |n| &lt; 2⁵¹ rounds n to a whole number and leaves that number in the low bits.</summary>
    private const double Shifter = 6755399441055744;
    private const double Log2E = 1.4426950408889634;
    private const double Ln2High = 0x162E42FEFA39EF * 1.0 / (1L << 53);
    private const double Ln2Low = 2.3190468138462996e-17;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x)
    {
        var (n, r) = Reduce(x);
        var p = Vector512.FusedMultiplyAdd(r * r, ExpTail(r), r) + Vector512<double>.One;
        return Scale(p, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Expm1(Vector512<double> x)
    {
        var (n, r) = Reduce(x);
        var p = Vector512.FusedMultiplyAdd(r * r, ExpTail(r), r);
        // 2ⁿ·(1 + p) − 1: by parts while 2ⁿ − 1 is exact enough to keep p's low bits, at once beyond.
        var two = Scale(
            Vector512<double>.One,
            Vector512.Min(Vector512.Max(n, Vector512.Create(Shifter - 60)), Vector512.Create(Shifter + 60))
        );
        var byParts = Vector512.FusedMultiplyAdd(two, p, two - Vector512<double>.One);
        var atOnce = Scale(p + Vector512<double>.One, n) - Vector512<double>.One;
        var y = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(40.0)), atOnce, byParts);
        return Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<double>.Zero), x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x) => LogOf(x, Vector512<double>.Zero, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log1p(Vector512<double> x)
    {
        var one = Vector512<double>.One;
        var u = one + x;
        // What 1 + x lost to rounding, relative to u.
        var lost = Vector512.ConditionalSelect(Vector512.GreaterThan(x, one), one - (u - x), x - (u - one)) / u;
        var y = LogOf(u, Vector512.ConditionalSelect(Vector512.IsPositiveInfinity(u), Vector512<double>.Zero, lost), u);
        return Vector512.ConditionalSelect(Vector512.Equals(u, one), x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Tanh(Vector512<double> x)
    {
        // tanh|x| = 1 − 2/(e^2|x| + 1) where that does not cancel, (e^2|x| − 1)/(e^2|x| + 1) below.
        var m = Expm1(Vector512.Min(Vector512.Abs(x), Vector512.Create(30.0)) * 2.0);
        var y = m / (m + Vector512.Create(2.0));
        return Vector512.ConditionalSelect(Vector512.Create(-0.0), x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sigmoid(Vector512<double> x)
    {
        var e = Exp(-Vector512.Abs(x));
        var top = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<double>.Zero), e, Vector512<double>.One);
        return top / (Vector512<double>.One + e);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Softplus(Vector512<double> x) =>
        Vector512.Max(x, Vector512<double>.Zero) + Log1p(Exp(-Vector512.Abs(x)));

    /// <summary>n, still shifted, and r with x = n ln 2 + r, |r| ≤ ln 2 ⁄ 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> N, Vector512<double> R) Reduce(Vector512<double> x)
    {
        // Clamped where the result is 0 or infinite anyway; a NaN passes both comparisons.
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-760.0)), Vector512.Create(-760.0), x);
        x = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(720.0)), Vector512.Create(720.0), x);
        var shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(Log2E), Vector512.Create(Shifter));
        var n = shifted - Vector512.Create(Shifter);
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), x);
        return (shifted, Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), r));
    }

    /// <summary>(eʳ − 1 − r) ⁄ r² by Taylor's series: 13 terms leave 4e−18 at |r| = ln 2 ⁄ 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ExpTail(Vector512<double> r)
    {
        var q = Vector512.Create(1.0 / 6227020800);
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(1.0 / 479001600));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(1.0 / 39916800));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(1.0 / 3628800));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(1.0 / 362880));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(1.0 / 40320));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(1.0 / 5040));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(1.0 / 720));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(1.0 / 120));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(1.0 / 24));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(1.0 / 6));
        return Vector512.FusedMultiplyAdd(q, r, Vector512.Create(0.5));
    }

    /// <summary>p·2ⁿ with one rounding, in two factors so that neither overflows where the product does not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Scale(Vector512<double> p, Vector512<double> shifted)
    {
        var n = shifted.AsInt64() - Vector512.Create(Shifter).AsInt64();
        var half = n >> 1;
        var bias = Vector512.Create(1023L);
        return p * ((half + bias) << 52).AsDouble() * ((n - half + bias) << 52).AsDouble();
    }

    /// <summary>ln u + lost, for u as rounded and <paramref name="x"/> the argument whose special values decide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> LogOf(Vector512<double> u, Vector512<double> lost, Vector512<double> x)
    {
        var zero = Vector512<double>.Zero;
        var small = Vector512.LessThan(u, Vector512.Create(2.2250738585072014e-308));
        var bits = Vector512.ConditionalSelect(small, u * 18014398509481984.0, u).AsInt64();
        // u = 2ᵏ·m with m in [√½, √2): the exponent after moving √½ to a power of two.
        var moved = bits + Vector512.Create(0x3FF0000000000000L - 0x3FE6A09E667F3BCDL);
        var k = (moved >> 52) - Vector512.Create(1023L);
        var m = (bits - (k << 52)).AsDouble();
        var exponent = Vector512.ConvertToDouble(k) - Vector512.ConditionalSelect(small, Vector512.Create(54.0), zero);
        var f = m - Vector512<double>.One;
        var s = f / (f + Vector512.Create(2.0));
        var z = s * s;
        var r = Vector512.Create(1.479819860511658591e-01);
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(1.531383769920937332e-01));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(1.818357216161805012e-01));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(2.222219843214978396e-01));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(2.857142874366239149e-01));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(3.999999999940941908e-01));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(6.666666666666735130e-01)) * z;
        var halfSquare = f * f * 0.5;
        var low = Vector512.FusedMultiplyAdd(exponent, Vector512.Create(1.90821492927058770002e-10), lost);
        var tail = halfSquare - Vector512.FusedMultiplyAdd(s, halfSquare + r, low) - f;
        var y = Vector512.FusedMultiplyAdd(exponent, Vector512.Create(6.93147180369123816490e-01), -tail);
        y = Vector512.ConditionalSelect(Vector512.Equals(x, zero), Vector512.Create(double.NegativeInfinity), y);
        y = Vector512.ConditionalSelect(Vector512.IsPositiveInfinity(x), x, y);
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, zero), y, Vector512.Create(double.NaN));
    }
}
