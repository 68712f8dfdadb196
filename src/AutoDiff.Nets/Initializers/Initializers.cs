namespace AutoDiff.Nets;

/// <summary>Initial weights by their names in the field.</summary>
public static partial class Initializers
{
    /// <summary>All zeros.</summary>
    public static Initializer Zeros { get; } = new("zeros", (_, shape, _) => Tensor.Zeros(shape));

    /// <summary>All ones.</summary>
    public static Initializer Ones { get; } = new("ones", (_, shape, _) => Tensor.Ones(shape));

    /// <summary>Uniform in ±1 ⁄ √(inputs of a unit): PyTorch's for dense layers and convolutions, weights and biases alike.</summary>
    public static Initializer FanIn { get; } =
        new(
            "fan in",
            (key, shape, fans) => fans.In > 0 ? key.Uniform(shape, -1 / Math.Sqrt(fans.In), 1 / Math.Sqrt(fans.In)) : Tensor.Zeros(shape)
        );
}
