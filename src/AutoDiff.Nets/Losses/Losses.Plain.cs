namespace AutoDiff.Nets;

/// <content>The mean over a batch, without settings: functions of outputs and targets that training takes by their names.</content>
public static partial class Losses
{
    /// <inheritdoc cref="BinaryCrossEntropy(Tensor, Tensor, Tensor, LossReduction)"/>
    public static Tensor BinaryCrossEntropy(Tensor probabilities, Tensor targets) =>
        BinaryCrossEntropy(probabilities, targets, reduction: LossReduction.Mean);

    /// <inheritdoc cref="BinaryCrossEntropyWithLogits(Tensor, Tensor, Tensor, Tensor, LossReduction)"/>
    public static Tensor BinaryCrossEntropyWithLogits(Tensor logits, Tensor targets) =>
        BinaryCrossEntropyWithLogits(logits, targets, reduction: LossReduction.Mean);

    /// <inheritdoc cref="SoftMargin(Tensor, Tensor, LossReduction)"/>
    public static Tensor SoftMargin(Tensor scores, Tensor targets) => SoftMargin(scores, targets, reduction: LossReduction.Mean);

    /// <inheritdoc cref="CrossEntropy(Tensor, Tensor, LossReduction, double, Tensor, double?, int)"/>
    public static Tensor CrossEntropy(Tensor logits, Tensor targets) => CrossEntropy(logits, targets, reduction: LossReduction.Mean);

    /// <inheritdoc cref="NegativeLogLikelihood(Tensor, Tensor, LossReduction, Tensor, double?, int)"/>
    public static Tensor NegativeLogLikelihood(Tensor logProbabilities, Tensor targets) =>
        NegativeLogLikelihood(logProbabilities, targets, reduction: LossReduction.Mean);

    /// <inheritdoc cref="Hinge(Tensor, Tensor, LossReduction)"/>
    public static Tensor Hinge(Tensor scores, Tensor targets) => Hinge(scores, targets, reduction: LossReduction.Mean);

    /// <inheritdoc cref="SquaredHinge(Tensor, Tensor, LossReduction)"/>
    public static Tensor SquaredHinge(Tensor scores, Tensor targets) => SquaredHinge(scores, targets, reduction: LossReduction.Mean);

    /// <inheritdoc cref="MultiMargin(Tensor, Tensor, int, double, Tensor, LossReduction)"/>
    public static Tensor MultiMargin(Tensor scores, Tensor targets) => MultiMargin(scores, targets, reduction: LossReduction.Mean);

    /// <inheritdoc cref="MeanSquared(Tensor, Tensor, LossReduction)"/>
    public static Tensor MeanSquared(Tensor predictions, Tensor targets) =>
        MeanSquared(predictions, targets, reduction: LossReduction.Mean);

    /// <inheritdoc cref="HalfSquared(Tensor, Tensor, LossReduction)"/>
    public static Tensor HalfSquared(Tensor predictions, Tensor targets) =>
        HalfSquared(predictions, targets, reduction: LossReduction.Mean);

    /// <inheritdoc cref="MeanAbsolute(Tensor, Tensor, LossReduction)"/>
    public static Tensor MeanAbsolute(Tensor predictions, Tensor targets) =>
        MeanAbsolute(predictions, targets, reduction: LossReduction.Mean);

    /// <inheritdoc cref="Huber(Tensor, Tensor, double, LossReduction)"/>
    public static Tensor Huber(Tensor predictions, Tensor targets) => Huber(predictions, targets, reduction: LossReduction.Mean);

    /// <inheritdoc cref="SmoothL1(Tensor, Tensor, double, LossReduction)"/>
    public static Tensor SmoothL1(Tensor predictions, Tensor targets) => SmoothL1(predictions, targets, reduction: LossReduction.Mean);
}
