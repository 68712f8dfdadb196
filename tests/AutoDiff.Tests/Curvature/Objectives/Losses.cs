using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

/// <summary>Losses of a small net over two leaves, one of them unused by some, with its model apart.</summary>
[TensorTree]
public sealed partial record Small(Tensor Weight, Tensor Bias);

internal static class Losses
{
    private static readonly Tensor X = Key.Of(1).Normal([7, 3]);
    private static readonly Tensor Y = Key.Of(2).Normal([7, 2]);

    public static Small At(ulong seed) => Transforms.Evaluate(new Small(Key.Of(seed).Normal([3, 2]), Key.Of(seed + 1).Normal([2])));

    public static Tensor Linear(Small w) => MatMul(X, w.Weight) + w.Bias;

    public static Tensor Curved(Small w) => Tanh(Linear(w)) * Exp(0.1 * w.Bias);

    public static Tensor Unused(Small w) => MatMul(X, w.Weight);

    public static Tensor Squares(Tensor outputs) => Mean(Square(outputs - Y));

    public static Tensor Entropy(Tensor outputs) => Mean(LogSumExp(outputs, 1) - Take(outputs, 1, 0));

    /// <summary>Models and losses of their outputs.</summary>
    public static readonly Dictionary<string, (Func<Small, Tensor> Model, Func<Tensor, Tensor> Loss)> All = new()
    {
        ["linear, squares"] = (Linear, Squares),
        ["linear, entropy"] = (Linear, Entropy),
        ["curved, squares"] = (Curved, Squares),
        ["curved, entropy"] = (Curved, Entropy),
        ["unused leaf"] = (Unused, Squares),
    };

    public static TheoryData<string> Names => [.. All.Keys];
}
