namespace AutoDiff.Numerics;

/// <summary>The scalar functions that <see cref="Math"/> lacks, within a few units in the last place of the exact value.</summary>
public static class SpecialFunctions
{
    /// <summary>eˣ − 1.</summary>
    /// <remarks>Kahan's correction, as in Higham, Accuracy and Stability of Numerical Algorithms (2002), section 1.14.1.</remarks>
    public static double Expm1(double x)
    {
        var u = Math.Exp(x);
        if (u == 1)
            return x;
        // Beyond 1 in magnitude the subtraction cancels at most one bit.
        return Math.Abs(x) > 1 ? u - 1 : (u - 1) * x / Math.Log(u);
    }

    /// <summary>ln(1 + x).</summary>
    /// <remarks>Kahan's correction: the rounding error of 1 + x cancels in the quotient.</remarks>
    public static double Log1p(double x)
    {
        var u = 1 + x;
        if (u == 1)
            return x;
        return Math.Abs(x) > 1e16 || u <= 0 ? Math.Log(u) : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>1 ⁄ (1 + e⁻ˣ), as eˣ ⁄ (1 + eˣ) for negative x so that nothing overflows.</summary>
    public static double Sigmoid(double x)
    {
        var e = Math.Exp(-Math.Abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    /// <summary>4e ⁄ (1 + e)² with e = e^−2|x|.</summary>
    public static double SechSquared(double x)
    {
        var a = Math.Abs(x);
        // Past 300 the denominator is 1, and 4e may be normal where e is not.
        var (root, e) = (2 * Math.Exp(-a), Math.Exp(-2 * a));
        return a > 300 ? root * root : 4 * e / ((1 + e) * (1 + e));
    }

    /// <summary>max(x, 0) + ln(1 + e^−|x|).</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    /// <summary>−1, 0 or 1; NaN of NaN.</summary>
    public static double Sign(double x) =>
        x > 0 ? 1
        : x < 0 ? -1
        : x == 0 ? 0
        : double.NaN;

    /// <summary>x − y·⌊x ⁄ y⌋, with the sign of y: 0 too.</summary>
    public static double Modulo(double x, double y)
    {
        var z = x % y;
        return z == 0 ? Math.CopySign(z, y)
            : z < 0 != y < 0 ? z + y
            : z;
    }

    /// <summary>2⁄√π ∫₀ˣ e^(−t²) dt.</summary>
    /// <remarks>Rational approximations on four intervals, with the coefficients of fdlibm (Sun Microsystems, 1993).</remarks>
    public static double Erf(double x)
    {
        if (double.IsNaN(x))
            return x;
        var a = Math.Abs(x);
        if (a < 0.84375)
            return x + (x * Near0(x * x));
        if (a < 1.25)
            return Math.CopySign(ErfCoefficients.AtOne + Near1(a - 1), x);
        return a >= 6 ? Math.CopySign(1, x) : Math.CopySign(1 - Tail(a, a), x);
    }

    /// <summary>1 − erf x.</summary>
    /// <remarks>As <see cref="Erf"/>; the right tail is never formed by subtraction.</remarks>
    public static double Erfc(double x)
    {
        if (double.IsNaN(x))
            return x;
        var a = Math.Abs(x);
        if (a < 0.84375)
            return x < 0.25 ? 1 - (x + (x * Near0(x * x))) : 0.5 - ((x * Near0(x * x)) + (x - 0.5));
        if (a < 1.25)
            return x > 0 ? 1 - ErfCoefficients.AtOne - Near1(a - 1) : 1 + (ErfCoefficients.AtOne + Near1(a - 1));
        if (x > 0)
            return x > 28 ? 0 : Tail(a, a);
        return x < -6 ? 2 : 2 - Tail(a, a);
    }

    /// <summary>The y whose error function is x: ±∞ at ±1, NaN beyond.</summary>
    /// <remarks>The normal variable's percentage point at (1 + x) ⁄ 2 over √2, without forming 1 + x, and a step of Newton's, whose residual is exact but for
    /// the rounding of erf or erfc.</remarks>
    public static double ErfInv(double x)
    {
        var a = Math.Abs(x);
        if (!(a < 1))
            return a == 1 ? double.CopySign(double.PositiveInfinity, x) : double.NaN;
        var y = 0.70710678118654752 * (a <= 0.85 ? PortableMath.CentralQuantile(0.5 * a) : PortableMath.TailQuantile(0.5 * (1 - a)));
        var residual = a <= 0.5 ? Erf(y) - a : 1 - a - Erfc(y);
        return Math.CopySign(y - (residual * 0.886226925452758 * Math.Exp(y * y)), x); // √π ⁄ 2
    }

    /// <summary>½ erfc(−x ⁄ √2).</summary>
    /// <remarks>The tail takes the exponent x² ⁄ 2 from x itself: the rounding of x ⁄ √2 would grow with its square.</remarks>
    public static double NormalCdf(double x)
    {
        var a = Math.Abs(x) * 0.70710678118654752;
        if (!(a >= 1.25))
            return 0.5 * Erfc(x * -0.70710678118654752);
        var tail = a > 28 ? 0 : 0.5 * Tail(a, Math.Abs(x), 0.5);
        return x < 0 ? tail : 1 - tail;
    }

    /// <summary>(erf x − x) ⁄ x as a function of x².</summary>
    private static double Near0(double z) =>
        Polynomial(ErfCoefficients.NumeratorNear0, z) / Polynomial(ErfCoefficients.DenominatorNear0, z);

    /// <summary>erf(1 + s) − erf 1, rounded.</summary>
    private static double Near1(double s) =>
        Polynomial(ErfCoefficients.NumeratorNear1, s) / Polynomial(ErfCoefficients.DenominatorNear1, s);

    /// <summary>erfc of a ≥ 1.25, a² being <paramref name="share"/>·x².</summary>
    private static double Tail(double a, double x, double share = 1)
    {
        var s = 1 / (a * a);
        var ratio =
            a < 1 / 0.35
                ? Polynomial(ErfCoefficients.NumeratorMiddle, s) / Polynomial(ErfCoefficients.DenominatorMiddle, s)
                : Polynomial(ErfCoefficients.NumeratorFar, s) / Polynomial(ErfCoefficients.DenominatorFar, s);
        // z is x with half its bits, so z² is exact and e^(−x²) = e^(−z²) e^((z−x)(z+x)) loses nothing.
        var z = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) & ~0xFFFFFFFFL);
        return Math.Exp((-share * z * z) - 0.5625) * Math.Exp((share * (z - x) * (z + x)) + ratio) / a;
    }

    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        var sum = coefficients[^1];
        for (var i = coefficients.Length - 2; i >= 0; i--)
            sum = (sum * x) + coefficients[i];
        return sum;
    }
}
