using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>The cube root and the length of a vector of two, in double precision.</summary>
internal static class Roots
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>∛x = 2^q ∛t with x = 2^3q·t: t^−⅓ by a polynomial and one step of fourth order, ∛t = t·(t^−⅓)² by one of Newton's with an exact residual.</summary>
    public readonly struct Cbrt : IMap<double>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var a = TPacked.Abs(x);
            var normal = TPacked.IsLessOrEqual(TPacked.Of(Logarithm.Smallest), a) & TPacked.IsLess(a, TPacked.Of(double.PositiveInfinity));
            return (TPacked.All(normal) ? Normal(a) : Anywhere(a)) | (x & TPacked.Of(-0.0));
        }

        [MethodImpl(Inline)]
        private static TPacked Normal<TPacked>(TPacked a)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var (one, third) = (TPacked.Of(1), TPacked.Of(1.0 / 3));
            var u = Logarithm.Split(a, out var biased);
            var k = Logarithm.Exponent(biased);
            var shifted = TPacked.Fused(k, third, TPacked.Of(Exponential.Shifter));
            var rest = TPacked.Fused(shifted - TPacked.Of(Exponential.Shifter), TPacked.Of(-3), k); // −1, 0 or 1
            var (below, above) = (TPacked.IsLess(rest, TPacked.Of(0)), TPacked.IsLess(TPacked.Of(0), rest));
            var t = u * TPacked.Select(below, TPacked.Of(0.5), TPacked.Select(above, TPacked.Of(2), one));
            // u^−⅓, interpolated at Chebyshev's points: within 7e−6.
            var f = u - TPacked.Of(1.0606601717798213);
            var y = TPacked.Fused(TPacked.Of(-0.10484262703707782), f, TPacked.Of(0.12756543754772157));
            y = TPacked.Fused(y, f, TPacked.Of(-0.1413725244239255));
            y = TPacked.Fused(y, f, TPacked.Of(0.19291944403894756));
            y = TPacked.Fused(y, f, TPacked.Of(-0.3081651762681184));
            y = TPacked.Fused(y, f, TPacked.Of(0.9805663038957522));
            y *= TPacked.Select(below, TPacked.Of(1.2599210498948732), TPacked.Select(above, TPacked.Of(0.7937005259840998), one));
            var e = TPacked.Fused(-t * y, y * y, one);
            var series = TPacked.Fused(TPacked.Fused(TPacked.Of(14.0 / 81), e, TPacked.Of(2.0 / 9)), e, third);
            y = TPacked.Fused(y * e, series, y);
            var square = y * y;
            var z = t * square;
            var cube = z * z;
            var lost = TPacked.Fused(z, z, -cube);
            var residual = TPacked.Fused(-z, lost, TPacked.Fused(-z, cube, t));
            return Exponential.Scale(TPacked.Fused(residual * square, third, z), shifted);
        }

        /// <summary>Subnormal numbers brought into range; 0, ∞ and NaN are their own roots.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static TPacked Anywhere<TPacked>(TPacked a)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var small = TPacked.IsLess(a, TPacked.Of(Logarithm.Smallest));
            var y = Normal(TPacked.Select(small, a * TPacked.Of(18014398509481984), a));
            y = TPacked.Select(small, y * TPacked.Of(1.0 / 262144), y);
            var positive = TPacked.IsLess(TPacked.Of(0), a) & TPacked.IsLess(a, TPacked.Of(double.PositiveInfinity));
            return TPacked.Select(positive, y, a);
        }
    }

    /// <summary>√(x² + y²), ∞ where either is infinite; squares of what is very large or small are taken at another scale.</summary>
    public readonly struct Hypot : IZip<double>
    {
        private const double Least = 2.6871504430268355e-138; // 2⁻⁴⁵⁷
        private const double Most = 3.3519519824856493e+153; // 2⁵¹⁰
        private const double Scale = 4.149515568880993e+180; // 2⁶⁰⁰

        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var (a, b) = (TPacked.Abs(x), TPacked.Abs(y));
            var (larger, smaller) = (TPacked.Max(a, b), TPacked.Min(a, b));
            return TPacked.All(TPacked.IsLessOrEqual(TPacked.Of(Least), larger) & TPacked.IsLess(larger, TPacked.Of(Most)))
                ? Within(larger, smaller)
                : Anywhere(a, b, larger, smaller);
        }

        [MethodImpl(Inline)]
        private static TPacked Within<TPacked>(TPacked larger, TPacked smaller)
            where TPacked : struct, IPacked<TPacked, double> => TPacked.Sqrt(TPacked.Fused(larger, larger, smaller * smaller));

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static TPacked Anywhere<TPacked>(TPacked a, TPacked b, TPacked larger, TPacked smaller)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var (one, infinity) = (TPacked.Of(1), TPacked.Of(double.PositiveInfinity));
            var (small, large) = (TPacked.IsLess(larger, TPacked.Of(Least)), TPacked.IsLessOrEqual(TPacked.Of(Most), larger));
            var scale = TPacked.Select(small, TPacked.Of(Scale), TPacked.Select(large, TPacked.Of(1 / Scale), one));
            var back = TPacked.Select(small, TPacked.Of(1 / Scale), TPacked.Select(large, TPacked.Of(Scale), one));
            var z = Within(larger * scale, smaller * scale) * back;
            return TPacked.Select(TPacked.IsEqual(a, infinity) | TPacked.IsEqual(b, infinity), infinity, z);
        }
    }

    /// <summary>The length in single precision, whose squares neither overflow nor vanish in doubles.</summary>
    public readonly struct SingleHypot : IZip<float>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, float> => TPacked.ThroughDoubles<Hypot>(x, y);
    }
}
