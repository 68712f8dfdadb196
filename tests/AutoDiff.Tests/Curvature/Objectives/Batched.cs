using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

/// <summary>Examples with a class each.</summary>
[TensorTree]
public sealed partial record Labelled(Tensor Inputs, Tensor Targets);

/// <summary>Factors of a power, which is a setting and no leaf.</summary>
[TensorTree]
public sealed partial record Powers(Tensor Factors, int Exponent);

/// <summary>A small net and 23 examples, cut into batches of any size.</summary>
internal static class Batched
{
    public const int Examples = 23;
    public const int Outputs = 2;

    private static readonly double[] Inputs = Key.Of(11).Normal([Examples, 3]).ToArray();
    private static readonly double[] Classes = [.. Enumerable.Range(0, Examples).Select(i => (double)(i * 7 % 5 % Outputs))];

    public static Labelled Rows(int start, int count) =>
        new(
            Tensor.Of(Inputs.AsSpan(start * 3, count * 3), count, 3),
            Tensor.Of([.. Classes.Skip(start).Take(count).SelectMany(label => (double[])[1 - label, label])], count, Outputs)
        );

    public static Labelled[] Of(int size) =>
        [.. Enumerable.Range(0, (Examples + size - 1) / size).Select(i => Rows(i * size, Math.Min(size, Examples - (i * size))))];

    public static Tensor Model(Small w, Labelled batch) => Tanh(MatMul(batch.Inputs, w.Weight) + w.Bias) * Exp(0.1 * w.Bias);

    public static Tensor Losses(Small w, Labelled batch) => LogSumExp(Model(w, batch), 1) - Sum(Model(w, batch) * batch.Targets, 1);

    public static Tensor Loss(Small w, Labelled batch) => Mean(Losses(w, batch));

    public static Tensor Outer(Tensor outputs, Labelled batch) => Mean(LogSumExp(outputs, 1) - Sum(outputs * batch.Targets, 1));

    public static Tensor Decay(Small w) => 0.05 * (Sum(Square(w.Weight)) + Sum(Square(Square(w.Bias))));

    public static Tensor Whole(Small w) => Loss(w, Rows(0, Examples)) + Decay(w);

    public static Objective<Small> Objective(int size, BatchOptions? options = null) =>
        AutoDiff.Curvature.Objective.Of(Model, Outer, Small(1), Of(size), Decay, options: options);

    public static Small Small(ulong seed) => AutoDiff.Tests.Curvature.Losses.At(seed);
}
