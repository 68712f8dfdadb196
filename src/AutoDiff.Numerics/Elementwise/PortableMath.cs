namespace AutoDiff.Numerics;

/// <summary>Functions of correctly rounded operations only, so that their bits are the same on every machine; those of <see cref="Math"/> depend on its C library.</summary>
public static class PortableMath
{
    internal const double HalfRoot = 0.70710678118654752440; // √½

    // ln 2 in two parts: the high one has 32 bits, so that its product with an exponent is exact.
    internal const double Ln2High = 0.693147180369123816490;
    internal const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>ln x for a normal, positive and finite x, to 2 units in the last place.</summary>
    /// <remarks>
    /// With x = 2ᵉ·m, √½ ≤ m &lt; √2, and s = (m − 1) ⁄ (m + 1): ln x = e·ln 2 + 2 artanh s, by its series in s² ≤ 0.0295 to the
    /// term s²¹ ⁄ 21; the next one is below 2⁻⁵⁷ of the sum.
    /// </remarks>
    public static double Log(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1022;
        var m = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FE0_0000_0000_0000); // in [½, 1)
        if (m < HalfRoot)
            (m, exponent) = (2 * m, exponent - 1);
        var s = (m - 1) / (m + 1);
        var z = s * s;
        var tail = 0.0;
        for (var power = 21; power >= 3; power -= 2)
            tail = (tail + (1.0 / power)) * z;
        var small = (2 * s * tail) + (exponent * Ln2Low);
        return (exponent * Ln2High) + ((2 * s) + small);
    }

    /// <summary>The x below which a standard normal variable falls with probability p in (0, 1), to about 1 part in 10¹⁶.</summary>
    /// <remarks>Wichura, "Algorithm AS 241: the percentage points of the normal distribution" (1988), PPND16: three rational functions.</remarks>
    public static double NormalQuantile(double p)
    {
        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
            return CentralQuantile(q);
        var tail = TailQuantile(q < 0 ? p : 1 - p);
        return q < 0 ? -tail : tail;
    }

    /// <summary>The percentage point at ½ + q.</summary>
    internal static double CentralQuantile(double q)
    {
        var near = 0.180625 - (q * q);
        return q * Polynomial(near, Centre.Numerator) / Polynomial(near, Centre.Denominator);
    }

    /// <summary>That at 1 − p of a small p.</summary>
    internal static double TailQuantile(double p)
    {
        var r = Math.Sqrt(-Log(p));
        return r <= 5
            ? Polynomial(r - 1.6, Middle.Numerator) / Polynomial(r - 1.6, Middle.Denominator)
            : Polynomial(r - 5, Far.Numerator) / Polynomial(r - 5, Far.Denominator);
    }

    /// <summary>Horner's scheme, the coefficient of the highest power first.</summary>
    private static double Polynomial(double x, ReadOnlySpan<double> coefficients)
    {
        var sum = coefficients[0];
        for (var i = 1; i < coefficients.Length; i++)
            sum = (sum * x) + coefficients[i];
        return sum;
    }

    /// <summary>|p − ½| ≤ 0.425.</summary>
    internal static class Centre
    {
        public static ReadOnlySpan<double> Numerator =>
            [
                2.5090809287301226727e+3,
                3.3430575583588128105e+4,
                6.7265770927008700853e+4,
                4.5921953931549871457e+4,
                1.3731693765509461125e+4,
                1.9715909503065514427e+3,
                1.3314166789178437745e+2,
                3.3871328727963666080,
            ];

        public static ReadOnlySpan<double> Denominator =>
            [
                5.2264952788528545610e+3,
                2.8729085735721942674e+4,
                3.9307895800092710610e+4,
                2.1213794301586595867e+4,
                5.3941960214247511077e+3,
                6.8718700749205790830e+2,
                4.2313330701600911252e+1,
                1,
            ];
    }

    /// <summary>Further out, to √−ln p = 5.</summary>
    internal static class Middle
    {
        public static ReadOnlySpan<double> Numerator =>
            [
                7.74545014278341407640e-4,
                2.27238449892691845833e-2,
                2.41780725177450611770e-1,
                1.27045825245236838258,
                3.64784832476320460504,
                5.76949722146069140550,
                4.63033784615654529590,
                1.42343711074968357734,
            ];

        public static ReadOnlySpan<double> Denominator =>
            [
                1.05075007164441684324e-9,
                5.47593808499534494600e-4,
                1.51986665636164571966e-2,
                1.48103976427480074590e-1,
                6.89767334985100004550e-1,
                1.67638483018380384940,
                2.05319162663775882187,
                1,
            ];
    }

    /// <summary>Beyond, where p or 1 − p is below e⁻²⁵.</summary>
    internal static class Far
    {
        public static ReadOnlySpan<double> Numerator =>
            [
                2.01033439929228813265e-7,
                2.71155556874348757815e-5,
                1.24266094738807843860e-3,
                2.65321895265761230930e-2,
                2.96560571828504891230e-1,
                1.78482653991729133580,
                5.46378491116411436990,
                6.65790464350110377720,
            ];

        public static ReadOnlySpan<double> Denominator =>
            [
                2.04426310338993978564e-15,
                1.42151175831644588870e-7,
                1.84631831751005468180e-5,
                7.86869131145613259100e-4,
                1.48753612908506148525e-2,
                1.36929880922735805310e-1,
                5.99832206555887937690e-1,
                1,
            ];
    }
}
