using static AutoDiff.Plots.Lettering;

namespace AutoDiff.Plots;

/// <summary>Figures as SVG: the same text for the same figure, without scripts, in the light or dark theme that the reader prefers.</summary>
public static class Svg
{
    private const double Gap = 16;

    /// <summary>A panel, 360 units wide and 270 high, and more for its legend's rows.</summary>
    /// <exception cref="ArgumentException">A mark or an axis is not such that it can be drawn.</exception>
    public static string Of(Panel panel)
    {
        var layout = Layout.Of(panel);
        return Whole(Layout.Wide, layout.Height, panel.Title, layout.Elements);
    }

    /// <summary>A figure's panels, row by row; marks of one name have one colour in all of them.</summary>
    /// <exception cref="ArgumentException">It has no panels' array, fewer than one column, or a panel that cannot be drawn.</exception>
    public static string Of(Figure figure)
    {
        if (figure.Columns < 1)
            throw new ArgumentException($"[Figure {figure.Caption}] got {figure.Columns} columns; expected 1 or more");
        var panels = figure.Coloured().Panels;
        var columns = Math.Clamp(panels.Length, 1, figure.Columns);
        var titles = string.Join("; ", panels.Select(panel => panel.Title));
        var (text, top) = ($"<title>{Escape(figure.Caption)}</title>\n<desc>{Escape(titles)}</desc>\n", 0.0);
        foreach (var row in panels.Select(Layout.Of).Chunk(columns))
        {
            var groups = row.Select(
                (panel, i) => $"<g transform=\"translate({Pair(i * (Layout.Wide + Gap), top)})\">\n{panel.Elements}</g>\n"
            );
            text += string.Concat(groups);
            top += row.Max(panel => panel.Height) + Gap;
        }
        return Whole(columns * (Layout.Wide + Gap) - Gap, Math.Max(top, 2 * Gap) - Gap, figure.Caption, text);
    }

    private static string Whole(double width, double height, string label, string elements) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" viewBox=\"0 0 {Pair(width, height)}\" role=\"img\" aria-label=\"{Escape(label)}\">\n"
        + $"{Style.Sheet}{elements}</svg>\n";
}
