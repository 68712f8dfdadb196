using AutoDiff.Curvature;

namespace AutoDiff.Examples;

/// <summary>The closed form to hold the eigenvalues at the start against, or why there is none.</summary>
/// <param name="ClosedForm">The closed form, where it applies.</param>
/// <param name="LargestDeviation">The largest difference between its eigenvalues and the computed ones.</param>
/// <param name="Absence">Why there is none, where it does not apply.</param>
public sealed record Expectation(ClosedForm? ClosedForm, double? LargestDeviation, string? Absence)
{
    public static Expectation Of(JobOptions options, Batch rows, ReadOnlySpan<double> probabilities, CriticalPoint<Mlp> start)
    {
        if (options.Hidden.Length > 1)
            return new(
                null,
                null,
                "none: with more than one hidden layer, weights of neighbouring layers do not meet in second order at zero"
            );
        if (options.Activation.SlopeAtZero() is not { } slope)
            return new(null, null, $"none: {options.Activation.TroubleAtZero()}");
        var form = ClosedForm.Of(rows, probabilities, slope, options.Hidden[0], options.L2);
        return new(form, form.LargestDeviation(start.Eigenvalues, start.IsComplete ? start.Size : start.LowestPairs.Length), null);
    }
}
