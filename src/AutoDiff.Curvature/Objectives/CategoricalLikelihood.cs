using static AutoDiff.Ops;

namespace AutoDiff.Curvature;

/// <summary>ln Σ eᶻ − zₜ; F = diag(p) − p·pᵀ, p = softmax(z).</summary>
internal sealed class CategoricalLikelihood : Likelihood
{
    public override Tensor Losses(Tensor outputs, Tensor targets)
    {
        Require.NotNull(outputs, "Likelihood.Categorical");
        Require.NotNull(targets, "Likelihood.Categorical");
        Require.That(outputs.Rank >= 2, $"[Likelihood.Categorical] got outputs {outputs.Shape}; expected [examples, …, classes]");
        var rows = targets.Rank < outputs.Rank ? OneHot(targets, outputs.Shape[-1]) : targets;
        RequireShape("Categorical", outputs, rows);
        return PerExample(LogSumExp(outputs, -1) - Sum(outputs * rows, -1));
    }

    public override Tensor Fisher(Tensor outputs, Tensor direction)
    {
        RequireShape("Categorical", outputs, direction);
        var p = Softmax(outputs);
        return p * (direction - ExpandDims(Sum(p * direction, -1), -1));
    }

    public override Tensor Sample(Tensor outputs, Key key)
    {
        Require.NotNull(key, "Likelihood.Categorical");
        return key.Categorical(outputs);
    }
}
