namespace AutoDiff.Curvature;

/// <summary>The sharpness λmax up to which a method with a fixed rate comes down a quadratic; beyond it the steps along that eigenvector grow (Cohen, Kaur, Li, Kolter, Talwalkar 2021, section 2 and appendix B).</summary>
public static class StabilityThreshold
{
    /// <summary>2/η of gradient descent x ← x − η·g.</summary>
    /// <exception cref="ArgumentException">The rate is not positive and finite.</exception>
    public static double GradientDescent(double rate) => 2 / Rate("StabilityThreshold.GradientDescent", rate);

    /// <summary>(2 + 2β)/η of Polyak's momentum v ← β·v − η·g, x ← x + v.</summary>
    /// <exception cref="ArgumentException">The rate is not positive and finite, or the momentum not at least 0 and below 1.</exception>
    public static double HeavyBall(double rate, double momentum)
    {
        Require.Fraction("StabilityThreshold.HeavyBall", "a momentum", momentum);
        return (2 + (2 * momentum)) / Rate("StabilityThreshold.HeavyBall", rate);
    }

    /// <summary>(2 + 2β)/(η·(1 + 2β)) of Nesterov's momentum v ← β·v − η·g(x + β·v), x ← x + v.</summary>
    /// <exception cref="ArgumentException">The rate is not positive and finite, or the momentum not at least 0 and below 1.</exception>
    public static double Nesterov(double rate, double momentum)
    {
        Require.Fraction("StabilityThreshold.Nesterov", "a momentum", momentum);
        return (2 + (2 * momentum)) / (Rate("StabilityThreshold.Nesterov", rate) * (1 + (2 * momentum)));
    }

    private static double Rate(string operation, double rate)
    {
        Require.That(rate > 0 && double.IsFinite(rate), $"[{operation}] got a rate of {rate}; expected a positive number");
        return rate;
    }
}
