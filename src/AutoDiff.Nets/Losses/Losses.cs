using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>Losses as functions of predictions and targets, and penalties of parameters.</summary>
/// <remarks>
/// A prediction and its target broadcast nowhere: where their shapes differ, it is an error. NaN in a prediction or a target is NaN in its loss. All is graph: losses compile,
/// map and differentiate to any order, by predictions and by targets.
/// </remarks>
public static partial class Losses
{
    /// <summary>Losses of elements or examples as one number, or as they are.</summary>
    private static Tensor Reduced(Tensor losses, LossReduction reduction, string loss) =>
        reduction switch
        {
            LossReduction.Mean => Mean(losses),
            LossReduction.Sum => Sum(losses),
            LossReduction.BatchMean => Sum(losses) / Batch(losses, loss),
            LossReduction.None => losses,
            _ => throw new ArgumentException($"[{loss}] got a reduction of no name; expected a member", nameof(reduction)),
        };

    private static double Batch(Tensor losses, string loss)
    {
        Require.That(losses.Rank > 0, $"[{loss}] got the reduction BatchMean for one example; expected a batch axis");
        return losses.Shape[0];
    }

    private static void RequireAlike(Tensor predictions, Tensor targets, string loss)
    {
        Require.NotNull(predictions, loss);
        Require.NotNull(targets, loss);
        Require.That(
            predictions.Shape.Equals(targets.Shape),
            $"[{loss}] got predictions {predictions.Shape} and targets {targets.Shape}; expected equal shapes"
        );
    }

    private static void RequirePositive(double value, string name, string loss) =>
        Require.That(value > 0 && double.IsFinite(value), $"[{loss}] got {name} {value}; expected a finite number above 0");
}
