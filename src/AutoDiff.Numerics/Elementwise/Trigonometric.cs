using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>Sine, cosine and tangent in double precision: x = n π⁄2 + r, |r| ≤ π⁄4, by Cody and Waite's reduction in three parts.</summary>
/// <remarks>The polynomials are fdlibm's (Sun Microsystems, 1993). Arguments too large for the reduction are left to <see cref="Math"/>, lane by lane.</remarks>
internal static class Trigonometric
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const double Limit = 33554432;

    /// <summary>sin x.</summary>
    public readonly struct Sin : IMap<double>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var (sine, cosine, n) = Reduced(x);
            var y = Exactly0(x, Turned(sine, cosine, n));
            return Moderate(x) ? y : Elsewhere(x, y, Limit, Math.Sin);
        }
    }

    /// <summary>cos x = sin(x + π⁄2).</summary>
    public readonly struct Cos : IMap<double>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var (sine, cosine, n) = Reduced(x);
            var y = Turned(sine, cosine, TPacked.AddBits(n, TPacked.OfBits(1)));
            return Moderate(x) ? y : Elsewhere(x, y, Limit, Math.Cos);
        }
    }

    /// <summary>tan x, as sin r ⁄ cos r or −cos r ⁄ sin r.</summary>
    public readonly struct Tan : IMap<double>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var (sine, cosine, n) = Reduced(x);
            var odd = Odd(n);
            var y = Exactly0(x, TPacked.Select(odd, -cosine, sine) / TPacked.Select(odd, sine, cosine));
            return Moderate(x) ? y : Elsewhere(x, y, Limit, Math.Tan);
        }
    }

    /// <summary>y, but the scalar function where |x| is not up to the limit.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static TPacked Elsewhere<TPacked, T>(TPacked x, TPacked y, T limit, Func<double, double> function)
        where TPacked : struct, IPacked<TPacked, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> arguments = stackalloc T[TPacked.Count];
        Span<T> results = stackalloc T[TPacked.Count];
        TPacked.Store(x, ref arguments[0], 0);
        TPacked.Store(y, ref results[0], 0);
        for (var i = 0; i < results.Length; i++)
        {
            if (!(T.Abs(arguments[i]) <= limit))
                results[i] = T.CreateTruncating(function(double.CreateTruncating(arguments[i])));
        }
        return TPacked.Load(ref results[0], 0);
    }

    [MethodImpl(Inline)]
    private static bool Moderate<TPacked>(TPacked x)
        where TPacked : struct, IPacked<TPacked, double> => TPacked.All(TPacked.IsLessOrEqual(TPacked.Abs(x), TPacked.Of(Limit)));

    /// <summary>sin r, cos r, and n as the low bits.</summary>
    [MethodImpl(Inline)]
    private static (TPacked Sine, TPacked Cosine, TPacked N) Reduced<TPacked>(TPacked x)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var shifted = TPacked.Fused(x, TPacked.Of(0.63661977236758138), TPacked.Of(Exponential.Shifter));
        var n = shifted - TPacked.Of(Exponential.Shifter);
        var r = TPacked.Fused(n, TPacked.Of(-1.5707963267948966), x);
        r = TPacked.Fused(n, TPacked.Of(-6.123233995736765e-17), r);
        r = TPacked.Fused(n, TPacked.Of(-1.082856673921914e-32), r);
        var (z, one) = (r * r, TPacked.Of(1));
        var s = TPacked.Fused(TPacked.Of(1.58969099521155010221e-10), z, TPacked.Of(-2.50507602534068634195e-08));
        s = TPacked.Fused(s, z, TPacked.Of(2.75573137070700676789e-06));
        s = TPacked.Fused(s, z, TPacked.Of(-1.98412698298579493134e-04));
        s = TPacked.Fused(s, z, TPacked.Of(8.33333333332248946124e-03));
        s = TPacked.Fused(s, z, TPacked.Of(-1.66666666666666324348e-01));
        var c = TPacked.Fused(TPacked.Of(-1.13596475577881948265e-11), z, TPacked.Of(2.08757232129817482790e-09));
        c = TPacked.Fused(c, z, TPacked.Of(-2.75573143513906633035e-07));
        c = TPacked.Fused(c, z, TPacked.Of(2.48015872894767294178e-05));
        c = TPacked.Fused(c, z, TPacked.Of(-1.38888888888741095749e-03));
        c = TPacked.Fused(c, z, TPacked.Of(4.16666666666666019037e-02));
        // 1 − z⁄2 as rounded, and what the rounding lost.
        var w = TPacked.Fused(z, TPacked.Of(-0.5), one);
        var lost = TPacked.Fused(z, TPacked.Of(-0.5), one - w);
        return (TPacked.Fused(z * r, s, r), w + TPacked.Fused(z * z, c, lost), shifted);
    }

    /// <summary>sin(r + n π⁄2).</summary>
    [MethodImpl(Inline)]
    private static TPacked Turned<TPacked>(TPacked sine, TPacked cosine, TPacked n)
        where TPacked : struct, IPacked<TPacked, double> =>
        TPacked.Select(Odd(n), cosine, sine) ^ TPacked.ShiftLeft(n & TPacked.OfBits(2), 62);

    /// <summary>x itself where it is a zero of either sign, else y.</summary>
    [MethodImpl(Inline)]
    private static TPacked Exactly0<TPacked>(TPacked x, TPacked y)
        where TPacked : struct, IPacked<TPacked, double> => TPacked.Select(TPacked.IsEqual(x, TPacked.Of(0)), x, y);

    [MethodImpl(Inline)]
    private static TPacked Odd<TPacked>(TPacked n)
        where TPacked : struct, IPacked<TPacked, double> => TPacked.IsEqualBits(n & TPacked.OfBits(1), TPacked.OfBits(1));
}
