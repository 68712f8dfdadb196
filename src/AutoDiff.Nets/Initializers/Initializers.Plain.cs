namespace AutoDiff.Nets;

/// <content>Initial weights that do not depend on the fans.</content>
public static partial class Initializers
{
    /// <summary>All the same number.</summary>
    /// <exception cref="ArgumentException">It is not finite.</exception>
    public static Initializer Constant(double value)
    {
        Require.That(double.IsFinite(value), $"[Initializers.Constant] got {value}; expected a finite number");
        return new($"constant {value}", (_, shape, _) => Tensor.Full(value, shape));
    }

    /// <summary>Independent normal numbers.</summary>
    /// <param name="standardDeviation">Their standard deviation σ, at least 0; 1 and 0.01 are the usual ones where nothing is known of the fans.</param>
    /// <param name="mean">Their mean.</param>
    /// <exception cref="ArgumentException">σ is negative, or a number is not finite.</exception>
    public static Initializer Normal(double standardDeviation = 1, double mean = 0)
    {
        RequireDeviation(standardDeviation, nameof(Normal));
        Require.That(double.IsFinite(mean), $"[Initializers.Normal] got mean {mean}; expected a finite number");
        return new($"normal {standardDeviation}", (key, shape, _) => key.Normal(shape, mean, standardDeviation));
    }

    /// <summary>Independent numbers, uniform in [−bound, bound).</summary>
    /// <exception cref="ArgumentException">The bound is not a finite number above 0.</exception>
    public static Initializer Uniform(double bound)
    {
        Require.That(
            bound > 0 && double.IsFinite(2 * bound),
            $"[Initializers.Uniform] got the bound {bound}; expected a number above 0 whose double is finite"
        );
        return new($"uniform ±{bound}", (key, shape, _) => key.Uniform(shape, -bound, bound));
    }

    /// <summary>Independent numbers, uniform in [low, high).</summary>
    /// <exception cref="ArgumentException">low is not below high, or one of them or their distance is not finite.</exception>
    public static Initializer Uniform(double low, double high)
    {
        Require.That(
            low < high && double.IsFinite(high - low),
            $"[Initializers.Uniform] got low {low}, high {high}; expected low below high, a finite distance apart"
        );
        return new($"uniform {low} to {high}", (key, shape, _) => key.Uniform(shape, low, high));
    }

    /// <summary>Independent numbers of mean 0 and of the standard deviation asked for, normal under the condition of being within ±2 σ′.</summary>
    /// <param name="standardDeviation">σ of what is drawn, at least 0.</param>
    /// <remarks>A standard normal number within ±2 has the standard deviation 0.87962566103423978, so the normal one before cutting has σ′ = σ ⁄ 0.8796…, as JAX's variance scaling does and its plain truncated normal does not.</remarks>
    /// <exception cref="ArgumentException">σ is negative or not finite.</exception>
    public static Initializer TruncatedNormal(double standardDeviation = 1)
    {
        RequireDeviation(standardDeviation, nameof(TruncatedNormal));
        return new($"truncated normal {standardDeviation}", (key, shape, _) => Truncated(key, shape, standardDeviation));
    }

    private static Tensor Truncated(Key key, Shape shape, double standardDeviation) =>
        standardDeviation / 0.87962566103423978 * key.TruncatedNormal(shape);

    private static void RequireDeviation(double standardDeviation, string name) =>
        Require.That(
            standardDeviation >= 0 && double.IsFinite(standardDeviation),
            $"[Initializers.{name}] got standard deviation {standardDeviation}; expected a finite number of at least 0"
        );
}
