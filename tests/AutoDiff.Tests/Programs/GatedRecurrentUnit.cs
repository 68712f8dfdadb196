using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Programs;

/// <summary>A gated recurrent unit over a sequence, as PyTorch writes it (Cho et al. 1406.1078): figures of programs.py.</summary>
public sealed partial class GatedRecurrentUnit
{
    [TensorTree]
    private sealed partial record Cell(Tensor Inputs, Tensor Hidden, Tensor InputBias, Tensor HiddenBias);

    private static readonly Cell _cell = new(Waves.Of(0, 12, 3), Waves.Of(50, 12, 4), Waves.Of(100, 12), Waves.Of(120, 12));

    private static Tensor Step(Cell cell, Tensor state, Tensor x)
    {
        var fromInput = Split(Einsum("ij,j->i", cell.Inputs, x) + cell.InputBias, [4, 4, 4]);
        var fromState = Split(Einsum("ij,j->i", cell.Hidden, state) + cell.HiddenBias, [4, 4, 4]);
        var reset = Sigmoid(fromInput[0] + fromState[0]);
        var update = Sigmoid(fromInput[1] + fromState[1]);
        var candidate = Tanh(fromInput[2] + (reset * fromState[2]));
        return ((1 - update) * candidate) + (update * state);
    }

    private static (Tensor Loss, Tensor Final) Run(Cell cell)
    {
        var (final, states) = Scan(
            (Tensor state, Tensor x) => Step(cell, state, x) is var next ? (next, next) : default,
            Waves.Of(300, 4),
            Waves.Of(200, 6, 3)
        );
        return (Sum(Square(states)) + Sum(final), final);
    }

    [Fact]
    public void ValueAndGradientAreTheFields()
    {
        var (loss, final, gradient) = Compile(ValueAndGrad<Cell, Tensor>(Run)).Invoke(_cell);
        Assert.Equal(7.49710333076154, loss.Item(), 1e-13);
        Assert.Equal(
            [0.12011625725833312, 0.35576895377769513, -0.7620827468700987, -0.6764234541129763],
            final.ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-14
        );
        Assert.Equal(1.821810500829425, Sum(gradient.Hidden).Item(), 1e-12);
        Assert.Equal(23.006116087069845, Sum(Square(gradient.Inputs)).Item(), 1e-12);
        Assert.Equal(8.94506471996882, Sum(Square(gradient.HiddenBias)).Item(), 1e-12);
    }
}
