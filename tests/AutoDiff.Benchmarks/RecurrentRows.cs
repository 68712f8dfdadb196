using static AutoDiff.Ops;

namespace AutoDiff.Benchmarks;

/// <summary>A gated recurrent unit: what is multiplied by the inputs and by the state, for reset, update and candidate side by side.</summary>
[TensorTree]
internal sealed partial record RecurrentCell(Tensor Inputs, Tensor State, Tensor InputBias, Tensor StateBias)
{
    public Tensor Next(Tensor state, Tensor x)
    {
        var n = state.Shape[1];
        var fromInput = Split(MatMul(x, Inputs) + InputBias, [n, n, n], 1);
        var fromState = Split(MatMul(state, State) + StateBias, [n, n, n], 1);
        var update = Sigmoid(fromInput[1] + fromState[1]);
        var candidate = Tanh(fromInput[2] + (Sigmoid(fromInput[0] + fromState[0]) * fromState[2]));
        return candidate + (update * (state - candidate));
    }
}

/// <summary>The gradient of a loss of a gated recurrent unit's last state, through a loop that is one node and through the steps written out.</summary>
internal static class RecurrentRows
{
    public const string Name = "scan";

    private const int Units = 32;
    private const int Batch = 16;
    private const int Unrolled = 100;

    private static readonly int[] Lengths = [Unrolled, 1000, 10_000];

    public static IEnumerable<Row> Of()
    {
        var written = Gradient(Unrolled, WrittenOut);
        yield return new($"gru of {Unrolled}, unrolled", written.Run, () => written.Verify("gru, unrolled"))
        {
            Peer = $"gru of {Unrolled}",
        };
        foreach (var length in Lengths)
        {
            var looped = Gradient(length, Looped);
            yield return new($"gru of {length}", looped.Run, () => Verify(length, looped));
        }
    }

    /// <summary>Where the steps are not written out, against a chain of loops of fewer steps.</summary>
    private static void Verify(int length, Call looped) =>
        Check.Close($"gru of {length}", Gradient(length, length == Unrolled ? WrittenOut : InParts).Values(), looped.Values(), 1e-9);

    private static Call Gradient(int length, Func<RecurrentCell, Tensor, Tensor> last)
    {
        var keys = Key.Of(7).Split(3);
        var scale = 1 / Math.Sqrt(Units);
        Pair<RecurrentCell, Tensor> at = new(
            new(
                keys[0].Uniform([Units, 3 * Units], -scale, scale),
                keys[1].Uniform([Units, 3 * Units], -scale, scale),
                Tensor.Zeros([3 * Units]),
                Tensor.Zeros([3 * Units])
            ),
            keys[2].Normal([length, Batch, Units])
        );
        return Call.Of(
            (Pair<RecurrentCell, Tensor> x) => Transforms.Grad(cell => Mean(Square(last(cell, x.Second))), x.First),
            Transforms.Evaluate(at)
        );
    }

    private static Tensor Looped(RecurrentCell cell, Tensor inputs) => Looped(cell, inputs, Tensor.Zeros([Batch, Units]));

    private static Tensor Looped(RecurrentCell cell, Tensor inputs, Tensor state) =>
        Transforms.Scan((Tensor s, Tensor x) => (cell.Next(s, x), TreeList.Of<Tensor>()), state, inputs).Final;

    private static Tensor InParts(RecurrentCell cell, Tensor inputs)
    {
        var state = Tensor.Zeros([Batch, Units]);
        for (var start = 0; start < inputs.Shape[0]; start += Unrolled)
            state = Looped(cell, Slice(inputs, 0, start, start + Unrolled), state);
        return state;
    }

    private static Tensor WrittenOut(RecurrentCell cell, Tensor inputs)
    {
        var state = Tensor.Zeros([Batch, Units]);
        for (var i = 0; i < inputs.Shape[0]; i++)
            state = cell.Next(state, Take(inputs, 0, i));
        return state;
    }
}
