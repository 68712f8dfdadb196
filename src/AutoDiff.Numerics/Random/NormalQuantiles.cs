using System.Runtime.CompilerServices;
using static AutoDiff.Numerics.PortableMath;

namespace AutoDiff.Numerics;

/// <summary><see cref="PortableMath.NormalQuantile"/> and <see cref="PortableMath.Log"/> on registers: the same operations in the same order, so the same bits.</summary>
internal static class NormalQuantiles
{
    private const long Mantissa = 0x000F_FFFF_FFFF_FFFF;
    private const long Half = 0x3FE0_0000_0000_0000;
    private const long Whole = 0x4330_0000_0000_0000; // the bits of 2⁵²: with a whole number below, that number more

    /// <summary>The standard normal quantile of p in (0, 1).</summary>
    public readonly struct Quantile : IMap<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TPacked Invoke<TPacked>(TPacked p)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var q = p - TPacked.Of(0.5);
            var isNear = TPacked.IsLessOrEqual(TPacked.Abs(q), TPacked.Of(0.425));
            var near = TPacked.Of(0.180625) - (q * q);
            var centre = q * Polynomial(near, Centre.Numerator) / Polynomial(near, Centre.Denominator);
            if (TPacked.All(isNear))
                return centre;
            var isBelow = TPacked.IsLess(q, TPacked.Of(0));
            var r = TPacked.Sqrt(-Log(TPacked.Select(isBelow, p, TPacked.Of(1) - p)));
            var isMiddle = TPacked.IsLessOrEqual(r, TPacked.Of(5));
            var (middle, far) = (r - TPacked.Of(1.6), r - TPacked.Of(5));
            var tail = Polynomial(middle, Middle.Numerator) / Polynomial(middle, Middle.Denominator);
            if (!TPacked.All(isMiddle | isNear))
                tail = TPacked.Select(isMiddle, tail, Polynomial(far, Far.Numerator) / Polynomial(far, Far.Denominator));
            return TPacked.Select(isNear, centre, TPacked.Select(isBelow, -tail, tail));
        }
    }

    /// <summary>ln x for a normal, positive and finite x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPacked Log<TPacked>(TPacked x)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var m = (x & TPacked.OfBits(Mantissa)) | TPacked.OfBits(Half);
        var exponent = (TPacked.ShiftRight(x, 52) | TPacked.OfBits(Whole)) - TPacked.Of((1L << 52) + 1022);
        var isLow = TPacked.IsLess(m, TPacked.Of(HalfRoot));
        m = TPacked.Select(isLow, TPacked.Of(2) * m, m);
        exponent = TPacked.Select(isLow, exponent - TPacked.Of(1), exponent);
        var s = (m - TPacked.Of(1)) / (m + TPacked.Of(1));
        var z = s * s;
        var tail = TPacked.Of(0);
        for (var power = 21; power >= 3; power -= 2)
            tail = (tail + TPacked.Of(1.0 / power)) * z;
        var small = (TPacked.Of(2) * s * tail) + (exponent * TPacked.Of(Ln2Low));
        return (exponent * TPacked.Of(Ln2High)) + ((TPacked.Of(2) * s) + small);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TPacked Polynomial<TPacked>(TPacked x, ReadOnlySpan<double> coefficients)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var sum = TPacked.Of(coefficients[0]);
        for (var i = 1; i < coefficients.Length; i++)
            sum = (sum * x) + TPacked.Of(coefficients[i]);
        return sum;
    }
}
