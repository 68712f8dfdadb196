using System.Collections.Immutable;
using AutoDiff.Examples.Experiments;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Pages;

/// <summary>Makes of an answer what a page shows.</summary>
internal static class Drawing
{
    /// <summary>The result of a run.</summary>
    /// <param name="answer">What it answered.</param>
    /// <param name="seconds">How long it ran.</param>
    /// <param name="when">When it ended.</param>
    /// <param name="usesData">Whether it asked for the folder of data.</param>
    public static Result Of(Answer answer, double seconds, DateTimeOffset when, bool usesData) =>
        new(Of(answer.Figures), answer.Listings, answer.Checks, seconds, when, usesData);

    /// <summary>Figures with all that is written of them.</summary>
    public static ImmutableArray<DrawnFigure> Of(ImmutableArray<Figure> figures) => [.. figures.Select(Of)];

    private static DrawnFigure Of(Figure figure) =>
        new(
            figure.Caption,
            figure.Columns,
            [.. figure.Coloured().Panels.Select(panel => new DrawnPanel(panel.Title, Svg.Of(panel), Values.Of(panel), VegaLite.Of(panel)))]
        );
}
