using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>A plain recurrent layer over [batch, time, features]: h′ = tanh(x·W + b + h·V + c), or with ReLU.</summary>
/// <remarks>Elman 1990; PyTorch's <c>RNN</c>. Parameters and defaults: see <see cref="RecurrentLayer"/>, with one gate.</remarks>
public sealed record Recurrent : RecurrentLayer
{
    /// <summary>A plain recurrent layer.</summary>
    /// <param name="units">The number of units, above 0.</param>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public Recurrent(int units)
        : base(units) { }

    /// <summary>Whether the function of a step is ReLU and not tanh.</summary>
    public bool Relu { get; init; }

    private protected override int Gates => 1;

    private protected override TreeList<Tensor> Next(TreeList<Tensor> state, Tensor fromInput, Tensor weight, Tensor? bias)
    {
        var sum = fromInput + MatMul(state[0], weight);
        return TreeList.Of(Relu ? Ops.Relu(sum) : Tanh(sum));
    }
}
