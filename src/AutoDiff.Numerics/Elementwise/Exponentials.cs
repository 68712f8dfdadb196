using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>The exponential functions, in double precision.</summary>
internal static class Exponentials
{
    /// <summary>eˣ.</summary>
    public readonly struct Exp : IMap<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            if (!TPacked.All(TPacked.IsLess(TPacked.Abs(x), TPacked.Of(Exponential.Normal))))
                return Exponential.Anywhere(x, 0);
            var p = Exponential.Reduce(x, out var shifted);
            return Exponential.Scale(p + TPacked.Of(1), shifted);
        }
    }

    /// <summary>2ˣ: x less the nearest whole number is exact.</summary>
    public readonly struct Exp2 : IMap<double>
    {
        private const double Ln2 = 0.6931471805599453;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            if (!TPacked.All(TPacked.IsLess(TPacked.Abs(x), TPacked.Of(1021))))
                return Anywhere(x);
            var shifted = x + TPacked.Of(Exponential.Shifter);
            return Exponential.Scale(Fraction(x, shifted), shifted);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static TPacked Anywhere<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            x = TPacked.Greater(TPacked.Of(-1200), TPacked.Lesser(TPacked.Of(1200), x));
            var shifted = x + TPacked.Of(Exponential.Shifter);
            return Exponential.ScaleAnywhere(Fraction(x, shifted), shifted - TPacked.Of(Exponential.Shifter));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TPacked Fraction<TPacked>(TPacked x, TPacked shifted)
            where TPacked : struct, IPacked<TPacked, double> =>
            Exponential.LessOne((x - (shifted - TPacked.Of(Exponential.Shifter))) * TPacked.Of(Ln2)) + TPacked.Of(1);
    }

    /// <summary>eˣ − 1.</summary>
    public readonly struct Expm1 : IMap<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            // Beyond the limits the 1 is lost to rounding, or all but the 1.
            if (!TPacked.All(TPacked.IsLess(TPacked.Abs(x), TPacked.Of(Exponential.Normal))))
                return TPacked.Select(
                    TPacked.IsLess(TPacked.Of(Exponential.Normal), x),
                    Exponential.Anywhere(x, 0),
                    Within(TPacked.Greater(TPacked.Of(-Exponential.Normal), TPacked.Lesser(TPacked.Of(Exponential.Normal), x)))
                );
            return Within(x);
        }

        /// <summary>2ⁿ·p + (2ⁿ − 1), with the sign of x, so that −0 stays.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TPacked Within<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var p = Exponential.Reduce(x, out var shifted);
            var power = Exponential.Power(shifted);
            return TPacked.Fused(power, p, power - TPacked.Of(1)) | (x & TPacked.Of(-0.0));
        }
    }

    /// <summary>1 ⁄ (1 + e⁻ˣ).</summary>
    public readonly struct Sigmoid : IMap<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var one = TPacked.Of(1);
            // Left of the limit e⁻ˣ overflows and eˣ is the value to full precision.
            if (!TPacked.All(TPacked.IsLess(TPacked.Abs(x), TPacked.Of(Exponential.Normal))))
                return TPacked.Select(
                    TPacked.IsLess(x, TPacked.Of(-Exponential.Normal)),
                    Exponential.Anywhere(x, 0),
                    one / (one + Exponential.Anywhere(-x, 0))
                );
            var p = Exponential.Reduce(-x, out var shifted);
            return one / (one + Exponential.Scale(p + one, shifted));
        }
    }

    /// <summary>The hyperbolic tangent, as m ⁄ (m + 2) with m = e^2|x| − 1.</summary>
    public readonly struct Tanh : IMap<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            // Beyond 22 the value rounds to 1.
            var a = TPacked.Lesser(TPacked.Of(22), TPacked.Abs(x));
            var p = Exponential.Reduce(a + a, out var shifted);
            var power = Exponential.Power(shifted);
            var m = TPacked.Fused(power, p, power - TPacked.Of(1));
            return (m / (m + TPacked.Of(2))) | (x & TPacked.Of(-0.0));
        }
    }

    /// <summary>1 ⁄ cosh² x.</summary>
    public readonly struct SechSquared : IMap<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double> =>
            TanhAndSlope.Holds(x) ? TanhAndSlope.Invoke(x).Second : TanhAndSlope.Anywhere(x).Second;
    }

    /// <summary>tanh x and sech² x = (1 − y)(1 + y) of y = tanh |x|, from one exponential and one division: 1 − y is 2 ⁄ (m + 2).</summary>
    public readonly struct TanhAndSlope : IMapTwo<double>
    {
        private const double Limit = Exponential.Normal / 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Holds<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double> => TPacked.All(TPacked.IsLess(TPacked.Abs(x), TPacked.Of(Limit)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (TPacked First, TPacked Second) Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double> => Within(x, TPacked.Abs(x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static (TPacked First, TPacked Second) Within<TPacked>(TPacked x, TPacked a)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var p = Exponential.Reduce(a + a, out var shifted);
            var power = Exponential.Power(shifted);
            var m = TPacked.Fused(power, p, power - TPacked.Of(1));
            var divisor = m + TPacked.Of(2);
            var inverse = TPacked.Of(1) / divisor;
            var y = m * inverse;
            y = TPacked.Fused(TPacked.Fused(-y, divisor, m), inverse, y); // the quotient as Tanh rounds it
            var rest = inverse + inverse; // 1 − y
            var slope = TPacked.Fused(rest, y, rest);
            return (y | (x & TPacked.Of(-0.0)), slope);
        }

        /// <summary>The slope is 4e^−2a past the limit.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static (TPacked First, TPacked Second) Anywhere<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var a = TPacked.Abs(x);
            var (y, slope) = Within(x, TPacked.Lesser(TPacked.Of(Limit), a));
            return (y, TPacked.Select(TPacked.IsLess(a, TPacked.Of(Limit)), slope, Exponential.Anywhere(-(a + a), -2)));
        }
    }
}
