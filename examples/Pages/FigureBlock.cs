using System.Collections.Immutable;

namespace AutoDiff.Examples.Pages;

/// <summary>Figures: their panels beside each other where there is room, and what they are drawn from.</summary>
internal static class FigureBlock
{
    public static Html Of(string name, int number, DrawnFigure figure) =>
        Html.Of(
            $"""
            <figure id="{name}-figure-{number}">
            <div class="panels columns-{Math.Clamp(figure.Columns, 1, 3)}">
            {Html.Join(
                figure.Panels.Select(panel => Html.Of($"<div class=\"panel\">{Html.Trusted(InlineSvg.Unstyled(panel.Svg))}</div>\n"))
            )}</div>
            <figcaption>{figure.Caption}</figcaption>
            </figure>

            """
        );

    /// <summary>The numbers of each panel, and a specification that other programs draw it by; folded away.</summary>
    public static Html Data(string name, ImmutableArray<DrawnFigure> figures) =>
        figures.IsEmpty
            ? default
            : Html.Of(
                $"""
                <details>
                <summary>Data and specifications of the figures</summary>
                {Html.Join(figures.SelectMany(figure => figure.Panels).Select((panel, i) => Data($"{name}-{i + 1}", panel)))}</details>

                """
            );

    private static Html Data(string name, DrawnPanel panel) =>
        Html.Of(
            $"""
            <h4>{panel.Title}</h4>
            <p class="meta" id="{name}-csv">Data (CSV)</p>
            <pre class="copied" tabindex="0" role="region" aria-labelledby="{name}-csv">{panel.Csv}</pre>
            <p class="meta" id="{name}-vega">Vega-Lite specification</p>
            <pre class="copied" tabindex="0" role="region" aria-labelledby="{name}-vega">{panel.VegaLite}</pre>

            """
        );
}
