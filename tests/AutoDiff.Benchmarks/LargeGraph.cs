using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Benchmarks;

/// <summary>A function of many nodes whose first call is timed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Point">Where it is called.</param>
/// <param name="Value">What is differentiated.</param>
/// <param name="Derivative">What is compiled: the same, or a derivative of it.</param>
internal sealed record LargeGraph(
    string Name,
    TreeList<Tensor> Point,
    Func<TreeList<Tensor>, Tensor> Value,
    Func<TreeList<Tensor>, TreeList<Tensor>> Derivative
)
{
    private const int Examples = 4;
    private const int Features = 8;
    private const int Hidden = 16;

    /// <summary>Unrolled loops, sized so that their graphs have about <paramref name="nodes"/> nodes; fewer for the optimizer and the rows.</summary>
    public static LargeGraph[] All(int nodes)
    {
        var (cells, gradientCells) = (nodes / 190, nodes / 64);
        var net = Cell();
        Func<TreeList<Tensor>, Tensor> small = weights => Unrolled(weights, cells);
        Func<TreeList<Tensor>, Tensor> large = weights => Unrolled(weights, gradientCells);
        Func<Tensor, Tensor> tuned = rate => Tuned(rate, nodes / 1400);
        return
        [
            new($"LSTM, {gradientCells} steps: gradient", net, large, Grad(large)),
            new($"LSTM, {cells} steps: H·v", net, small, weights => Hvp(small, weights, weights)),
            new("rate through an optimizer: gradient", [0.1], x => tuned(x[0]), x => [Grad(tuned, x[0])]),
            new($"chain of {nodes}: value", [1.1], x => Chain(x[0], nodes), x => [Chain(x[0], nodes)]),
            new(
                $"rows of {nodes / 50}: gradient",
                [Key.Of(2).Normal([nodes / 50, 14])],
                x => ByRows(x[0]),
                Grad<TreeList<Tensor>>(x => ByRows(x[0]))
            ),
        ];
    }

    private static TreeList<Tensor> Cell()
    {
        var key = Key.Of(1);
        return
        [
            0.1 * key.FoldIn(0).Normal([Features, 4 * Hidden]),
            0.1 * key.FoldIn(1).Normal([Hidden, 4 * Hidden]),
            Tensor.Zeros([4 * Hidden]),
        ];
    }

    /// <summary>A long short-term memory, step by step, each with an input of its own.</summary>
    private static Tensor Unrolled(TreeList<Tensor> weights, int steps)
    {
        var (state, memory) = (Tensor.Zeros([Examples, Hidden]), Tensor.Zeros([Examples, Hidden]));
        var inputs = Key.Of(7).Normal([steps, Examples, Features]);
        for (var step = 0; step < steps; step++)
        {
            var gates = MatMul(Take(inputs, 0, step), weights[0]) + MatMul(state, weights[1]) + weights[2];
            var (enter, forget, leave) = (Sigmoid(Gate(gates, 0)), Sigmoid(Gate(gates, 1)), Sigmoid(Gate(gates, 2)));
            memory = (forget * memory) + (enter * Tanh(Gate(gates, 3)));
            state = leave * Tanh(memory);
        }
        return Mean(Square(state));
    }

    private static Tensor Gate(Tensor gates, int which) => Slice(gates, 1, which * Hidden, (which + 1) * Hidden);

    /// <summary>A small net's loss after gradient steps with momentum, as a function of their rate.</summary>
    private static Tensor Tuned(Tensor rate, int steps)
    {
        var key = Key.Of(5);
        var inputs = key.FoldIn(0).Normal([16, 4]);
        TreeList<Tensor> weights =
        [
            key.FoldIn(1).Normal([4, 8]),
            Tensor.Zeros([8]),
            key.FoldIn(2).Normal([8, 8]),
            key.FoldIn(3).Normal([8, 1]),
        ];
        var pace = TreeMath.ZerosLike(weights);
        for (var step = 0; step < steps; step++)
        {
            pace = TreeMath.Zip(pace, Grad(Loss, weights), (p, g) => (0.9 * p) + g);
            weights = TreeMath.Zip(weights, pace, (w, p) => w - (rate * p));
        }
        return Loss(weights);

        Tensor Loss(TreeList<Tensor> w) =>
            Mean(Square(MatMul(Tanh(MatMul(Tanh(MatMul(inputs, w[0]) + w[1]), w[2])), w[3]) - ExpandDims(Sum(inputs, 1), 1)));
    }

    private static Tensor Chain(Tensor x, int length)
    {
        for (var i = 0; i < length; i++)
            x = Sin(x);
        return x;
    }

    /// <summary>A recurrence over the rows of a matrix [rows, columns], each of which it takes by itself.</summary>
    private static Tensor ByRows(Tensor x)
    {
        var sum = Tensor.Zeros([x.Shape[1]]);
        for (var row = 0; row < x.Shape[0]; row++)
            sum = Tanh((0.5 * sum) + Take(x, 0, row));
        return Sum(Square(sum));
    }
}
