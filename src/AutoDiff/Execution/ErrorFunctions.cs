using System.Runtime.CompilerServices;

namespace AutoDiff;

/// <summary>erf and erfc in double precision, by rational approximations on four intervals; an interval in which no lane lies is not computed.</summary>
/// <remarks>The approximations are fdlibm's (Sun Microsystems, 1993); the right tail is never formed by subtraction.</remarks>
internal static class ErrorFunctions
{
    private const double Near = 0.84375;
    private const double Far = 1.25;

    /// <summary>2⁄√π ∫₀ˣ e^(−t²) dt.</summary>
    public readonly struct Erf : IMap<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var a = TPacked.Abs(x);
            // Of NaN too: it is in no other interval.
            var y = TPacked.Fused(a, Near0(a * a), a);
            if (Any(TPacked.IsLessOrEqual(TPacked.Of(Near), a)))
            {
                var middle = TPacked.Of(ErfCoefficients.AtOne) + Near1(a - TPacked.Of(1));
                y = TPacked.Select(TPacked.IsLessOrEqual(TPacked.Of(Near), a), middle, y);
            }
            if (Any(TPacked.IsLessOrEqual(TPacked.Of(Far), a)))
            {
                // Beyond 6 the value rounds to 1.
                var tail = TPacked.Of(1) - Tail(TPacked.Greater(TPacked.Of(Far), TPacked.Lesser(TPacked.Of(6), a)));
                y = TPacked.Select(TPacked.IsLessOrEqual(TPacked.Of(Far), a), tail, y);
            }
            return y | (x & TPacked.Of(-0.0));
        }
    }

    /// <summary>1 − erf x.</summary>
    public readonly struct Erfc : IMap<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var (a, one, half) = (TPacked.Abs(x), TPacked.Of(1), TPacked.Of(0.5));
            var left = TPacked.IsLess(x, TPacked.Of(0));
            var ratio = x * Near0(x * x);
            var y = TPacked.Select(TPacked.IsLess(x, TPacked.Of(0.25)), one - (x + ratio), half - (ratio + (x - half)));
            if (Any(TPacked.IsLessOrEqual(TPacked.Of(Near), a)))
            {
                var beyond = Near1(a - one);
                var at = TPacked.Of(ErfCoefficients.AtOne);
                var middle = TPacked.Select(left, one + (at + beyond), one - at - beyond);
                y = TPacked.Select(TPacked.IsLessOrEqual(TPacked.Of(Near), a), middle, y);
            }
            if (Any(TPacked.IsLessOrEqual(TPacked.Of(Far), a)))
            {
                // Beyond 28 the value is 0.
                var tail = Tail(TPacked.Greater(TPacked.Of(Far), TPacked.Lesser(TPacked.Of(28), a)));
                y = TPacked.Select(TPacked.IsLessOrEqual(TPacked.Of(Far), a), TPacked.Select(left, TPacked.Of(2) - tail, tail), y);
            }
            return y;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Any<TPacked>(TPacked mask)
        where TPacked : struct, IPacked<TPacked, double> => !TPacked.All(~mask);

    /// <summary>(erf x − x) ⁄ x as a function of x².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TPacked Near0<TPacked>(TPacked z)
        where TPacked : struct, IPacked<TPacked, double> =>
        Polynomial(ErfCoefficients.NumeratorNear0, z) / Polynomial(ErfCoefficients.DenominatorNear0, z);

    /// <summary>erf(1 + s) − erf 1, rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TPacked Near1<TPacked>(TPacked s)
        where TPacked : struct, IPacked<TPacked, double> =>
        Polynomial(ErfCoefficients.NumeratorNear1, s) / Polynomial(ErfCoefficients.DenominatorNear1, s);

    /// <summary>erfc of a between 1.25 and 28.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TPacked Tail<TPacked>(TPacked a)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var s = TPacked.Of(1) / (a * a);
        var middle = TPacked.IsLess(a, TPacked.Of(1 / 0.35));
        var ratio = TPacked.Select(
            middle,
            Polynomial(ErfCoefficients.NumeratorMiddle, s) / Polynomial(ErfCoefficients.DenominatorMiddle, s),
            Polynomial(ErfCoefficients.NumeratorFar, s) / Polynomial(ErfCoefficients.DenominatorFar, s)
        );
        // z is a with half its bits, so z² is exact and e^(−a²) = e^(−z²) e^((z−a)(z+a)) loses nothing.
        var z = a & TPacked.OfBits(~0xFFFFFFFFL);
        var rest = Exponential.Anywhere(TPacked.Fused(z - a, z + a, ratio), 0);
        return Exponential.Anywhere(-(z * z) - TPacked.Of(0.5625), 0) * rest / a;
    }

    /// <summary>By Horner's rule, lowest power first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TPacked Polynomial<TPacked>(ReadOnlySpan<double> coefficients, TPacked x)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var sum = TPacked.Of(coefficients[^1]);
        for (var i = coefficients.Length - 2; i >= 0; i--)
            sum = TPacked.Fused(sum, x, TPacked.Of(coefficients[i]));
        return sum;
    }
}
