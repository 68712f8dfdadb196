using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>Gated recurrent units over [batch, time, features].</summary>
/// <remarks>
/// Cho et al. 2014 (1406.1078) with the reset gate behind the product, as PyTorch's <c>GRU</c>: of the gates r, z, n, in this order, a = x·W + b and s = h·V + c give
/// r = σ(aᵣ + sᵣ), z = σ(a_z + s_z), n = tanh(aₙ + r·sₙ) and h′ = (1 − z)·n + z·h. Parameters and defaults: see <see cref="RecurrentLayer"/>.
/// </remarks>
public sealed record Gru : RecurrentLayer
{
    /// <summary>Gated recurrent units.</summary>
    /// <param name="units">The number of units, above 0.</param>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public Gru(int units)
        : base(units) { }

    private protected override int Gates => 3;

    // The reset gate multiplies the candidate's part of it.
    private protected override bool AddsBiasOutside => false;

    private protected override TreeList<Tensor> Next(TreeList<Tensor> state, Tensor fromInput, Tensor weight, Tensor? bias)
    {
        var product = MatMul(state[0], weight);
        var (a, s) = (Split(fromInput, [Units, Units, Units], 1), Split(bias is null ? product : product + bias, [Units, Units, Units], 1));
        var update = Sigmoid(a[1] + s[1]);
        var candidate = Tanh(a[2] + (Sigmoid(a[0] + s[0]) * s[2]));
        return TreeList.Of(candidate + (update * (state[0] - candidate)));
    }
}
