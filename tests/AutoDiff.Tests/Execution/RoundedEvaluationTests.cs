using static AutoDiff.Ops;

namespace AutoDiff.Tests.Execution;

/// <summary>Graphs evaluated in random rounding.</summary>
public class RoundedEvaluationTests
{
    /// <summary>What sums by indices move by grows as the root of the number of their own terms, and one term is exact.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 2)]
    [InlineData(100, 10)]
    public void Sums_by_indices_move_by_the_root_of_their_terms(int terms, int units)
    {
        var (input, indices) = (new Input([200], "x"), Enumerable.Range(0, 200).Select(i => i < terms ? 0.0 : i).ToArray());
        var sums = Transforms.Vjp((Tensor y) => Gather(y, Tensor.Of(indices)), Tensor.Zeros([1000])).Pullback(input);
        var graph = Graph.Of([input], [sums]);
        var values = Enumerable.Repeat(0.7, 200).ToArray();
        var (plain, rounded) = (Reference.Evaluate(graph, [values])[0], RoundedEvaluation.Evaluate(graph, [values], 1)[0]);
        Assert.InRange(Math.Abs(rounded[0] - plain[0]) / (Math.BitIncrement(plain[0]) - plain[0]), 0.99 * units, 1.01 * units);
        Assert.Equal(plain[1..], rounded[1..]);
    }

    [Fact]
    public void Numbers_that_are_their_own_indices_move_as_others_do()
    {
        var input = new Input([100], "x");
        var graph = Graph.Of([input], [ScatterAdd(input, input, 5)]);
        var sums = RoundedEvaluation.Evaluate(
            graph,
            [
                [.. Enumerable.Repeat(3.0, 100)],
            ],
            1
        )[0];
        Assert.Equal(10 * (Math.BitIncrement(300.0) - 300), Math.Abs(sums[3] - 300));
        Assert.Equal([0, 0, 0, 0], [.. sums[..3], sums[4]]);
    }

    public static TheoryData<string> Losses =>
        ["sum", "mean of products", "logarithm", "cumulative", "scattered", "windows", "elementwise", "powers"];

    /// <summary>Each evaluation agrees with the plain one to a few units of the terms' size, and differs from it and from those of other seeds.</summary>
    [Theory]
    [MemberData(nameof(Losses))]
    public void Evaluations_scatter_round_the_plain_one(string name)
    {
        var input = new Input([40], "x");
        Tensor x = input;
        var outcome = name switch
        {
            "sum" => Sum(x, 0),
            "mean of products" => MatMul(Reshape(x, 8, 5), Reshape(x, 5, 8)),
            "logarithm" => LogSumExp(Reshape(x, 4, 10), 1),
            "cumulative" => CumulativeSum(x, 0),
            "scattered" => Transforms.Grad((Tensor y) => Sum(Gather(y, Tensor.Of([1, 1, 1, 1, 1, 1, 1, 1], 8)) * Slice(x, 0, 0, 8)), x),
            "windows" => Transforms.Grad((Tensor y) => Sum(Windows(y, 0, 4) * Windows(Square(x), 0, 4)), x),
            "elementwise" => (Tanh(x) / Sqrt(Exp(x) + 1)) - (Square(Sigmoid(x)) * Reciprocal(3 + x)),
            "powers" => Power(Exp(x), 0.3) + Atan2(x, 1 + Square(x)),
            _ => throw new ArgumentException(name),
        };
        var graph = Graph.Of([input], [outcome]);
        var values = Key.Of(4).Normal([40]).ToArray();
        var plain = Reference.Evaluate(graph, [values])[0];
        var runs = Enumerable.Range(0, 8).Select(seed => RoundedEvaluation.Evaluate(graph, [values], (ulong)seed)[0]).ToArray();
        Assert.Equal(runs[3], RoundedEvaluation.Evaluate(graph, [values], 3)[0]);
        Assert.True(runs.Select(run => string.Join(" ", run)).Distinct().Count() > 1);
        for (var i = 0; i < plain.Length; i++)
        {
            var spread = runs.Max(run => Math.Abs(run[i] - plain[i]));
            Assert.InRange(spread, 0, 1e-13);
        }
        // Nearly all elements are inexact, and of those nearly all move in one of eight runs.
        var moved = Enumerable.Range(0, plain.Length).Count(i => plain[i] == 0 || runs.Any(run => run[i] != plain[i]));
        Assert.True(moved >= 0.9 * plain.Length, $"{moved} of {plain.Length} elements moved");
    }
}
