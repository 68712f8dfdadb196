using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <content>Losses of predicted distributions, element by element.</content>
public static partial class Losses
{
    /// <summary>t (ln t − x): of the sums over distributions the Kullback–Leibler divergence of t from e^x.</summary>
    /// <param name="logPredictions">x, logarithms of probabilities.</param>
    /// <param name="targets">t, probabilities, of the same shape.</param>
    /// <param name="logTargets">Whether the targets are ln t.</param>
    /// <param name="reduction">The sum over the batch's size unless told, which is the mean of the divergences of rows; PyTorch's own default is the mean over all elements, which is not.</param>
    /// <remarks>0 where t is 0, also where x is −∞.</remarks>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor KullbackLeibler(
        Tensor logPredictions,
        Tensor targets,
        bool logTargets = false,
        LossReduction reduction = LossReduction.BatchMean
    )
    {
        RequireAlike(logPredictions, targets, nameof(KullbackLeibler));
        Tensor losses;
        if (logTargets)
        {
            var isZero = Equal(targets, double.NegativeInfinity);
            losses = Exp(targets) * (Where(isZero, 0, targets) - Where(isZero, 0, logPredictions));
        }
        else
        {
            losses = XLogY(targets, targets) - TimesUnless0(targets, logPredictions);
        }
        return Reduced(losses, reduction, nameof(KullbackLeibler));
    }

    /// <summary>λ − t ln λ: the negative logarithm of Poisson's probability of a count t at the rate λ, without ln t!.</summary>
    /// <param name="predictions">ln λ, or λ itself.</param>
    /// <param name="targets">t, of the same shape.</param>
    /// <param name="isLog">Whether the predictions are ln λ.</param>
    /// <param name="full">Whether Stirling's t ln t − t + ½ ln 2πt is added for ln t!, where t is above 1.</param>
    /// <param name="epsilon">What is added to λ below the logarithm, at least 0; 1e-8 as PyTorch's. For ln λ it is not used.</param>
    /// <param name="reduction">The mean is over all elements.</param>
    /// <exception cref="ArgumentException">The shapes differ, or ε is negative.</exception>
    public static Tensor PoissonNegativeLogLikelihood(
        Tensor predictions,
        Tensor targets,
        bool isLog = true,
        bool full = false,
        double epsilon = 1e-8,
        LossReduction reduction = LossReduction.Mean
    )
    {
        const string Name = nameof(PoissonNegativeLogLikelihood);
        RequireAlike(predictions, targets, Name);
        Require.That(epsilon >= 0 && double.IsFinite(epsilon), $"[{Name}] got epsilon {epsilon}; expected a finite number of at least 0");
        var losses = isLog ? Exp(predictions) - (targets * predictions) : predictions - (targets * Log(predictions + epsilon));
        if (full)
        {
            var isMany = targets > 1;
            var t = Where(isMany, targets, 1);
            losses += Where(isMany, (t * Log(t)) - t + (0.5 * Log(2 * Math.PI * t)), 0);
        }
        return Reduced(losses, reduction, Name);
    }

    /// <summary>½ (ln v + (m − t)² ⁄ v): the negative logarithm of the normal density at t, without ½ ln 2π.</summary>
    /// <param name="means">m.</param>
    /// <param name="targets">t, of the same shape.</param>
    /// <param name="variances">v, at least 0, of the same shape, or with a last axis of length 1 that all share.</param>
    /// <param name="full">Whether ½ ln 2π is added.</param>
    /// <param name="epsilon">What v is held to at least, above 0; 1e-6 as PyTorch's.</param>
    /// <param name="reduction">The mean is over all elements.</param>
    /// <remarks>Where v is held its derivative is that at ε, as PyTorch's, so that training leaves it. Nix, Weigend (1994).</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit, or ε is not above 0.</exception>
    public static Tensor GaussianNegativeLogLikelihood(
        Tensor means,
        Tensor targets,
        Tensor variances,
        bool full = false,
        double epsilon = 1e-6,
        LossReduction reduction = LossReduction.Mean
    )
    {
        const string Name = nameof(GaussianNegativeLogLikelihood);
        RequireAlike(means, targets, Name);
        Require.NotNull(variances, Name);
        RequirePositive(epsilon, "epsilon", Name);
        Require.That(
            variances.Shape.Equals(means.Shape) || (means.Rank > 0 && variances.Shape.Equals(means.Shape.With(means.Rank - 1, 1))),
            $"[{Name}] got variances {variances.Shape} for means {means.Shape}; expected the same shape, or 1 as its last length"
        );
        var v = variances + StopGradient(Relu(epsilon - variances));
        var losses = 0.5 * (Log(v) + (Square(means - targets) / v));
        return Reduced(full ? losses + (0.5 * Math.Log(2 * Math.PI)) : losses, reduction, Name);
    }
}
