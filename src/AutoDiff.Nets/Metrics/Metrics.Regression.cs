using static AutoDiff.Ops;

namespace AutoDiff.Nets;

public static partial class Metrics
{
    /// <summary>The root of the mean squared error; a graph.</summary>
    /// <param name="predicted">Predictions, of any shape.</param>
    /// <param name="targets">What is to be predicted, of the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ or are empty.</exception>
    public static Tensor RootMeanSquaredError(Tensor predicted, Tensor targets) =>
        Norm(Errors("Metrics.RootMeanSquaredError", predicted, targets)) / Math.Sqrt(targets.Shape.Size);

    /// <summary>The mean absolute error; a graph.</summary>
    /// <param name="predicted">Predictions, of any shape.</param>
    /// <param name="targets">What is to be predicted, of the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ or are empty.</exception>
    public static Tensor MeanAbsoluteError(Tensor predicted, Tensor targets) =>
        Mean(Abs(Errors("Metrics.MeanAbsoluteError", predicted, targets)));

    /// <summary>The largest absolute error; a graph.</summary>
    /// <param name="predicted">Predictions, of any shape.</param>
    /// <param name="targets">What is to be predicted, of the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ or are empty.</exception>
    public static Tensor MaxError(Tensor predicted, Tensor targets) => Max(Abs(Errors("Metrics.MaxError", predicted, targets)));

    /// <summary>The coefficient of determination R² = 1 − Σ(target − prediction)² ⁄ Σ(target − mean)², over all elements; a graph.</summary>
    /// <param name="predicted">Predictions, of any shape.</param>
    /// <param name="targets">What is to be predicted, of the same shape.</param>
    /// <remarks>Of equal targets 1 where every prediction is right, else 0, as scikit-learn's.</remarks>
    /// <exception cref="ArgumentException">The shapes differ or are empty.</exception>
    public static Tensor RSquared(Tensor predicted, Tensor targets)
    {
        var left = Sum(Square(Errors("Metrics.RSquared", predicted, targets)));
        var all = Sum(Square(targets - Mean(targets)));
        // Equal is what the extremes say: the mean of equal targets may be rounded.
        var isConstant = Equal(Max(targets), Min(targets));
        return Where(isConstant, Equal(left, 0), 1 - (left / Where(isConstant, 1, all)));
    }

    private static Tensor Errors(string operation, Tensor predicted, Tensor targets)
    {
        Require.NotNull(predicted, operation);
        Require.NotNull(targets, operation);
        Require.That(
            predicted.Shape.Size > 0 && predicted.Shape.Equals(targets.Shape),
            $"[{operation}] got predictions {predicted.Shape} for targets {targets.Shape}; expected equal shapes, not empty"
        );
        return predicted - targets;
    }
}
