using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>Long short-term memory over [batch, time, features].</summary>
/// <remarks>
/// Hochreiter and Schmidhuber 1997 with forget gates (Gers et al. 2000), as PyTorch's <c>LSTM</c>: of the four gates i, f, g, o of x·W + b + h·V + c, in this order,
/// c′ = σ(f)·c + σ(i)·tanh(g) and h′ = σ(o)·tanh(c′). Parameters and defaults: see <see cref="RecurrentLayer"/>.
/// </remarks>
public sealed record Lstm : RecurrentLayer
{
    /// <summary>Long short-term memory.</summary>
    /// <param name="units">The number of units, above 0.</param>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public Lstm(int units)
        : base(units) { }

    /// <summary>What the forget gate's biases add up to before training; drawn as the others where null. 1 keeps what is stored at first (Jozefowicz et al. 2015).</summary>
    /// <exception cref="ArgumentException">It is not finite.</exception>
    public double? ForgetBias
    {
        get;
        init
        {
            Require.That(
                value is null || double.IsFinite(value.Value),
                $"[Lstm] got forget bias {value}; expected a finite number, or null"
            );
            field = value;
        }
    }

    private protected override int Gates => 4;

    private protected override string[] Carried => ["hidden", "cell"];

    private protected override TreeList<Tensor> Next(TreeList<Tensor> state, Tensor fromInput, Tensor weight, Tensor? bias)
    {
        var gates = Split(fromInput + MatMul(state[0], weight), [Units, Units, Units, Units], 1);
        var cell = (Sigmoid(gates[1]) * state[1]) + (Sigmoid(gates[0]) * Tanh(gates[2]));
        return TreeList.Of(Sigmoid(gates[3]) * Tanh(cell), cell);
    }

    private protected override (Tensor Input, Tensor State) Started(Tensor input, Tensor state)
    {
        return ForgetBias is { } forget ? (With(input, forget), With(state, 0)) : (input, state);
        Tensor With(Tensor bias, double value) => bias.At(Units..(2 * Units)).Set(value);
    }
}
