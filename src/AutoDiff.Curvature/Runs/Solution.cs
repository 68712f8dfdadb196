namespace AutoDiff.Curvature;

/// <summary>What an iteration found, how it ended and what it took.</summary>
/// <typeparam name="TValue">What it looks for.</typeparam>
public record Solution<TValue>
{
    /// <summary>What was looked for, or the last iterate where the outcome is another than <see cref="Outcome.Converged"/>.</summary>
    public required TValue Value { get; init; }

    /// <summary>How the iteration ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The number of steps taken.</summary>
    public required int Iterations { get; init; }

    /// <summary>The number of products with the operator computed, those that check the result included.</summary>
    public required int Products { get; init; }

    /// <summary>What the method makes small, at the value returned: a residual's or a gradient's norm; NaN where it is not known.</summary>
    public required double Measure { get; init; }
}
