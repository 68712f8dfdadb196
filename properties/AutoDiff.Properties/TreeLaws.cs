using AutoDiff.Laws;
using Xunit;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

/// <summary>The laws of functions over trees, ravelled to vectors.</summary>
public sealed class TreeLaws
{
    private static readonly Pair<Tensor, Pair<Tensor, Tensor>> Example = new(Tensor.Zeros([2, 3]), new(Tensor.Zeros([2]), 0));

    public static TheoryData<string> Laws => [.. DerivativeLaws.All.Concat(TransformLaws.All).Select(law => law.Name)];

    [Theory]
    [MemberData(nameof(Laws))]
    public void Hold_on_a_tree_to_a_tree(string law) =>
        Run.Holds(
            Rows.Named(law, DerivativeLaws.All.Concat(TransformLaws.All)),
            Trials.Of(Layer, Example, Domain.Any, "layer"),
            "trees",
            20
        );

    private static Pair<Tensor, Tensor> Layer(Pair<Tensor, Pair<Tensor, Tensor>> weights)
    {
        var hidden = Tanh(MatMul(weights.First, Tensor.Of([0.5, -1, 2])) + weights.Second.First);
        return new(hidden * weights.Second.Second, LogSumExp(hidden));
    }
}
