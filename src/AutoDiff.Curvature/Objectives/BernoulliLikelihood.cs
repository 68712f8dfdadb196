using static AutoDiff.Ops;

namespace AutoDiff.Curvature;

/// <summary>ln(1 + eᶻ) − z·t; F = p·(1 − p), p = 1 ⁄ (1 + e⁻ᶻ).</summary>
internal sealed class BernoulliLikelihood : Likelihood
{
    public override Tensor Losses(Tensor outputs, Tensor targets)
    {
        RequireShape("Bernoulli", outputs, targets);
        return PerExample(Softplus(outputs) - (outputs * targets));
    }

    // 1 − p is the other's probability, without cancellation.
    public override Tensor Fisher(Tensor outputs, Tensor direction)
    {
        RequireShape("Bernoulli", outputs, direction);
        return Sigmoid(outputs) * Sigmoid(-outputs) * direction;
    }

    public override Tensor Sample(Tensor outputs, Key key)
    {
        Require.NotNull(outputs, "Likelihood.Bernoulli");
        Require.NotNull(key, "Likelihood.Bernoulli");
        return key.Bernoulli(outputs.Shape, Sigmoid(outputs));
    }
}
