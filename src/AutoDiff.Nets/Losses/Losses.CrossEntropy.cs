using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <content>Losses of classes, of logits or of logarithms of probabilities.</content>
public static partial class Losses
{
    /// <summary>−Σ_k t_k ln p_k with p the softmax of the logits: the cross-entropy of an example.</summary>
    /// <param name="logits">Logits with an axis of classes, as [batch, classes].</param>
    /// <param name="targets">
    /// Class numbers 0 … classes − 1, of the logits' shape without the axis of classes; or probabilities t of the logits' own shape, as one-hot rows.
    /// </param>
    /// <param name="reduction">Over the examples, whose losses have the logits' shape without the axis of classes.</param>
    /// <param name="labelSmoothing">ε in [0, 1]: t becomes (1 − ε) t + ε ⁄ classes.</param>
    /// <param name="weights">Weights w of the classes [classes]: each term is times w_k.</param>
    /// <param name="ignore">The class number of examples that do not count.</param>
    /// <param name="axis">The axis of classes; the last unless told. PyTorch's is 1, as in [batch, classes, height, width].</param>
    /// <remarks>
    /// The mean is, as PyTorch's, Σ losses ⁄ Σ w of the examples' classes, over those that count, for class numbers; over the number of examples for probabilities, which need not sum to 1.
    /// A logit of −∞ is a probability of 0: where the target's is 0 too, the term is 0, else the loss is ∞. A logit of ∞, or −∞ in all classes, gives NaN. Logits are shifted by their largest, so that
    /// none overflows and a common offset costs no digits. A class number that is out of range or not whole is an error: at once where the numbers are known, else when the graph runs.
    /// </remarks>
    /// <exception cref="ArgumentException">The shapes do not fit, a class number is none, a coefficient is out of range, or there is a class to ignore for probabilities.</exception>
    public static Tensor CrossEntropy(
        Tensor logits,
        Tensor targets,
        LossReduction reduction = LossReduction.Mean,
        double labelSmoothing = 0,
        Tensor? weights = null,
        double? ignore = null,
        int axis = -1
    )
    {
        const string Name = nameof(CrossEntropy);
        var classes = ClassAxis.Of(logits, axis, Name);
        classes.RequireWeights(weights, Name);
        Require.That(labelSmoothing is >= 0 and <= 1, $"[{Name}] got label smoothing {labelSmoothing}; expected 0 to 1");
        Require.NotNull(targets, Name);
        var ofClasses = targets.Shape.Equals(classes.Examples);
        Require.That(
            ofClasses || targets.Shape.Equals(logits.Shape),
            $"[{Name}] got targets {targets.Shape} for logits {logits.Shape}; expected class numbers {classes.Examples} or probabilities {logits.Shape}"
        );
        Require.That(ofClasses || ignore is null, $"[{Name}] got a class to ignore for probabilities; expected it for class numbers only");

        var shifted = logits - ExpandDims(StopGradient(Max(logits, classes.Axis)), classes.Axis);
        var logSum = Log(Sum(Exp(shifted), classes.Axis));
        if (!ofClasses)
            return Reduced(Shared(targets), reduction, Name);
        var counted = ClassAxis.Counted(targets, ignore);
        var numbers = classes.Numbers(targets, counted, ignore, Name);
        var own = weights is null ? null : Gather(weights, numbers);
        // A class alone is picked, not summed over shares that are 0.
        var losses = labelSmoothing == 0 ? TimesUnless0(own, logSum - classes.Pick(shifted, numbers)) : Shared(classes.OneHot(numbers));
        return WeightedMean(losses, counted, own, reduction, Name);

        Tensor Shared(Tensor share)
        {
            var q = labelSmoothing == 0 ? share : ((1 - labelSmoothing) * share) + (labelSmoothing / classes.Count);
            if (weights is not null)
                q *= classes.AlongAxis(weights);
            // What is shifted is −∞ at its lowest, and never ∞.
            var terms = q * Where(Maximum(q, shifted > double.NegativeInfinity), shifted, 0);
            return (Sum(q, classes.Axis) * logSum) - Sum(terms, classes.Axis);
        }
    }

    /// <summary>−w_c ln p_c of the example's class c, from logarithms of probabilities.</summary>
    /// <param name="logProbabilities">ln p with an axis of classes, as <see cref="LogSoftmax(Tensor, int)"/> gives them.</param>
    /// <param name="targets">Class numbers c, of the same shape without the axis of classes.</param>
    /// <param name="reduction">Over the examples.</param>
    /// <param name="weights">Weights w of the classes [classes].</param>
    /// <param name="ignore">The class number of examples that do not count.</param>
    /// <param name="axis">The axis of classes; the last unless told.</param>
    /// <remarks>The mean and class numbers are as those of <see cref="CrossEntropy(Tensor, Tensor)"/>.</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit, or a class number is none.</exception>
    public static Tensor NegativeLogLikelihood(
        Tensor logProbabilities,
        Tensor targets,
        LossReduction reduction = LossReduction.Mean,
        Tensor? weights = null,
        double? ignore = null,
        int axis = -1
    )
    {
        const string Name = nameof(NegativeLogLikelihood);
        var classes = ClassAxis.Of(logProbabilities, axis, Name);
        classes.RequireWeights(weights, Name);
        Require.NotNull(targets, Name);
        Require.That(
            targets.Shape.Equals(classes.Examples),
            $"[{Name}] got class numbers {targets.Shape} for {logProbabilities.Shape}; expected {classes.Examples}"
        );
        var counted = ClassAxis.Counted(targets, ignore);
        var numbers = classes.Numbers(targets, counted, ignore, Name);
        var own = weights is null ? null : Gather(weights, numbers);
        return WeightedMean(TimesUnless0(own, -classes.Pick(logProbabilities, numbers)), counted, own, reduction, Name);
    }

    /// <summary>q·x, and 0 where q is 0 and x is infinite; x where there is no q.</summary>
    private static Tensor TimesUnless0(Tensor? q, Tensor x) =>
        q is null ? x : q * Where(Equal(q, 0) * Equal(Abs(x), double.PositiveInfinity), 0, x);

    /// <summary>The losses of examples reduced, the mean by their weights; those that do not count are 0.</summary>
    private static Tensor WeightedMean(Tensor losses, Tensor? counted, Tensor? weights, LossReduction reduction, string loss)
    {
        if (counted is not null)
            losses = Where(counted, losses, 0);
        if (reduction != LossReduction.Mean || (counted is null && weights is null))
            return Reduced(losses, reduction, loss);
        var mass =
            weights is null ? counted!
            : counted is null ? weights
            : counted * weights;
        return Sum(losses) / Sum(mass);
    }
}
