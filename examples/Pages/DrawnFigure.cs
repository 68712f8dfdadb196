using System.Collections.Immutable;

namespace AutoDiff.Examples.Pages;

/// <summary>A figure as a page shows it.</summary>
/// <param name="Caption">What one is to see in it.</param>
/// <param name="Columns">Panels side by side, where there is room.</param>
/// <param name="Panels">Row by row.</param>
internal sealed record DrawnFigure(string Caption, int Columns, ImmutableArray<DrawnPanel> Panels);

/// <summary>A panel as a page shows it.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Svg">The picture.</param>
/// <param name="Csv">Its data.</param>
/// <param name="VegaLite">A specification with which others draw it.</param>
internal sealed record DrawnPanel(string Title, string Svg, string Csv, string VegaLite);
