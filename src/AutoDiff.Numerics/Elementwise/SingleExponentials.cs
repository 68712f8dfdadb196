using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>The exponential functions in single precision, by the formulas of <see cref="Exponentials"/> with shorter polynomials.</summary>
internal static class SingleExponentials
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const float Shifter = 12582912;
    private const float Normal = 87;

    /// <summary>eˣ.</summary>
    public readonly struct Exp : IMap<float>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, float>
        {
            if (!Within(x))
                return Anywhere(x);
            var p = Reduce(x, out var shifted);
            return Scale(p + TPacked.Of(1), shifted);
        }
    }

    /// <summary>eˣ − 1.</summary>
    public readonly struct Expm1 : IMap<float>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, float>
        {
            var y = WholeLessOne(TPacked.Greater(TPacked.Of(-Normal), TPacked.Lesser(TPacked.Of(Normal), x)));
            if (!Within(x))
                y = TPacked.Select(TPacked.IsLess(x, TPacked.Of(Normal)), y, Anywhere(x));
            return y | (x & TPacked.Of(-0.0f));
        }
    }

    /// <summary>1 ⁄ (1 + e⁻ˣ).</summary>
    public readonly struct Sigmoid : IMap<float>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, float>
        {
            var one = TPacked.Of(1);
            if (!Within(x))
                return TPacked.Select(TPacked.IsLess(x, TPacked.Of(-Normal)), Anywhere(x), one / (one + Anywhere(-x)));
            var p = Reduce(-x, out var shifted);
            return one / (one + Scale(p + one, shifted));
        }
    }

    /// <summary>The hyperbolic tangent.</summary>
    public readonly struct Tanh : IMap<float>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, float>
        {
            // Beyond 10 the value rounds to 1.
            var a = TPacked.Lesser(TPacked.Of(10), TPacked.Abs(x));
            var m = WholeLessOne(a + a);
            return (m / (m + TPacked.Of(2))) | (x & TPacked.Of(-0.0f));
        }
    }

    /// <summary>1 ⁄ cosh² x.</summary>
    public readonly struct SechSquared : IMap<float>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, float> =>
            TanhAndSlope.Holds(x) ? TanhAndSlope.Invoke(x).Second : TanhAndSlope.Anywhere(x).Second;
    }

    /// <summary>tanh x and sech² x.</summary>
    public readonly struct TanhAndSlope : IMapTwo<float>
    {
        private const float Limit = Normal / 2;

        [MethodImpl(Inline)]
        public static bool Holds<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, float> => TPacked.All(TPacked.IsLess(TPacked.Abs(x), TPacked.Of(Limit)));

        [MethodImpl(Inline)]
        public static (TPacked First, TPacked Second) Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, float> => Within(x, TPacked.Abs(x));

        [MethodImpl(Inline)]
        private static (TPacked First, TPacked Second) Within<TPacked>(TPacked x, TPacked a)
            where TPacked : struct, IPacked<TPacked, float>
        {
            var m = WholeLessOne(a + a);
            var divisor = m + TPacked.Of(2);
            var inverse = TPacked.Of(1) / divisor;
            var y = m * inverse;
            y = TPacked.Fused(TPacked.Fused(-y, divisor, m), inverse, y); // the quotient as Tanh rounds it
            var rest = inverse + inverse; // 1 − y
            var slope = TPacked.Fused(rest, y, rest);
            return (y | (x & TPacked.Of(-0.0f)), slope);
        }

        /// <summary>The slope is 4e^−2a past the limit: as a square, whose root is a normal number.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static (TPacked First, TPacked Second) Anywhere<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, float>
        {
            var a = TPacked.Abs(x);
            var (y, slope) = Within(x, TPacked.Lesser(TPacked.Of(Limit), a));
            var root = TPacked.Of(2) * SingleExponentials.Anywhere(-a);
            return (y, TPacked.Select(TPacked.IsLess(a, TPacked.Of(Limit)), slope, root * root));
        }
    }

    [MethodImpl(Inline)]
    private static bool Within<TPacked>(TPacked x)
        where TPacked : struct, IPacked<TPacked, float> => TPacked.All(TPacked.IsLess(TPacked.Abs(x), TPacked.Of(Normal)));

    /// <summary>eˣ − 1 within the limits.</summary>
    [MethodImpl(Inline)]
    private static TPacked WholeLessOne<TPacked>(TPacked x)
        where TPacked : struct, IPacked<TPacked, float>
    {
        var p = Reduce(x, out var shifted);
        var power = Power(shifted);
        return TPacked.Fused(power, p, power - TPacked.Of(1));
    }

    [MethodImpl(Inline)]
    private static TPacked Reduce<TPacked>(TPacked x, out TPacked shifted)
        where TPacked : struct, IPacked<TPacked, float> => LessOne(Remainder(x, out shifted));

    /// <summary>n, still shifted, and r.</summary>
    [MethodImpl(Inline)]
    public static TPacked Remainder<TPacked>(TPacked x, out TPacked shifted)
        where TPacked : struct, IPacked<TPacked, float>
    {
        shifted = TPacked.Fused(x, TPacked.Of(1.44269504f), TPacked.Of(Shifter));
        var n = shifted - TPacked.Of(Shifter);
        var r = TPacked.Fused(n, TPacked.Of(-0.693147182465f), x);
        return TPacked.Fused(n, TPacked.Of(1.90465421e-09f), r);
    }

    /// <summary>eʳ − 1, interpolated at Chebyshev's points: eʳ within 1.1e−8.</summary>
    [MethodImpl(Inline)]
    public static TPacked LessOne<TPacked>(TPacked r)
        where TPacked : struct, IPacked<TPacked, float>
    {
        var q = TPacked.Fused(TPacked.Of(0.00139262135f), r, TPacked.Of(0.00836320297f));
        q = TPacked.Fused(q, r, TPacked.Of(0.0416665544f));
        q = TPacked.Fused(q, r, TPacked.Of(0.166665768f));
        q = TPacked.Fused(q, r, TPacked.Of(0.5f));
        return TPacked.Fused(q, r * r, r);
    }

    [MethodImpl(Inline)]
    private static TPacked Power<TPacked>(TPacked shifted)
        where TPacked : struct, IPacked<TPacked, float> => Scale(TPacked.Of(1), shifted);

    [MethodImpl(Inline)]
    public static TPacked Scale<TPacked>(TPacked y, TPacked shifted)
        where TPacked : struct, IPacked<TPacked, float> => TPacked.AddBits(TPacked.ShiftLeft(shifted, 23), y);

    /// <summary>eˣ of any x, with the bits of the other path where both apply.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TPacked Anywhere<TPacked>(TPacked x)
        where TPacked : struct, IPacked<TPacked, float>
    {
        x = TPacked.Greater(TPacked.Of(-120), TPacked.Lesser(TPacked.Of(120), x));
        var y = Reduce(x, out var shifted) + TPacked.Of(1);
        var n = shifted - TPacked.Of(Shifter);
        var first = TPacked.Greater(TPacked.Of(-120), TPacked.Lesser(TPacked.Of(120), n));
        return y * Power(first + TPacked.Of(Shifter)) * Power(n - first + TPacked.Of(Shifter));
    }
}
