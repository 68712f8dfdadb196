using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <content>Losses of predicted numbers; predictions and targets of any shape, the same.</content>
public static partial class Losses
{
    /// <summary>(y − t)².</summary>
    /// <param name="predictions">y.</param>
    /// <param name="targets">t.</param>
    /// <param name="reduction">The mean is over all elements, as PyTorch's.</param>
    /// <exception cref="ArgumentException">The shapes differ; so for every loss of this kind.</exception>
    public static Tensor MeanSquared(Tensor predictions, Tensor targets, LossReduction reduction = LossReduction.Mean)
    {
        RequireAlike(predictions, targets, nameof(MeanSquared));
        return Reduced(Square(predictions - targets), reduction, nameof(MeanSquared));
    }

    /// <summary>½ Σ (y − t)² over an example's numbers.</summary>
    /// <param name="predictions">y [batch, …].</param>
    /// <param name="targets">t [batch, …].</param>
    /// <param name="reduction">Over the examples: the losses on their own are [batch].</param>
    /// <remarks>Its gradient by y is y − t, over the batch's size where the mean is taken. Kneusel, Math for Deep Learning, chapter 10.</remarks>
    /// <exception cref="ArgumentException">The shapes differ, or have no batch axis.</exception>
    public static Tensor HalfSquared(Tensor predictions, Tensor targets, LossReduction reduction = LossReduction.Mean)
    {
        RequireAlike(predictions, targets, nameof(HalfSquared));
        Require.That(predictions.Rank > 0, $"[HalfSquared] got predictions {predictions.Shape}; expected a batch axis");
        var squares = Square(predictions - targets);
        return reduction switch
        {
            // One sum over everything is one pass.
            LossReduction.Mean or LossReduction.BatchMean => 0.5 / predictions.Shape[0] * Sum(squares),
            LossReduction.Sum => 0.5 * Sum(squares),
            _ => Reduced(0.5 * SumOfEach(squares), reduction, nameof(HalfSquared)),
        };
    }

    /// <summary>|y − t|; its derivative where they are equal is 0.</summary>
    /// <param name="predictions">y.</param>
    /// <param name="targets">t.</param>
    /// <param name="reduction">The mean is over all elements.</param>
    /// <inheritdoc cref="MeanSquared(Tensor, Tensor, LossReduction)" path="/exception"/>
    public static Tensor MeanAbsolute(Tensor predictions, Tensor targets, LossReduction reduction = LossReduction.Mean)
    {
        RequireAlike(predictions, targets, nameof(MeanAbsolute));
        return Reduced(Abs(predictions - targets), reduction, nameof(MeanAbsolute));
    }

    /// <summary>½ e² where |e| = |y − t| is at most δ, else δ (|e| − ½ δ).</summary>
    /// <param name="predictions">y.</param>
    /// <param name="targets">t.</param>
    /// <param name="delta">δ, above 0; 1 as PyTorch's.</param>
    /// <param name="reduction">The mean is over all elements.</param>
    /// <remarks>Huber (1964). The second derivative is 1 at |e| = δ too, and 0 beyond.</remarks>
    /// <exception cref="ArgumentException">The shapes differ, or δ is not above 0.</exception>
    public static Tensor Huber(Tensor predictions, Tensor targets, double delta = 1, LossReduction reduction = LossReduction.Mean)
    {
        RequireAlike(predictions, targets, nameof(Huber));
        RequirePositive(delta, "delta", nameof(Huber));
        var error = predictions - targets;
        return Reduced(HuberOf(error, delta), reduction, nameof(Huber));
    }

    /// <summary>½ e² ⁄ β where |e| = |y − t| is below β, else |e| − ½ β: Huber's over β.</summary>
    /// <param name="predictions">y.</param>
    /// <param name="targets">t.</param>
    /// <param name="beta">β, at least 0; 0 gives |e|. 1 as PyTorch's.</param>
    /// <param name="reduction">The mean is over all elements.</param>
    /// <remarks>Girshick (1504.08083).</remarks>
    /// <exception cref="ArgumentException">The shapes differ, or β is negative.</exception>
    public static Tensor SmoothL1(Tensor predictions, Tensor targets, double beta = 1, LossReduction reduction = LossReduction.Mean)
    {
        RequireAlike(predictions, targets, nameof(SmoothL1));
        Require.That(beta >= 0 && double.IsFinite(beta), $"[SmoothL1] got beta {beta}; expected a finite number of at least 0");
        var error = predictions - targets;
        return Reduced(beta == 0 ? Abs(error) : HuberOf(error, beta) / beta, reduction, nameof(SmoothL1));
    }

    // With c = e held within ±δ it is c·(e − ½ c): no branch is infinite where the other is taken, and each has its own derivatives.
    private static Tensor HuberOf(Tensor error, double delta)
    {
        var held = Clamp(error, -delta, delta);
        return held * (error - (0.5 * held));
    }

    /// <summary>The sum of each example's numbers: [batch, …] → [batch].</summary>
    private static Tensor SumOfEach(Tensor x) => x.Rank == 1 ? x : Sum(Reshape(x, x.Shape[0], -1), 1);
}
