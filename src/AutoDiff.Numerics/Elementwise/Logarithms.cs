using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>The logarithmic functions, in double precision.</summary>
internal static class Logarithms
{
    /// <summary>The natural logarithm.</summary>
    public readonly struct Log : IMap<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var infinity = TPacked.Of(double.PositiveInfinity);
            if (!TPacked.All(TPacked.IsLessOrEqual(TPacked.Of(Logarithm.Smallest), x) & TPacked.IsLess(x, infinity)))
                return Anywhere(x);
            var u = Logarithm.Split(x, out var biased);
            return Logarithm.Sum(Logarithm.Exponent(biased), u - TPacked.Of(1));
        }

        /// <summary>The same with subnormal numbers brought into range, and every special value.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static TPacked Anywhere<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var (zero, infinity) = (TPacked.Of(0), TPacked.Of(double.PositiveInfinity));
            var small = TPacked.IsLess(x, TPacked.Of(Logarithm.Smallest));
            var u = Logarithm.Split(TPacked.Select(small, x * TPacked.Of(18014398509481984), x), out var biased);
            var y = Logarithm.Sum(Logarithm.Exponent(biased) - (small & TPacked.Of(54)), u - TPacked.Of(1));
            y = TPacked.Select(TPacked.IsEqual(x, zero), -infinity, y);
            y = TPacked.Select(TPacked.IsLess(x, infinity), y, x);
            return TPacked.Select(TPacked.IsLess(x, zero), TPacked.Of(double.NaN), y);
        }
    }

    /// <summary>ln(1 + x).</summary>
    public readonly struct Log1p : IMap<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            if (!TPacked.All(TPacked.IsLess(TPacked.Of(-1), x) & TPacked.IsLess(x, TPacked.Of(double.PositiveInfinity))))
                return Anywhere(x);
            return Within(x);
        }

        /// <summary>Of x between −1 and ∞: 1 + x with its rounding error (Knuth's sum), which joins f.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TPacked Within<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var one = TPacked.Of(1);
            var sum = one + x;
            var kept = sum - one;
            var lost = one - (sum - kept) + (x - kept);
            var y = Logarithm.OfSum(sum, lost);
            // With the sign of x, so that −0 stays.
            return TPacked.Abs(y) | (x & TPacked.Of(-0.0));
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static TPacked Anywhere<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var (one, infinity) = (TPacked.Of(1), TPacked.Of(double.PositiveInfinity));
            var inside = TPacked.IsLess(-one, x) & TPacked.IsLess(x, infinity);
            var outside = TPacked.Select(TPacked.IsEqual(x, -one), -infinity, TPacked.Of(double.NaN));
            outside = TPacked.Select(TPacked.IsEqual(x, infinity), x, outside);
            return TPacked.Select(inside, Within(x), outside);
        }
    }

    /// <summary>ln(1 + eˣ), as max(x, 0) + ln(1 + e^−|x|).</summary>
    public readonly struct Softplus : IMap<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var t = Exponentials.Exp.Invoke(-TPacked.Abs(x));
            // 1 + t is halved above √2; either way f is within half a unit in the last place.
            var one = TPacked.Of(1);
            var above = TPacked.IsLess(TPacked.Of(0.41421356237309503), t);
            var f = TPacked.Select(above, (t - one) * TPacked.Of(0.5), t);
            return TPacked.Greater(TPacked.Of(0), x) + Logarithm.Sum(above & one, f);
        }
    }
}
