using MathNet.Numerics;

namespace AutoDiff.Nets;

/// <summary>Tails of distributions, each to its own magnitude.</summary>
internal static class Tails
{
    /// <summary>P(Z &gt; z) of the standard normal distribution.</summary>
    public static double Normal(double z) => SpecialFunctions.Erfc(z / Math.Sqrt(2)) / 2;

    /// <summary>The z with P(Z ≤ z) = p of the standard normal distribution.</summary>
    public static double NormalQuantile(double p) => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, p);

    /// <summary>P(Z &lt; z), P(Z &gt; z) or twice the smaller, by the alternative.</summary>
    public static double Normal(double z, Alternative alternative) =>
        alternative switch
        {
            Alternative.Less => Normal(-z),
            Alternative.Greater => Normal(z),
            Alternative.TwoSided => 2 * Normal(Math.Abs(z)),
        };

    /// <summary>P(T &lt; t), P(T &gt; t) or twice the smaller of Student's distribution, by the alternative.</summary>
    public static double Student(double t, double degrees, Alternative alternative) =>
        alternative switch
        {
            Alternative.Less => Student(-t, degrees),
            Alternative.Greater => Student(t, degrees),
            Alternative.TwoSided => 2 * Student(Math.Abs(t), degrees),
        };

    /// <summary>P(T &gt; t) of Student's distribution.</summary>
    /// <remarks>½·I(ν ⁄ (ν + t²); ν ⁄ 2, ½). Not Math.NET's, which is off by 1e-8 at ν = 1e7: it subtracts logarithms of Γ.</remarks>
    public static double Student(double t, double degrees)
    {
        if (double.IsNaN(t) || !(degrees > 0))
            return double.NaN;
        if (t < 0)
            return 1 - Student(-t, degrees);
        if (double.IsInfinity(t))
            return 0;
        var (a, ratio) = (degrees / 2, t * t / degrees);
        if (ratio == 0)
            return 0.5;
        // Far out the square overflows before the tail vanishes.
        var (logX, logY) = double.IsInfinity(ratio) ? (Math.Log(degrees) - (2 * Math.Log(t)), 0.0) : (-Log1p(ratio), -Log1p(1 / ratio));
        var front = Math.Exp((a * logX) + (logY / 2)) * GammaRatio(a) / Math.Sqrt(Math.PI);
        var x = 1 / (1 + ratio);
        return x < (a + 1) / (a + 2.5) ? front * Fraction(a, 0.5, x) / (2 * a) : 0.5 - (front * Fraction(0.5, a, ratio / (1 + ratio)));
    }

    /// <summary>The t with P(T &gt; t) = tail of Student's distribution, for tails up to ½.</summary>
    public static double StudentQuantile(double tail, double degrees)
    {
        if (!(degrees > 0))
            return double.NaN;
        var (low, high) = (0.0, 1.0);
        while (Student(high, degrees) > tail)
            (low, high) = (high, 2 * high);
        // To the last bit: halved until nothing lies between.
        for (var middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
            (low, high) = Student(middle, degrees) > tail ? (middle, high) : (low, middle);
        return (low + high) / 2;
    }

    /// <summary>Γ(a + ½) ⁄ Γ(a).</summary>
    public static double GammaRatio(double a)
    {
        var factor = 1.0;
        for (; a < 20; a++)
            factor *= a / (a + 0.5);
        var (r, s) = (1 / a, 1 / (a * a));
        // The difference of Stirling's series at a + ½ and a.
        var series = r * ((-1.0 / 8) + (s * ((1.0 / 192) + (s * ((-1.0 / 640) + (s * ((17.0 / 14336) - (s * (31.0 / 18432)))))))));
        return factor * Math.Sqrt(a) * Math.Exp(series);
    }

    /// <summary>ln(1 + x).</summary>
    /// <remarks>The platform's adds first, which loses a small x; here the quotient's errors cancel (Kahan).</remarks>
    public static double Log1p(double x)
    {
        var sum = 1 + x;
        return sum is 1 or double.PositiveInfinity ? x : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>The continued fraction of I(x; a, b) (Abramowitz, Stegun 26.5.8), by Lentz's rule; quick below its mean.</summary>
    private static double Fraction(double a, double b, double x)
    {
        const double tiny = 1e-300;
        var (c, d) = (1.0, 1 / (1 - ((a + b) * x / (a + 1))));
        var h = d;
        for (var m = 1; ; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / Held(1 + (even * d));
            c = Held(1 + (even / c));
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / Held(1 + (odd * d));
            c = Held(1 + (odd / c));
            var change = d * c;
            h *= change;
            if (Math.Abs(change - 1) <= 1e-15)
                return h;
        }
        static double Held(double value) => Math.Abs(value) < tiny ? tiny : value;
    }
}
