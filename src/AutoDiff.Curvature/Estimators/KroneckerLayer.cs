using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>A dense layer's two factors: its part of the Fisher matrix is about A ⊗ G.</summary>
public sealed record KroneckerLayer
{
    /// <summary>The path of the weight's leaf.</summary>
    public required string Weight { get; init; }

    /// <summary>The path of the bias's leaf; null without one.</summary>
    public required string? Bias { get; init; }

    /// <summary>The number p of inputs, the constant one that a bias multiplies among them, as the last.</summary>
    public required int Inputs { get; init; }

    /// <summary>The number q of outputs.</summary>
    public required int Outputs { get; init; }

    /// <summary>A [p, p], row by row: the mean over examples of a·aᵀ, a the layer's inputs.</summary>
    public required ImmutableArray<double> Activations { get; init; }

    /// <summary>G [q, q], row by row: the mean over examples of g·gᵀ, g the gradient of an example's loss in the layer's outputs.</summary>
    public required ImmutableArray<double> Gradients { get; init; }

    /// <summary>Where the weight begins among all parameters.</summary>
    internal int WeightStart { get; init; }

    /// <summary>Where the bias begins.</summary>
    internal int BiasStart { get; init; }

    /// <summary>The places of the layer's p·q parameters among all, in the order of the matrix [p, q] that they make.</summary>
    internal int Place(int i) => i < Weights ? WeightStart + i : BiasStart + i - Weights;

    private int Weights => (Bias is null ? Inputs : Inputs - 1) * Outputs;
}
