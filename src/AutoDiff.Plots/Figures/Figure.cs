namespace AutoDiff.Plots;

/// <summary>Panels that are looked at together.</summary>
/// <param name="Caption">What one is to see in them.</param>
/// <param name="Panels">Row by row.</param>
public sealed record Figure(string Caption, ImmutableArray<Panel> Panels)
{
    /// <summary>Panels side by side, where there is room; 2 by default.</summary>
    public int Columns { get; init; } = 2;

    /// <summary>The same with every mark's colour told, one name's the same in all panels: for those who draw them one by one.</summary>
    /// <exception cref="ArgumentException">It has no panels' array, or a mark that cannot be drawn.</exception>
    public Figure Coloured() =>
        Panels.IsDefault
            ? throw new ArgumentException($"[Figure {Caption}] got no panels (a default array); expected an array")
            : this with
            {
                Panels = Colours.Over(Panels),
            };
}
