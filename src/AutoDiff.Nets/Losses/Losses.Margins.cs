using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <content>Losses that are 0 beyond a margin. At the margin itself their derivative is 0.</content>
public static partial class Losses
{
    /// <summary>max(0, 1 − t x).</summary>
    /// <param name="scores">x.</param>
    /// <param name="targets">t, −1 or 1, of the same shape.</param>
    /// <param name="reduction">The mean is over all elements.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor Hinge(Tensor scores, Tensor targets, LossReduction reduction = LossReduction.Mean)
    {
        RequireAlike(scores, targets, nameof(Hinge));
        return Reduced(Relu(1 - (targets * scores)), reduction, nameof(Hinge));
    }

    /// <summary>max(0, 1 − t x)².</summary>
    /// <param name="scores">x.</param>
    /// <param name="targets">t, −1 or 1, of the same shape.</param>
    /// <param name="reduction">The mean is over all elements.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor SquaredHinge(Tensor scores, Tensor targets, LossReduction reduction = LossReduction.Mean)
    {
        RequireAlike(scores, targets, nameof(SquaredHinge));
        return Reduced(Square(Relu(1 - (targets * scores))), reduction, nameof(SquaredHinge));
    }

    /// <summary>w_c ⁄ classes · Σ_{k ≠ c} max(0, margin − x_c + x_k)^p of an example of class c.</summary>
    /// <param name="scores">x, with the classes along the last axis.</param>
    /// <param name="targets">Class numbers c, of the same shape without the last axis.</param>
    /// <param name="power">p, 1 or 2.</param>
    /// <param name="margin">The margin; 1 as PyTorch's.</param>
    /// <param name="weights">Weights w of the classes [classes].</param>
    /// <param name="reduction">The mean is over the examples, whatever their weights.</param>
    /// <remarks>PyTorch's <c>multi_margin_loss</c>. Crammer, Singer (2001), summed over the classes.</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit, a class number is none, or a coefficient is out of range.</exception>
    public static Tensor MultiMargin(
        Tensor scores,
        Tensor targets,
        int power = 1,
        double margin = 1,
        Tensor? weights = null,
        LossReduction reduction = LossReduction.Mean
    )
    {
        const string Name = nameof(MultiMargin);
        var classes = ClassAxis.Of(scores, -1, Name);
        classes.RequireWeights(weights, Name);
        Require.That(power is 1 or 2, $"[{Name}] got power {power}; expected 1 or 2");
        RequireFinite(margin, "margin", Name);
        Require.NotNull(targets, Name);
        Require.That(
            targets.Shape.Equals(classes.Examples),
            $"[{Name}] got class numbers {targets.Shape} for {scores.Shape}; expected {classes.Examples}"
        );
        var numbers = classes.Numbers(targets, null, null, Name);
        var own = ExpandDims(classes.Pick(scores, numbers), classes.Axis);
        var missed = Where(classes.OneHot(numbers), 0, Relu(margin - own + scores));
        var losses = Sum(power == 1 ? missed : Square(missed), classes.Axis) / classes.Count;
        return Reduced(weights is null ? losses : Gather(weights, numbers) * losses, reduction, Name);
    }

    /// <summary>1 − cos(x, y) where t is 1, max(0, cos(x, y) − margin) where it is −1.</summary>
    /// <param name="first">x [batch, length].</param>
    /// <param name="second">y [batch, length].</param>
    /// <param name="targets">t [batch].</param>
    /// <param name="margin">The margin, −1 to 1.</param>
    /// <param name="reduction">Over the examples.</param>
    /// <remarks>cos = x·y ⁄ √((|x|² + ε)(|y|² + ε)) with ε = 1e-12, as PyTorch's: 0 of a vector of zeros.</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit, or the margin is out of range.</exception>
    public static Tensor CosineEmbedding(
        Tensor first,
        Tensor second,
        Tensor targets,
        double margin = 0,
        LossReduction reduction = LossReduction.Mean
    )
    {
        const string Name = nameof(CosineEmbedding);
        RequireAlike(first, second, Name);
        RequireExamples(first, targets, Name);
        Require.That(margin is >= -1 and <= 1, $"[{Name}] got margin {margin}; expected -1 to 1");
        const double Epsilon = 1e-12;
        var cosine = Sum(first * second, -1) / (Sqrt(Sum(Square(first), -1) + Epsilon) * Sqrt(Sum(Square(second), -1) + Epsilon));
        return Reduced(Where(Equal(targets, 1), 1 - cosine, Relu(cosine - margin)), reduction, Name);
    }

    /// <summary>max(0, d(a, p) − d(a, n) + margin) with d(x, y) the norm of x − y + 1e-6.</summary>
    /// <param name="anchors">a [batch, length].</param>
    /// <param name="positives">p [batch, length], which should be near.</param>
    /// <param name="negatives">n [batch, length], which should be far.</param>
    /// <param name="margin">The margin, above 0; 1 as PyTorch's.</param>
    /// <param name="order">The norm's order, at least 1.</param>
    /// <param name="swap">Whether d(p, n) takes the place of d(a, n) where it is smaller.</param>
    /// <param name="reduction">Over the examples.</param>
    /// <remarks>Balntas et al. (2016). The 1e-6, as PyTorch's, keeps the distance of equal points differentiable.</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit, or a coefficient is out of range.</exception>
    public static Tensor TripletMargin(
        Tensor anchors,
        Tensor positives,
        Tensor negatives,
        double margin = 1,
        double order = 2,
        bool swap = false,
        LossReduction reduction = LossReduction.Mean
    )
    {
        const string Name = nameof(TripletMargin);
        RequireAlike(anchors, positives, Name);
        RequireAlike(anchors, negatives, Name);
        Require.That(anchors.Rank > 0, $"[{Name}] got anchors {anchors.Shape}; expected [batch,length]");
        RequirePositive(margin, "margin", Name);
        Require.That(order >= 1, $"[{Name}] got order {order}; expected at least 1");
        var far = Distance(anchors, negatives, order);
        if (swap)
            far = Minimum(far, Distance(positives, negatives, order));
        return Reduced(Relu(Distance(anchors, positives, order) - far + margin), reduction, Name);
    }

    private static Tensor Distance(Tensor x, Tensor y, double order) => Norm(x - y + 1e-6, [-1], order);

    private static void RequireExamples(Tensor x, Tensor targets, string loss)
    {
        Require.NotNull(targets, loss);
        Require.That(
            x.Rank > 0 && targets.Shape.Equals(x.Shape.Without([x.Rank - 1])),
            $"[{loss}] got vectors {x.Shape} and targets {targets.Shape}; expected a target for each vector"
        );
    }

    private static void RequireFinite(double value, string name, string loss) =>
        Require.That(double.IsFinite(value), $"[{loss}] got {name} {value}; expected a finite number");
}
