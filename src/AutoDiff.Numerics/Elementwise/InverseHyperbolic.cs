using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>The inverse hyperbolic functions in double precision: logarithms of a sum with what its rounding lost.</summary>
internal static class InverseHyperbolic
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Above, the square is near overflow, and all but 2x is lost to rounding.
    private const double Large = 1e150;

    /// <summary>arsinh x = ln(1 + (a + a² ⁄ (1 + √(1 + a²)))) with a = |x|.</summary>
    public readonly struct Asinh : IMap<double>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var a = TPacked.Abs(x);
            var y = TPacked.All(TPacked.IsLess(a, TPacked.Of(Large))) ? Within(a) : Anywhere(a);
            // Exactly with the sign of x, so that −0 stays.
            return TPacked.Abs(y) | (x & TPacked.Of(-0.0));
        }

        [MethodImpl(Inline)]
        private static TPacked Within<TPacked>(TPacked a)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var one = TPacked.Of(1);
            var part = a * a / (one + TPacked.Sqrt(TPacked.Fused(a, a, one)));
            var t = a + part;
            return OnePlus(t, part - (t - a));
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static TPacked Anywhere<TPacked>(TPacked a)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var within = TPacked.IsLess(a, TPacked.Of(Large));
            return TPacked.Select(within, Within(TPacked.Lesser(TPacked.Of(Large), a)), Twice(a));
        }
    }

    /// <summary>arcosh x = ln(x + √(x² − 1)), x² − 1 as (x − 1)² + 2(x − 1); NaN below 1.</summary>
    public readonly struct Acosh : IMap<double>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var inside = TPacked.IsLessOrEqual(TPacked.Of(1), x) & TPacked.IsLess(x, TPacked.Of(Large));
            return TPacked.All(inside) ? Within(x) : Anywhere(x);
        }

        [MethodImpl(Inline)]
        private static TPacked Within<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var t = x - TPacked.Of(1);
            var root = TPacked.Sqrt(TPacked.Fused(t, t, t + t));
            var sum = x + root;
            return Logarithm.OfSum(sum, root - (sum - x));
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static TPacked Anywhere<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var (one, large) = (TPacked.Of(1), TPacked.Of(Large));
            var y = Within(TPacked.Greater(one, TPacked.Lesser(large, x)));
            y = TPacked.Select(TPacked.IsLess(x, large), y, Twice(x));
            return TPacked.Select(TPacked.IsLessOrEqual(one, x), y, TPacked.Of(double.NaN));
        }
    }

    /// <summary>artanh x = ½ ln(1 + 2a ⁄ (1 − a)) with a = |x|, the quotient with its rounding error; NaN beyond ±1.</summary>
    public readonly struct Atanh : IMap<double>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var a = TPacked.Abs(x);
            var y = TPacked.All(TPacked.IsLess(a, TPacked.Of(1))) ? Within(a) : Anywhere(a);
            return TPacked.Abs(y) | (x & TPacked.Of(-0.0));
        }

        [MethodImpl(Inline)]
        private static TPacked Within<TPacked>(TPacked a)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var (one, twice) = (TPacked.Of(1), a + a);
            var rest = one - a;
            var quotient = twice / rest;
            var lost = TPacked.Fused(-quotient, one - rest - a, TPacked.Fused(-quotient, rest, twice)) / rest;
            return OnePlus(quotient, lost) * TPacked.Of(0.5);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static TPacked Anywhere<TPacked>(TPacked a)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var (one, infinity) = (TPacked.Of(1), TPacked.Of(double.PositiveInfinity));
            var inside = TPacked.IsLess(a, one);
            var y = Within(TPacked.Select(inside, a, TPacked.Of(0)));
            return TPacked.Select(inside, y, TPacked.Select(TPacked.IsEqual(a, one), infinity, TPacked.Of(double.NaN)));
        }
    }

    /// <summary>ln(1 + (t + low)) of t ≥ 0.</summary>
    [MethodImpl(Inline)]
    private static TPacked OnePlus<TPacked>(TPacked t, TPacked low)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var one = TPacked.Of(1);
        var sum = one + t;
        var kept = sum - one;
        return Logarithm.OfSum(sum, one - (sum - kept) + (t - kept) + low);
    }

    /// <summary>ln 2x of a large x, ∞ of ∞, NaN of NaN.</summary>
    [MethodImpl(Inline)]
    private static TPacked Twice<TPacked>(TPacked x)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var u = Logarithm.Split(x, out var biased);
        var y = Logarithm.Sum(Logarithm.Exponent(biased) + TPacked.Of(1), u - TPacked.Of(1));
        return TPacked.Select(TPacked.IsLess(x, TPacked.Of(double.PositiveInfinity)), y, x);
    }
}
