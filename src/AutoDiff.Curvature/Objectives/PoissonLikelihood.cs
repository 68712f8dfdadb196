using static AutoDiff.Ops;

namespace AutoDiff.Curvature;

/// <summary>eᶻ − z·t + ln t!; F = eᶻ.</summary>
internal sealed class PoissonLikelihood : Likelihood
{
    private const double MostRate = 1e5; // a draw takes as many steps

    public override Tensor Losses(Tensor outputs, Tensor targets)
    {
        RequireShape("Poisson", outputs, targets);
        return PerExample(Exp(outputs) - (outputs * targets) + LogGamma(targets + 1));
    }

    public override Tensor Fisher(Tensor outputs, Tensor direction)
    {
        RequireShape("Poisson", outputs, direction);
        return Exp(outputs) * direction;
    }

    /// <summary>The arrivals at unit rate, exponential times apart, before the rate as a time.</summary>
    public override Tensor Sample(Tensor outputs, Key key)
    {
        Require.NotNull(outputs, "Likelihood.Poisson");
        Require.NotNull(key, "Likelihood.Poisson");
        var rate = Exp(StopGradient(outputs));
        var drawn = rate <= MostRate;
        Pair<Tensor, Pair<Tensor, Tensor>> start = new(Where(drawn, rate, 0), new(Tensor.Zeros(outputs.Shape), 0.0));
        var end = Transforms.While(
            state => Max(state.First) > 0,
            state =>
            {
                var (counts, step) = (state.Second.First, state.Second.Second);
                var left = Where(state.First > 0, state.First - key.FoldIn(step).Exponential(outputs.Shape), 0);
                return new(left, new(counts + Where(left > 0, 1, 0), step + 1));
            },
            start
        );
        return Where(drawn, end.Second.First, double.NaN);
    }
}
