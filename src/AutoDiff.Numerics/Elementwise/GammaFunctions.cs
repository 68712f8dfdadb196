namespace AutoDiff.Numerics;

/// <summary>ln |Γ(x)| and its derivatives of any order, for real x.</summary>
/// <remarks>Abramowitz and Stegun, Handbook of Mathematical Functions (1964), chapter 6: recurrence, reflection, and the asymptotic series.</remarks>
public static class GammaFunctions
{
    // ψ's positive zero, in two parts.
    private const double Zero = 1.4616321449683622;
    private const double ZeroLow = 9.549995429965697e-17;

    /// <summary>ln |Γ(x)|: ∞ at 0, −1, −2 … and ±∞; within 4 units in the last place for x > 0, within 4 units of the larger of 1 and |x ln |x|| for x &lt; 0.</summary>
    public static double LogGamma(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (double.IsInfinity(x) || IsPole(x))
            return double.PositiveInfinity;
        if (x < 0)
            // Γ(x) Γ(−x) = −π ⁄ (x sin πx)
            return (x > -1e-20 ? -Math.Log(-x) : -Math.Log(Math.Abs(x * double.SinPi(x)) / Math.PI)) - (x > -1e-20 ? 0 : LogGamma(-x));
        if (x < 0.75)
            return NearOne(x + 1) - Math.Log(x);
        if (x >= 8)
            return ((x - 0.5) * (Math.Log(x) - 1)) + (0.41893853320467274 + (Series(1 / (x * x)) / x)); // ½ ln 2π − ½
        var product = 1.0;
        while (x > 2.25)
            product *= x -= 1;
        return Math.Log(product) + NearOne(x);
    }

    /// <summary>The derivative of order n + 1 of ln |Γ(x)|: digamma for n = 0, trigamma for n = 1.</summary>
    /// <remarks>For x > 0 within 4 + n ⁄ 2 units in the last place, near digamma's zero too; for x &lt; 0 within 4 + 3n of the largest term. At 0 the limit from
    /// its sign's side; at −1, −2 … ∞ for odd n, NaN for even n, whose limits differ.</remarks>
    /// <param name="n">At least 0.</param>
    /// <param name="x">The argument.</param>
    public static double PolyGamma(int n, double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (double.IsNaN(x) || double.IsNegativeInfinity(x))
            return double.NaN;
        if (IsPole(x))
            return n % 2 == 1 ? double.PositiveInfinity
                : x == 0 ? -1 / x
                : double.NaN;
        if (x < -0.5)
            return (n % 2 == 0 ? PolyGamma(n, 1 - x) : -PolyGamma(n, 1 - x)) - OfCotangent(n, x);
        if (n == 0)
            return Digamma(x);
        var sign = n % 2 == 0 ? -1 : 1;
        return x < 0 ? PolyGamma(n, x + 1) + (sign * Term(n, x)) : sign * Magnitude(n, x);
    }

    private static bool IsPole(double x) => x <= 0 && Math.Floor(x) == x;

    private static double Digamma(double x)
    {
        if (x < 1)
            return Digamma(x + 1) - (1 / x);
        if (x >= 10)
        {
            var z = 1 / (x * x);
            var series = 0.021092796092796094 - (z / 12);
            series = 0.0075757575757575758 - (z * series);
            series = 0.0041666666666666667 - (z * series);
            series = 0.003968253968253968 - (z * series);
            series = 0.0083333333333333333 - (z * series);
            series = 0.083333333333333333 - (z * series);
            return Math.Log(x) - ((0.5 / x) + (z * series));
        }
        var sum = 0.0;
        while (x > 2)
            sum += 1 / (x -= 1);
        return sum + ((x - Zero - ZeroLow) * Polynomial(GammaCoefficients.Digamma, x - 1.5));
    }

    /// <summary>|ψ⁽ⁿ⁾(x)| = n! Σ (x + k)⁻ⁿ⁻¹ of x > 0, all terms positive; its tail by Euler and Maclaurin.</summary>
    private static double Magnitude(int n, double x)
    {
        var sum = 0.0;
        for (; x < n + 15; x++)
            sum += Term(n, x);
        var (z, factor, series) = (1 / (x * x), 1.0, 0.0);
        for (var j = 0; j < GammaCoefficients.Bernoulli.Length; j++)
        {
            factor *= (n + (2 * j)) * (n + (2 * j) + 1) * z;
            series += GammaCoefficients.Bernoulli[j] * factor;
        }
        return sum + (Over(Factorial(n - 1), x, n) * (1 + (0.5 * n / x) + series));
    }

    /// <summary>n! ⁄ xⁿ⁺¹.</summary>
    private static double Term(int n, double x) => Over(Factorial(n), x, n + 1);

    /// <summary>y ⁄ xⁿ, of a large power too that alone would overflow.</summary>
    private static double Over(double y, double x, int n)
    {
        var power = Math.Pow(x, n);
        return double.IsInfinity(power) ? y / Math.Pow(x, n / 2) / Math.Pow(x, n - (n / 2)) : y / power;
    }

    private static double Factorial(int n)
    {
        var product = 1.0;
        for (var k = 2; k <= n; k++)
            product *= k;
        return product;
    }

    /// <summary>π dⁿ ⁄ dxⁿ cot πx = πⁿ⁺¹ Pₙ(cot πx), where P₀(c) = c and Pₙ₊₁ = −(1 + c²) Pₙ′: coefficients of one sign, of every second power.</summary>
    private static double OfCotangent(int n, double x)
    {
        var coefficients = new double[n + 2];
        coefficients[1] = 1;
        for (var k = 0; k < n; k++)
        {
            var next = new double[n + 2];
            for (var power = 1; power <= k + 1; power++)
            {
                next[power - 1] -= power * coefficients[power];
                next[power + 1] -= power * coefficients[power];
            }
            coefficients = next;
        }
        var cotangent = double.CosPi(x) / double.SinPi(x);
        var sum = 0.0;
        for (var power = n + 1; power >= 0; power--)
            sum = (sum * cotangent) + coefficients[power];
        return Math.Pow(Math.PI, n + 1) * sum;
    }

    /// <summary>ln Γ(x) on [¾, 9⁄4].</summary>
    private static double NearOne(double x) => (x - 1) * (x - 2) * Polynomial(GammaCoefficients.LogGamma, x - 1.5);

    /// <summary>x times the rest of Stirling's series, by z = x⁻².</summary>
    private static double Series(double z)
    {
        var series = -0.0019175269175269175 + (z / 156);
        series = 0.00084175084175084175 + (z * series);
        series = -0.00059523809523809524 + (z * series);
        series = 0.00079365079365079365 + (z * series);
        series = -0.0027777777777777778 + (z * series);
        return 0.083333333333333333 + (z * series);
    }

    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        var sum = coefficients[0];
        foreach (var coefficient in coefficients[1..])
            sum = (sum * x) + coefficient;
        return sum;
    }
}
