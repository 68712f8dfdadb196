namespace AutoDiff.Curvature;

/// <summary>A quantity estimated from random products.</summary>
/// <param name="Value">The estimate; NaN where the products allowed give none.</param>
/// <param name="StandardError">The standard deviation of the estimate, itself estimated; 0 where it is exact to rounding, NaN where one sample tells nothing.</param>
/// <param name="Products">How many products with the operator it took.</param>
public sealed record Estimate(double Value, double StandardError, int Products)
{
    /// <summary>
    /// <see cref="Outcome.Converged"/>: the standard error is within the tolerance, or the budget that took its place was spent, or the value is exact;
    /// <see cref="Outcome.MaxIterations"/>: the products allowed ended first; <see cref="Outcome.NotFinite"/>: a product was NaN or infinite, and the value is what
    /// those before it give.
    /// </summary>
    public Outcome Outcome { get; init; } = Outcome.Converged;

    /// <summary>The number of samples that the standard error was found from, one more than its degrees of freedom; 0 where the value is exact.</summary>
    public int Samples { get; init; }

    /// <summary>Where the quantity lies with a probability: value ± t·standard error with Student's quantile t of <see cref="Samples"/> − 1 degrees of freedom (Gosset 1908).</summary>
    /// <param name="level">The probability, above 0 and below 1.</param>
    /// <remarks>The whole line where the standard error is not known. Each estimator says how well its intervals keep their level.</remarks>
    /// <exception cref="ArgumentException">The level is not above 0 and below 1.</exception>
    public (double Low, double High) Interval(double level = 0.95)
    {
        Require.That(level is > 0 and < 1, $"[Estimate.Interval] got a level of {level}; expected one above 0 and below 1");
        if (StandardError == 0)
            return (Value, Value);
        if (double.IsNaN(StandardError))
            return (double.NegativeInfinity, double.PositiveInfinity);
        var reach = StudentT.TwoSidedQuantile(level, Math.Max(Samples - 1, 1)) * StandardError;
        return (Value - reach, Value + reach);
    }
}
