using static AutoDiff.Ops;

namespace AutoDiff.Data;

/// <summary>Subtracts means and divides by deviations, those of a training set, so that its features have mean 0 and deviation 1. A tree, to be saved beside a net.</summary>
/// <param name="Mean">The means, of a shape that broadcasts to inputs [rows, …].</param>
/// <param name="Deviation">The deviations, of the same shape; exactly 0 for a feature that is the same in all rows, which is only centred.</param>
[TensorTree]
public sealed partial record Standardizer(Tensor Mean, Tensor Deviation)
{
    private Tensor Divisor => Where(Equal(Deviation, 0), 1, Deviation);

    /// <summary>Of each feature: means and deviations over the rows.</summary>
    /// <param name="inputs">The training set's inputs [rows, …], at least one row.</param>
    /// <remarks>The deviation is that of the rows themselves, √(Σ(x − x̄)² ⁄ rows), as scikit-learn's StandardScaler takes it.</remarks>
    /// <exception cref="ArgumentException">There are no rows, or a value is not finite.</exception>
    public static Standardizer Of(Tensor inputs) => Over(inputs, nameof(Of), rank => [0]);

    /// <summary>Of each channel: means and deviations over the rows and all places.</summary>
    /// <param name="inputs">The training set's inputs [rows, channels, …], at least one row.</param>
    /// <exception cref="ArgumentException">There are no rows or no channels, or a value is not finite.</exception>
    public static Standardizer OfChannels(Tensor inputs)
    {
        Require.NotNull(inputs, "Standardizer.OfChannels");
        Require.That(inputs.Rank >= 2, $"[Standardizer.OfChannels] got inputs {inputs.Shape}; expected [rows,channels,…]");
        return Over(inputs, nameof(OfChannels), rank => [0, .. Enumerable.Range(2, rank - 2)]);
    }

    /// <summary>Of all elements together: one mean and one deviation.</summary>
    /// <param name="inputs">The training set's inputs [rows, …], at least one row.</param>
    /// <exception cref="ArgumentException">There are no elements, or one is not finite.</exception>
    public static Standardizer OfAll(Tensor inputs) => Over(inputs, nameof(OfAll), rank => [.. Enumerable.Range(0, rank)]);

    /// <summary>(x − mean) ⁄ deviation; x − mean where the deviation is 0.</summary>
    /// <param name="inputs">Inputs [rows, …] as those it is of; derivatives flow to them.</param>
    public Tensor Apply(Tensor inputs)
    {
        Require.NotNull(inputs, "Standardizer.Apply");
        return (inputs - Mean) / Divisor;
    }

    /// <summary>What <see cref="Apply"/> was applied to, but for rounding: x · deviation + mean.</summary>
    /// <param name="standardized">Standardized inputs [rows, …].</param>
    public Tensor Invert(Tensor standardized)
    {
        Require.NotNull(standardized, "Standardizer.Invert");
        return (standardized * Divisor) + Mean;
    }

    /// <summary>The power of two that a magnitude is 1 to 2 times, or nearly where it is among the least.</summary>
    private static double PowerOfTwo(double magnitude) => magnitude == 0 ? 1 : Math.ScaleB(1, Math.Max(-1000, Math.ILogB(magnitude)));

    private static Standardizer Over(Tensor inputs, string operation, Func<int, int[]> axesOf)
    {
        Require.NotNull(inputs, $"Standardizer.{operation}");
        var x = Scaling.Checked(inputs, $"Standardizer.{operation}");
        var axes = axesOf(x.Rank);
        // Rounding leaves a feature that never changes a deviation of its mean's last digit, by which it must not be divided.
        var changes = Greater(Max(x, axes, keepDims: true), Min(x, axes, keepDims: true));
        // Neither sums nor squares leave the numbers; powers of two change no digit.
        var largest = Max(Abs(x), axes, keepDims: true);
        var unit = Tensor.Of(Array.ConvertAll(largest.ToArray(), PowerOfTwo), largest.Shape);
        var (mean, deviation) = (Ops.Mean(x / unit, axes, keepDims: true), StandardDeviation(x / unit, axes, keepDims: true));
        return Transforms.Evaluate(new Standardizer(mean * unit, Where(changes, deviation * unit, 0)));
    }
}
