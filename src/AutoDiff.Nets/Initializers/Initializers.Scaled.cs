namespace AutoDiff.Nets;

/// <content>Initial weights whose variance is over the fans, so that layers keep the variance of what goes through them. A fan of 0 gives zeros.</content>
public static partial class Initializers
{
    /// <summary>Normal with variance gain² · 2 ⁄ (in + out).</summary>
    /// <param name="gain">The gain of the activation, at least 0: see <see cref="Gains"/>.</param>
    /// <remarks>Glorot, Bengio (2010).</remarks>
    /// <exception cref="ArgumentException">The gain is negative or not finite; so for all below.</exception>
    public static Initializer XavierNormal(double gain = Gains.Linear) =>
        VarianceScaling(gain, FanMode.Average, WeightDistribution.Normal) with
        {
            Name = "Xavier normal",
        };

    /// <summary>Uniform in ±gain · √(6 ⁄ (in + out)).</summary>
    /// <inheritdoc cref="XavierNormal"/>
    public static Initializer XavierUniform(double gain = Gains.Linear) =>
        VarianceScaling(gain, FanMode.Average, WeightDistribution.Uniform) with
        {
            Name = "Xavier uniform",
        };

    /// <summary>Normal with variance gain² ⁄ fan.</summary>
    /// <param name="mode">Which fan.</param>
    /// <param name="gain">The gain of the activation, at least 0: that of ReLU unless told.</param>
    /// <remarks>He et al. (1502.01852); PyTorch's <c>kaiming_normal_</c>.</remarks>
    /// <exception cref="ArgumentException">The gain is negative or not finite.</exception>
    public static Initializer HeNormal(FanMode mode = FanMode.In, double gain = Gains.Relu) =>
        VarianceScaling(gain, mode, WeightDistribution.Normal) with
        {
            Name = "He normal",
        };

    /// <summary>Uniform in ±gain · √(3 ⁄ fan).</summary>
    /// <inheritdoc cref="HeNormal" path="/*[not(self::summary)]"/>
    public static Initializer HeUniform(FanMode mode = FanMode.In, double gain = Gains.Relu) =>
        VarianceScaling(gain, mode, WeightDistribution.Uniform) with
        {
            Name = "He uniform",
        };

    /// <summary>Normal with variance 1 ⁄ in.</summary>
    /// <remarks>LeCun et al. (1998), Efficient BackProp; what self-normalizing nets begin with.</remarks>
    public static Initializer LeCunNormal { get; } =
        VarianceScaling(1, FanMode.In, WeightDistribution.Normal) with
        {
            Name = "LeCun normal",
        };

    /// <summary>Uniform in ±√(3 ⁄ in).</summary>
    /// <inheritdoc cref="LeCunNormal" path="/remarks"/>
    public static Initializer LeCunUniform { get; } =
        VarianceScaling(1, FanMode.In, WeightDistribution.Uniform) with
        {
            Name = "LeCun uniform",
        };

    /// <summary>Truncated normal with variance 1 ⁄ in: Flax's and Haiku's weights of dense layers.</summary>
    /// <inheritdoc cref="LeCunNormal" path="/remarks"/>
    public static Initializer LeCunTruncated { get; } =
        VarianceScaling(1, FanMode.In, WeightDistribution.TruncatedNormal) with
        {
            Name = "LeCun truncated",
        };

    /// <summary>Mean 0 and variance gain² ⁄ fan, of a distribution.</summary>
    /// <param name="gain">The gain, at least 0.</param>
    /// <param name="mode">Which fan.</param>
    /// <param name="distribution">Of which distribution; the truncated normal too has just this variance.</param>
    /// <exception cref="ArgumentException">The gain is negative or not finite.</exception>
    public static Initializer VarianceScaling(double gain, FanMode mode, WeightDistribution distribution)
    {
        Require.That(
            gain >= 0 && double.IsFinite(gain),
            $"[Initializers.VarianceScaling] got gain {gain}; expected a finite number of at least 0"
        );
        return new(
            $"variance {gain}² over {mode}, {distribution}",
            (key, shape, fans) =>
            {
                var deviation = gain / Math.Sqrt(Fan(fans, mode));
                return deviation is > 0 and < double.PositiveInfinity ? Scaled(key, shape, deviation, distribution) : Tensor.Zeros(shape);
            }
        );
    }

    private static double Fan(Fans fans, FanMode mode) =>
        mode switch
        {
            FanMode.In => fans.In,
            FanMode.Out => fans.Out,
            FanMode.Average => (fans.In + fans.Out) / 2,
            _ => throw new ArgumentException($"[Initializers] got a fan mode of no name; expected a member", nameof(mode)),
        };

    private static Tensor Scaled(Key key, Shape shape, double deviation, WeightDistribution distribution) =>
        distribution switch
        {
            WeightDistribution.Normal => key.Normal(shape, 0, deviation),
            WeightDistribution.Uniform => key.Uniform(shape, -Math.Sqrt(3) * deviation, Math.Sqrt(3) * deviation),
            WeightDistribution.TruncatedNormal => Truncated(key, shape, deviation),
            _ => throw new ArgumentException($"[Initializers] got a distribution of no name; expected a member", nameof(distribution)),
        };
}
