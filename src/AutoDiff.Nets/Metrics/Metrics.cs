using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>How well predictions are, in one number.</summary>
/// <remarks>
/// <see cref="Accuracy"/> and <see cref="TopK"/> are graphs, for training steps and whatever is compiled or mapped; the others look at all
/// predictions at once and compute at the call, from tensors that depend on no input.
/// </remarks>
public static partial class Metrics
{
    /// <summary>The share of examples whose class has the highest score.</summary>
    /// <param name="scores">Scores [batch…, classes], as logits or probabilities.</param>
    /// <param name="classes">True class numbers [batch…], whole, 0 … classes − 1.</param>
    /// <remarks>As <see cref="TopK"/> with k = 1: of equal scores the first counts, as in <see cref="ArgMax"/>. A graph; derivative 0.</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is no example; a class number out of range or not whole is reported when the graph runs.</exception>
    public static Tensor Accuracy(Tensor scores, Tensor classes) => Share("Metrics.Accuracy", scores, classes, 1);

    /// <summary>The share of examples whose class has one of the k highest scores.</summary>
    /// <param name="scores">Scores [batch…, classes], as logits or probabilities.</param>
    /// <param name="classes">True class numbers [batch…], whole, 0 … classes − 1.</param>
    /// <param name="k">How many classes count, 1 … classes.</param>
    /// <remarks>
    /// Of equal scores those of smaller class numbers come first. NaN is ahead of every score, and the class is never found there: what has no
    /// numbers predicts nothing. A graph of one pass; derivative 0.
    /// </remarks>
    /// <exception cref="ArgumentException">The shapes do not fit, there is no example, or k is out of range; a class number out of range or not whole is reported when the graph runs.</exception>
    public static Tensor TopK(Tensor scores, Tensor classes, int k) => Share("Metrics.TopK", scores, classes, k);

    private static Tensor Share(string operation, Tensor scores, Tensor classes, int k)
    {
        CheckShapes(operation, scores, classes);
        var count = scores.Shape[-1];
        Require.That(k >= 1 && k <= count, $"[{operation}] got k {k}; expected 1 to the {count} classes");
        var own = ExpandDims(classes, -1);
        var score = TakeAlongAxis(scores, own);
        // Counted by what is surely behind, so that a NaN is not.
        var behind = Less(scores, score) + (Equal(scores, score) * GreaterOrEqual(Tensor.Arange(0, count), own));
        return Mean(GreaterOrEqual(Sum(behind, -1), count - k + 1));
    }

    private static void CheckShapes(string operation, Tensor scores, Tensor classes)
    {
        Require.NotNull(scores, operation);
        Require.NotNull(classes, operation);
        Require.That(
            scores.Rank > 0 && scores.Shape.Size > 0 && classes.Shape.Equals(scores.Shape.Without([scores.Rank - 1])),
            $"[{operation}] got scores {scores.Shape} and classes {classes.Shape}; expected [batch…,classes] and [batch…], not empty"
        );
    }
}
