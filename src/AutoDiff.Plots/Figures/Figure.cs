namespace AutoDiff.Plots;

/// <summary>Panels that are looked at together.</summary>
/// <param name="Caption">What one is to see in them.</param>
/// <param name="Panels">Row by row.</param>
public sealed record Figure(string Caption, ImmutableArray<Panel> Panels)
{
    /// <summary>Panels side by side, where there is room; 2 by default.</summary>
    public int Columns { get; init; } = 2;
}
