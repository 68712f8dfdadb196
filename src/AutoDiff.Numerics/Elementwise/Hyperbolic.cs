using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>Hyperbolic sine and cosine in double precision.</summary>
internal static class Hyperbolic
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>sinh x, as (m + m ⁄ (m + 1)) ⁄ 2 with m = e^|x| − 1.</summary>
    public readonly struct Sinh : IMap<double>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var a = TPacked.Abs(x);
            var p = Exponential.Reduce(a, out var shifted);
            var power = Exponential.Power(shifted);
            var m = TPacked.Fused(power, p, power - TPacked.Of(1));
            var y = (m + (m / (m + TPacked.Of(1)))) * TPacked.Of(0.5);
            return (Within(a) ? y : Beyond(a, y)) | (x & TPacked.Of(-0.0));
        }
    }

    /// <summary>cosh x, as (e + 1 ⁄ e) ⁄ 2 with e = e^|x|.</summary>
    public readonly struct Cosh : IMap<double>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var (a, half) = (TPacked.Abs(x), TPacked.Of(0.5));
            var p = Exponential.Reduce(a, out var shifted);
            var e = Exponential.Scale(p + TPacked.Of(1), shifted);
            var y = TPacked.Fused(e, half, half / e);
            return Within(a) ? y : Beyond(a, y);
        }
    }

    [MethodImpl(Inline)]
    private static bool Within<TPacked>(TPacked a)
        where TPacked : struct, IPacked<TPacked, double> => TPacked.All(TPacked.IsLess(a, TPacked.Of(Exponential.Normal)));

    /// <summary>y, but eᵃ ⁄ 2 past the limit, scaled so that it overflows only where the value does.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TPacked Beyond<TPacked>(TPacked a, TPacked y)
        where TPacked : struct, IPacked<TPacked, double> =>
        TPacked.Select(TPacked.IsLess(a, TPacked.Of(Exponential.Normal)), y, Exponential.Anywhere(a, 1));
}
