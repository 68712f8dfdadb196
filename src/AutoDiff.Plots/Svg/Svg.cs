using System.Collections.Immutable;
using static AutoDiff.Plots.Lettering;

namespace AutoDiff.Plots;

/// <summary>Figures as SVG: the same text for the same figure, without scripts, in the light or dark theme that the reader prefers.</summary>
public static class Svg
{
    private const double Width = 360;
    private const double Gap = 16;

    /// <summary>A panel, 360 units wide and 270 high, and more for its legend's rows.</summary>
    /// <exception cref="ArgumentException">A mark or an axis is not such that it can be drawn.</exception>
    public static string Of(Panel panel)
    {
        var drawing = PanelSvg.Of(panel);
        return Whole(Width, drawing.Height, panel.Title, drawing.Elements);
    }

    /// <summary>A figure's panels, row by row.</summary>
    /// <exception cref="ArgumentException">It has no panels' array, fewer than one column, or a panel that cannot be drawn.</exception>
    public static string Of(Figure figure)
    {
        if (figure.Panels.IsDefault || figure.Columns < 1)
            throw new ArgumentException(
                $"[Figure {figure.Caption}] got {(figure.Panels.IsDefault ? "no panels" : "fewer than one column")}; expected panels, and one column or more"
            );
        var (text, top, columns) = ("", 0.0, Math.Clamp(figure.Panels.Length, 1, figure.Columns));
        foreach (var row in figure.Panels.Select(PanelSvg.Of).Chunk(columns))
        {
            text += string.Concat(
                row.Select((panel, i) => $"<g transform=\"translate({Number(i * (Width + Gap))} {Number(top)})\">\n{panel.Elements}</g>\n")
            );
            top += row.Max(panel => panel.Height) + Gap;
        }
        return Whole(
            columns * (Width + Gap) - Gap,
            Math.Max(1, top - Gap),
            figure.Caption,
            $"<title>{Escape(figure.Caption)}</title>\n<desc>{Escape(string.Join("; ", figure.Panels.Select(panel => panel.Title)))}</desc>\n{text}"
        );
    }

    private static string Whole(double width, double height, string label, string elements) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" viewBox=\"0 0 {Number(width)} {Number(height)}\" role=\"img\" aria-label=\"{Escape(label)}\">\n{Style.Sheet}{elements}</svg>\n";
}
