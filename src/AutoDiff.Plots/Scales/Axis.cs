namespace AutoDiff.Plots;

/// <summary>One axis of a panel.</summary>
/// <param name="Label">What it counts, with its unit.</param>
public sealed record Axis(string Label)
{
    /// <summary>How numbers lie on it; linear by default.</summary>
    public Scale Scale { get; init; } = Scale.Linear;

    /// <summary>Where it begins; null for where the data do.</summary>
    public double? From { get; init; }

    /// <summary>Where it ends; null for where the data do.</summary>
    public double? To { get; init; }
}
