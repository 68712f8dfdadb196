namespace AutoDiff.Numerics;

/// <summary>The modified Bessel functions of the first kind of orders 0 and 1, scaled by e^−|x|, and what their derivatives are made of.</summary>
/// <remarks>
/// e^−a I₀(a) = 1⁄π ∫₀^π e^(−a(1 − cos θ)) dθ (Abramowitz and Stegun 9.6.16). By the trapezoidal rule, whose error for such functions falls faster than
/// geometrically in the number of points; far out by the asymptotic series. All terms are positive, so nothing cancels.
/// </remarks>
public static class BesselFunctions
{
    private const int Stored = 3;

    // By order: 1 − cos of the angles kπ ⁄ m, k = 0 … m.
    private static readonly double[][] Versines = [.. Enumerable.Range(0, Stored).Select(n => Of(Points(n)))];

    /// <summary>e^−|x| I₁(x); within 4 units in the last place.</summary>
    public static double I1e(double x)
    {
        var a = Math.Abs(x);
        if (!(a < Far(1)))
            return Math.CopySign(I0eMoment(0, a) - I0eMoment(1, a), x);
        // 2⁄π ∫ cos θ e^(−a(1 − cos θ)) (1 − e^(−2a cos θ)) ⁄ 2 dθ over half the angles.
        var (versines, step) = (Versines[1], Step(1, a));
        var (count, sum) = ((versines.Length - 1) / step, 0.0);
        for (var k = count / 2; k >= 0; k--)
        {
            var (v, cosine) = (versines[k * step], 1 - versines[k * step]);
            sum += (k == 0 ? 0.5 : 1) * cosine * -SpecialFunctions.Expm1(-2 * a * cosine) * Math.Exp(-a * v);
        }
        return Math.CopySign(sum / count, x);
    }

    /// <summary>1⁄π ∫₀^π (1 − cos θ)ⁿ e^(−|x|(1 − cos θ)) dθ: e^−|x| I₀(x) for n = 0, and (−1)ⁿ times its derivative of order n in |x|.</summary>
    /// <remarks>Within 4 units in the last place for n = 0. 0 at ±∞.</remarks>
    /// <param name="n">At least 0.</param>
    /// <param name="x">The argument.</param>
    public static double I0eMoment(int n, double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var a = Math.Abs(x);
        if (double.IsNaN(a))
            return a;
        if (a >= Far(n))
            return Asymptotic(n, a);
        var (versines, step) = (n < Stored ? Versines[n] : Of(Points(n)), Step(n, a));
        var (count, sum) = ((versines.Length - 1) / step, 0.0);
        for (var k = count; k >= 0; k--)
        {
            var v = versines[k * step];
            sum += (k == 0 || k == count ? 0.5 : 1) * Power(v, n) * Math.Exp(-a * v);
        }
        return sum / count;
    }

    /// <summary>Where the series is right to double precision.</summary>
    private static double Far(int n) => 25 + (2 * n);

    /// <summary>As many intervals as the rule needs up to there; an even number.</summary>
    private static int Points(int n) => 40 + (4 * n);

    /// <summary>A half of the points is enough for small a.</summary>
    private static int Step(int n, double a) => a < 4 && n < Stored ? 2 : 1;

    /// <summary>(½)ₙ ⁄ (√(2πa) aⁿ) Σ (½)ₖ (n + ½)ₖ ⁄ (k! (2a)ᵏ).</summary>
    private static double Asymptotic(int n, double a)
    {
        var (term, rest) = (1.0, 0.0);
        for (var k = 0; term > 1e-18 && k < 2 * a; k++)
        {
            term *= (k + 0.5) * (n + k + 0.5) / ((k + 1) * (2 * a));
            rest += term;
        }
        var y = (1 + rest) * (0.3989422804014327 / Math.Sqrt(a)); // 1⁄√2π
        for (var k = 0; k < n; k++)
            y *= (k + 0.5) / a;
        return y;
    }

    // 2 sin² of half the angle.
    private static double[] Of(int m) =>
        [.. Enumerable.Range(0, m + 1).Select(k => double.SinPi(0.5 * k / m)).Select(sine => 2 * sine * sine)];

    private static double Power(double v, int n)
    {
        var power = 1.0;
        for (var k = 0; k < n; k++)
            power *= v;
        return power;
    }
}
