using static AutoDiff.Ops;

namespace AutoDiff.Curvature;

/// <summary>(z − t)² ⁄ 2σ² + ½ ln 2πσ²; F = 1 ⁄ σ².</summary>
internal sealed class GaussianLikelihood(double variance) : Likelihood
{
    public override Tensor Losses(Tensor outputs, Tensor targets)
    {
        RequireShape("Gaussian", outputs, targets);
        return PerExample((Square(outputs - targets) / (2 * variance)) + (0.5 * Math.Log(2 * Math.PI * variance)));
    }

    public override Tensor Fisher(Tensor outputs, Tensor direction)
    {
        RequireShape("Gaussian", outputs, direction);
        return direction / variance;
    }

    public override Tensor Sample(Tensor outputs, Key key)
    {
        Require.NotNull(outputs, "Likelihood.Gaussian");
        Require.NotNull(key, "Likelihood.Gaussian");
        return outputs + (Math.Sqrt(variance) * key.Normal(outputs.Shape));
    }
}
