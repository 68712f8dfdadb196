using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Execution;

/// <summary>Many examples of a few numbers, which a plan lays out number by number: as the reference has them, and within their blocks.</summary>
public sealed class TallTests
{
    private const int Many = Tall.Fewest + 3;

    // Each as a function of x [n, 3], y [n, 2, 3], s [n] and w [n, 11].
    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor, Tensor, Tensor>> Table = new()
    {
        ["an example's number beside its others"] = (x, _, s, _) => Exp(x * ExpandDims(s, 1)),
        ["a number for all"] = (x, y, s, _) => (Tanh(y * ExpandDims(ExpandDims(s, 1), 1)) * 2) - Tensor.Of([1, 2, 3]),
        ["several results of one pass"] = (x, _, s, _) =>
            Concatenate([Tanh(x / ExpandDims(s, 1)), 1 - Square(Tanh(x / ExpandDims(s, 1)))], 1),
        ["sum of each"] = (x, _, s, _) => Sum(x * ExpandDims(s, 1), 1),
        ["sum of the last, largest of the middle"] = (_, y, s, _) => Concatenate([Sum(Scaled(y, s), 2), Max(Scaled(y, s), 1)], 1),
        ["sum over the examples"] = (x, _, s, _) => Sum(x * ExpandDims(s, 1), 0),
        ["sum of all"] = (_, y, s, _) => Sum(Scaled(y, s)),
        ["log-sum-exp of each"] = (_, y, s, _) => LogSumExp(Scaled(y, s), 2),
        ["one number of each"] = (x, y, s, _) => Take(Scaled(y, s), 2, 1) * ExpandDims(Take(x, 1, 2), 1),
        ["numbers backwards"] = (x, _, s, _) => Flip(x * ExpandDims(s, 1), 1),
        ["reshape"] = (_, y, s, _) => Reshape(Scaled(y, s), Many, 6) + 1,
        ["reshape across examples"] = (_, y, s, _) => Sin(Reshape(Scaled(y, s), 3, -1)),
        ["transpose"] = (_, y, s, _) => Transpose(Scaled(y, s), 2, 0, 1) * 2,
        ["padded"] = (x, _, s, _) => Pad(x * ExpandDims(s, 1), [0, 1], [0, 2], 7) * 3,
        ["numbers from wherever they lie"] = (_, _, s, w) => Concatenate([w[0.., 1..4] * ExpandDims(s, 1), w[0.., 3..5], w[0.., 9..11]], 1),
        ["set and added"] = (x, _, s, _) => (x * ExpandDims(s, 1)).At(0.., 1).Set(s).At(0.., 0..2).Add(x[0.., 1..3]),
        ["gathered"] = (x, _, s, _) => Gather(x * ExpandDims(s, 1), Tensor.Of([Many - 1, 0, 5])),
        ["sorted"] = (x, _, s, _) => Sort(x * ExpandDims(s, 1), 1),
        ["product with one matrix"] = (x, y, s, _) => MatMul(x * ExpandDims(s, 1), Transpose(Take(y, 0, 4))),
        ["dot product of each"] = (x, _, s, _) => MatMul(ExpandDims(x, 1), ExpandDims(x * ExpandDims(s, 1), 2)),
        ["outer product of each"] = (x, _, s, _) => MatMul(ExpandDims(x[0.., 0..2], 2), ExpandDims(x * ExpandDims(s, 1), 1)),
        ["matrix times vector of each, and more"] = (x, y, s, _) => MatMul(y, ExpandDims(x, 2)) + ExpandDims(ExpandDims(s, 1), 1),
        ["joined within joined"] = (x, y, s, w) =>
            Concatenate([Concatenate([x * ExpandDims(s, 1), Sum(y, 1)], 1), w, Concatenate([w, Exp(x)], 1)], 1),
        ["Jacobians of each"] = (x, _, _, w) => Vmap((Pair<Tensor, Tensor> one) => Jacobian(Image, one))(new(x, w)),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void AreAsTheReferenceHasThem(string name)
    {
        var graph = GraphOf(name);
        PlanCases.Check(graph);
        var inputs = PlanCases.Inputs(graph);
        double[][] guarded = [new double[graph.Nodes[graph.Outputs[0]].Shape.Size]];
        Plan<double>.Of(graph, guarded: true).Run(inputs, guarded);
        Assert.Equal(PlanCases.Run(graph, inputs)[0], guarded[0]);
    }

    [Fact]
    public void ProductsOfTinyMatricesAreNoProductsOfAPlan() =>
        Assert.DoesNotContain(
            "MatMul",
            Plan<double>.Of(GraphOf("matrix times vector of each, and more")).ToString(),
            StringComparison.Ordinal
        );

    [Fact]
    public void WhatIsJoinedIsCopiedOnce()
    {
        var steps = Plan<double>.Of(GraphOf("joined within joined")).ToString();
        Assert.Contains("Join 5 pieces", steps, StringComparison.Ordinal);
        Assert.DoesNotContain("Copy", steps, StringComparison.Ordinal);
    }

    /// <summary>A result that is joined elsewhere too is computed for both.</summary>
    [Fact]
    public void WhatIsJoinedTwiceIsRight() =>
        PlanCases.Check(
            [
                [2, 3],
            ],
            x =>
            {
                var inner = Concatenate([x[0], Exp(x[0])], 1);
                return [Concatenate([inner, x[0]], 1), Concatenate([x[0], inner], 1), inner];
            }
        );

    private static Graph GraphOf(string name) =>
        PlanCases.Graph(
            [
                [Many, 3],
                [Many, 2, 3],
                [Many],
                [Many, 11],
            ],
            x => [Table[name](x[0], x[1], x[2], x[3])]
        );

    private static Tensor Scaled(Tensor y, Tensor s) => y * ExpandDims(ExpandDims(s, 1), 1);

    private static Tensor Image(Pair<Tensor, Tensor> of)
    {
        var (x, w) = (of.First, of.Second);
        var moved = (x - w[0..3]) * Cos(Dot(w[3..6], x));
        return moved[0..2] * (1 + (w[9] * Dot(moved, moved))) * w[6];
    }
}
