using System.Collections.Immutable;

namespace AutoDiff.Examples.Pages;

/// <summary>Figures: their panels beside each other where there is room, and what they are drawn from.</summary>
internal static class FigureBlock
{
    public static Html Of(string name, int number, DrawnFigure figure) =>
        Html.Of(
            $"""
            <figure id="{name}-figure-{number}">
            <div class="panels columns-{Columns(figure)}">
            {Html.Join(
                figure.Panels.Select(panel => Html.Of($"<div class=\"panel\">{Html.Trusted(InlineSvg.Unstyled(panel.Svg))}</div>\n"))
            )}</div>
            <figcaption>{figure.Caption}</figcaption>
            </figure>

            """
        );

    /// <summary>Links to the files of each panel, relative to the page; folded away.</summary>
    /// <param name="folder">The folder beside the page that holds them; null where there is none.</param>
    /// <param name="experiment">The experiment's name.</param>
    /// <param name="figures">Its figures.</param>
    public static Html Files(string? folder, string experiment, ImmutableArray<DrawnFigure> figures) =>
        folder is null || figures.IsEmpty
            ? default
            : Html.Of(
                $"""
                <details>
                <summary>Data and specifications of the figures</summary>
                <ul class="files">
                {Html.Join(FigureFiles.Of(experiment, figures).Select(panel => Files(folder, panel.Panel.Title, panel.Files)))}</ul>
                </details>

                """
            );

    private static Html Files(string folder, string title, ImmutableArray<PanelFile> files) =>
        Html.Of($"<li>{title}: {Html.Join(files.Select((file, i) => Html.Of($"{(i > 0 ? ", " : "")}{Link(folder, file)}")))}</li>\n");

    private static Html Link(string folder, PanelFile file) =>
        Html.Of($"<a href=\"{Uri.EscapeDataString(folder)}/{Uri.EscapeDataString(file.Name)}\">{file.Kind}</a>");

    /// <summary>As many panels side by side as the figure asks for, or such that none stands alone in the last row.</summary>
    private static int Columns(DrawnFigure figure)
    {
        const int Most = 3; // that the page has room for
        var panels = figure.Panels.Length;
        int[] choices = [Math.Clamp(figure.Columns, 1, Most), Most, Most - 1];
        return Math.Min(
            panels,
            Array.Find(choices, columns => columns == 1 || panels % columns != 1) is > 0 and var found ? found : choices[0]
        );
    }
}
