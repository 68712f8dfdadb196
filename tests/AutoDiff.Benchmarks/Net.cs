using System.Collections.Immutable;
using static AutoDiff.Ops;

namespace AutoDiff.Benchmarks;

/// <summary>An affine map of rows.</summary>
[TensorTree]
internal sealed partial record Layer(Tensor Weight, Tensor Bias);

/// <summary>The parameters of a multilayer perceptron.</summary>
[TensorTree]
internal sealed partial record Net(ImmutableArray<Layer> Layers)
{
    /// <summary>The last layer's sums [rows, classes], an activation between each two layers.</summary>
    public Tensor Scores(Tensor rows, Func<Tensor, Tensor> activation) =>
        Layers.Skip(1).Aggregate(Affine(Layers[0], rows), (sums, layer) => Affine(layer, activation(sums)));

    private static Tensor Affine(Layer layer, Tensor rows) => MatMul(rows, layer.Weight) + layer.Bias;
}

/// <summary>Rows [rows, features] and what a net should make of them [rows, classes].</summary>
[TensorTree]
internal sealed partial record Batch(Tensor Rows, Tensor Targets);

/// <summary>A net on a batch of random data: tanh layers, softmax cross-entropy, the mean over the batch.</summary>
/// <param name="Name">The name, as the peer's.</param>
/// <param name="Widths">Features first, classes last.</param>
/// <param name="Rows">The number of examples.</param>
internal sealed record NetCase(string Name, ImmutableArray<int> Widths, int Rows)
{
    /// <summary>The peer's six.</summary>
    public static ImmutableArray<NetCase> All { get; } =
    [
        new("tiny", [2, 4, 2], 4),
        new("iris", [4, 16, 3], 150),
        new("digits-256", [64, 32, 10], 256),
        new("digits-1797", [64, 32, 10], 1797),
        new("fmnist-64", [784, 100, 50, 10], 64),
        new("fmnist14-1024", [196, 100, 50, 10], 1024),
    ];

    /// <summary>The number of parameters.</summary>
    public int Size => Widths.Zip(Widths.Skip(1), (from, to) => (from + 1) * to).Sum();

    /// <summary>The case of a name.</summary>
    public static NetCase Named(string name) => All.Single(net => net.Name == name);

    public static Tensor Loss(Net net, Batch batch)
    {
        var logits = net.Scores(batch.Rows, Tanh);
        return Mean(LogSumExp(logits, 1) - Sum(batch.Targets * logits, 1));
    }

    /// <summary>Weights of variance 1/inputs; biases are normal too, where the peer's are zero, so that no product can be skipped.</summary>
    public Net Random(Key key) =>
        new([.. Widths.Zip(Widths.Skip(1)).Select((pair, i) => RandomLayer(pair.First, pair.Second, key.FoldIn((ulong)i)))]);

    public Batch Data(Key key)
    {
        var (rows, classes) = key.Split();
        var labels = Array.ConvertAll(classes.Choice(Widths[^1], Rows, replace: true), label => (double)label);
        return Transforms.Evaluate(new Batch(rows.Normal([Rows, Widths[0]]), OneHot(labels, Widths[^1])));
    }

    private static Layer RandomLayer(int inputs, int outputs, Key key)
    {
        var (weight, bias) = key.Split();
        return new(
            weight.Normal([inputs, outputs], standardDeviation: 1 / Math.Sqrt(inputs)),
            bias.Normal([outputs], standardDeviation: 0.1)
        );
    }
}
