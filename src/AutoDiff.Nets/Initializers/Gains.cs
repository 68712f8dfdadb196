namespace AutoDiff.Nets;

/// <summary>What the standard deviation of initial weights is times, so that an activation keeps the variance of what goes through it; PyTorch's <c>calculate_gain</c>.</summary>
public static class Gains
{
    /// <summary>1: no activation, and convolutions.</summary>
    public const double Linear = 1;

    /// <summary>1.</summary>
    public const double Sigmoid = 1;

    /// <summary>5 ⁄ 3.</summary>
    public const double Tanh = 5.0 / 3;

    /// <summary>√2: half of what goes in comes out (He et al. 1502.01852, equation 10).</summary>
    public const double Relu = 1.4142135623730951;

    /// <summary>3 ⁄ 4.</summary>
    public const double Selu = 0.75;

    /// <summary>√(2 ⁄ (1 + slope²)) (He et al. 1502.01852, equation 15).</summary>
    /// <param name="slope">The slope below 0.</param>
    /// <exception cref="ArgumentException">The slope is not finite.</exception>
    public static double LeakyRelu(double slope = 0.01)
    {
        Require.That(double.IsFinite(slope), $"[Gains.LeakyRelu] got slope {slope}; expected a finite number");
        return Math.Sqrt(2 / (1 + (slope * slope)));
    }
}
