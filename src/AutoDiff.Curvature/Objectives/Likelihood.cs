using static AutoDiff.Ops;

namespace AutoDiff.Curvature;

/// <summary>How targets are distributed given a model's outputs: what losses come from, and the Fisher information of the outputs.</summary>
/// <remarks>
/// Outputs are [examples, …], a target has its own for each example. For those here, whose outputs are natural parameters, the Fisher information of the outputs is
/// the Hessian of the loss in them, whatever the target, so that the Fisher matrix is the generalized Gauss-Newton matrix (Martens 2020, section 9). One of your own states its three functions.
/// </remarks>
public abstract class Likelihood
{
    /// <summary>Classes, from logits [examples, …, classes]; targets are positions [examples, …], or rows of probabilities or of a single one [examples, …, classes].</summary>
    public static Likelihood Categorical { get; } = new CategoricalLikelihood();

    /// <summary>Zeros and ones, each from its logit; targets have the outputs' shape.</summary>
    public static Likelihood Bernoulli { get; } = new BernoulliLikelihood();

    /// <summary>Counts, each from the logarithm of its rate; targets have the outputs' shape.</summary>
    /// <remarks>Draws count arrivals one by one, in as many steps as the largest count; for rates above 10⁵ they are NaN.</remarks>
    public static Likelihood Poisson { get; } = new PoissonLikelihood();

    /// <summary>Normal numbers, each round its output; targets have the outputs' shape.</summary>
    /// <param name="variance">The variance of each, positive.</param>
    /// <exception cref="ArgumentException">The variance is not a positive finite number.</exception>
    public static Likelihood Gaussian(double variance = 1)
    {
        Require.That(
            variance > 0 && double.IsFinite(variance),
            $"[Likelihood.Gaussian] got variance {variance}; expected a positive finite number"
        );
        return new GaussianLikelihood(variance);
    }

    /// <summary>The negative logarithm of each example's likelihood [examples].</summary>
    /// <param name="outputs">The model's outputs [examples, …].</param>
    /// <param name="targets">What was observed.</param>
    public abstract Tensor Losses(Tensor outputs, Tensor targets);

    /// <summary>The outputs' Fisher information, of each example for itself, times a direction: E[s·(sᵀu)] for s the gradient of an example's loss in its outputs, targets distributed as the outputs say.</summary>
    /// <param name="outputs">The model's outputs [examples, …].</param>
    /// <param name="direction">u, of the outputs' shape.</param>
    public abstract Tensor Fisher(Tensor outputs, Tensor direction);

    /// <summary>Targets drawn as the outputs say.</summary>
    /// <param name="outputs">The model's outputs [examples, …].</param>
    /// <param name="key">The randomness.</param>
    public abstract Tensor Sample(Tensor outputs, Key key);

    /// <summary>The sums over all axes but the first.</summary>
    private protected static Tensor PerExample(Tensor values) =>
        values.Rank == 1 ? values : Sum(Reshape(values, values.Shape[0], values.Shape.Size / Math.Max(1, values.Shape[0])), 1);

    /// <summary>Refuses targets of another shape than the outputs'.</summary>
    private protected static void RequireShape(string name, Tensor outputs, Tensor targets)
    {
        Require.NotNull(outputs, $"Likelihood.{name}");
        Require.NotNull(targets, $"Likelihood.{name}");
        Require.That(outputs.Rank > 0, $"[Likelihood.{name}] got a scalar; expected outputs [examples, …]");
        Require.That(
            targets.Shape.Equals(outputs.Shape),
            $"[Likelihood.{name}] got targets {targets.Shape} for outputs {outputs.Shape}; expected equal shapes"
        );
    }
}
