using AutoDiff.Nets;

namespace AutoDiff.Properties;

/// <summary>A layer on which every law of layers is tried.</summary>
/// <param name="Name">The row's name.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Input">The shape of one example.</param>
public sealed record LayerCase(string Name, Layer Layer, Shape Input)
{
    /// <summary>(key, shape [batch, …]) → inputs that the layer takes: standard normal unless set.</summary>
    public Func<Key, Shape, Tensor> Inputs { get; init; } = (key, shape) => key.Normal(shape);

    /// <summary>Whether the output has a derivative by the input: class numbers have none.</summary>
    public bool IsDifferentiable { get; init; } = true;

    /// <summary>Whether in training an example's output depends on the others of its batch.</summary>
    public bool MixesExamples { get; init; }

    /// <summary>Whether something that depends on parameters or inputs is a constant to the derivative, which then is no limit of differences.</summary>
    public bool StopsGradients { get; init; }

    /// <summary>How the hidden units of a net change places, where it has some: the function stays the same.</summary>
    public UnitPermutation? Units { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
