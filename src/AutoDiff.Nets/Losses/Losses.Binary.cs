using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <content>Losses of one class against another, element by element.</content>
public static partial class Losses
{
    /// <summary>−w (t ln p + (1 − t) ln(1 − p)), each logarithm held to at least −100.</summary>
    /// <param name="probabilities">p, in [0, 1]; outside, NaN.</param>
    /// <param name="targets">t, in [0, 1], of the same shape.</param>
    /// <param name="weights">w, which broadcast to that shape.</param>
    /// <param name="reduction">The mean is over all elements, whatever their weights, as PyTorch's.</param>
    /// <remarks>Where a logarithm is held its derivative is 0, so at p = 0 and 1 too; PyTorch's is (p − t) ⁄ max(p (1 − p), 1e-12), which is the same elsewhere. Prefer <see cref="BinaryCrossEntropyWithLogits(Tensor, Tensor)"/>.</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor BinaryCrossEntropy(
        Tensor probabilities,
        Tensor targets,
        Tensor? weights = null,
        LossReduction reduction = LossReduction.Mean
    )
    {
        RequireAlike(probabilities, targets, nameof(BinaryCrossEntropy));
        var losses = -((targets * HeldLog(probabilities)) + ((1 - targets) * HeldLogOfRest(probabilities)));
        return Reduced(Weighted(losses, weights, nameof(BinaryCrossEntropy)), reduction, nameof(BinaryCrossEntropy));
    }

    /// <summary>−w (π t ln σ(x) + (1 − t) ln(1 − σ(x))).</summary>
    /// <param name="logits">x.</param>
    /// <param name="targets">t, in [0, 1], of the same shape.</param>
    /// <param name="weights">w, which broadcast to that shape.</param>
    /// <param name="positiveWeights">π, which broadcast to it; 1 unless given.</param>
    /// <param name="reduction">The mean is over all elements, whatever their weights, as PyTorch's.</param>
    /// <remarks>Accurate to rounding for small losses too, and right at ±∞: 0 where the target is 0 or 1 and met, else ∞.</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor BinaryCrossEntropyWithLogits(
        Tensor logits,
        Tensor targets,
        Tensor? weights = null,
        Tensor? positiveWeights = null,
        LossReduction reduction = LossReduction.Mean
    )
    {
        const string Name = nameof(BinaryCrossEntropyWithLogits);
        RequireAlike(logits, targets, Name);
        var positive = Weighted(targets, positiveWeights, Name);
        // π t softplus(−x) + (1 − t) softplus(x), by softplus(x) = x + softplus(−x) on the side where nothing cancels.
        var isPositive = logits > 0;
        var slope = Where(isPositive, 1 - targets, -positive);
        var losses = ((positive + (1 - targets)) * Softplus(Where(isPositive, -logits, logits))) + TimesUnless0(slope, logits);
        return Reduced(Weighted(losses, weights, Name), reduction, Name);
    }

    /// <summary>ln(1 + e^(−t x)).</summary>
    /// <param name="scores">x.</param>
    /// <param name="targets">t, −1 or 1, of the same shape.</param>
    /// <param name="reduction">The mean is over all elements.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor SoftMargin(Tensor scores, Tensor targets, LossReduction reduction = LossReduction.Mean)
    {
        RequireAlike(scores, targets, nameof(SoftMargin));
        return Reduced(Softplus(-(targets * scores)), reduction, nameof(SoftMargin));
    }

    /// <summary>ln p held to at least −100, where its derivative is 0; NaN below 0.</summary>
    private static Tensor HeldLog(Tensor p)
    {
        var isHeld = (p < 3.720075976020836e-44) * (p >= 0); // e⁻¹⁰⁰
        return Where(isHeld, -100, Log(Where(isHeld, 1, p)));
    }

    /// <summary>ln(1 − p) likewise: no number but 1 is so near 1.</summary>
    private static Tensor HeldLogOfRest(Tensor p)
    {
        var isHeld = Equal(p, 1);
        return Where(isHeld, -100, Log1p(-Where(isHeld, 0, p)));
    }

    private static Tensor Weighted(Tensor x, Tensor? weights, string loss)
    {
        if (weights is null)
            return x;
        Require.That(
            weights.Shape.BroadcastsTo(x.Shape),
            $"[{loss}] got weights {weights.Shape} for {x.Shape}; expected a shape that broadcasts to it"
        );
        return x * weights;
    }
}
