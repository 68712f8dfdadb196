using System.Collections.Immutable;
using static AutoDiff.Ops;

namespace AutoDiff.Examples;

/// <summary>An affine map of rows.</summary>
/// <param name="Weight">[inputs, outputs].</param>
/// <param name="Bias">[outputs].</param>
[TensorTree]
public sealed partial record Layer(Tensor Weight, Tensor Bias)
{
    public Tensor Of(Tensor rows) => MatMul(rows, Weight) + Bias;
}

/// <summary>A multilayer perceptron: affine maps with an activation between each two.</summary>
[TensorTree]
public sealed partial record Mlp(ImmutableArray<Layer> Layers)
{
    /// <summary>The net of the given widths, features first, classes last, with every parameter zero.</summary>
    public static Mlp Zeros(ImmutableArray<int> widths) =>
        new([.. widths.Zip(widths.Skip(1), (from, to) => new Layer(Tensor.Zeros([from, to]), Tensor.Zeros([to])))]);

    /// <summary>The net with another bias in its last layer.</summary>
    public Mlp WithOutputBias(Tensor bias) => new(Layers.SetItem(Layers.Length - 1, Layers[^1] with { Bias = bias }));

    /// <summary>The net with independent normal numbers added to every parameter.</summary>
    public Mlp Perturbed(Key key, double standardDeviation)
    {
        var keys = key.Split(Layers.Length);
        return new([.. Layers.Select((layer, i) => Perturbed(layer, keys[i], standardDeviation))]);
    }

    /// <summary>A score for each class, [rows, classes].</summary>
    public Tensor Logits(Tensor features, Nonlinearity activation) =>
        Layers.Skip(1).Aggregate(Layers[0].Of(features), (scores, layer) => layer.Of(activation.Apply(scores)));

    private static Layer Perturbed(Layer layer, Key key, double deviation)
    {
        var (weight, bias) = key.Split();
        return new(
            layer.Weight + weight.Normal(layer.Weight.Shape, standardDeviation: deviation),
            layer.Bias + bias.Normal(layer.Bias.Shape, standardDeviation: deviation)
        );
    }
}
