using AutoDiff.Plots;

namespace AutoDiff.Examples;

/// <summary>A figure in characters.</summary>
internal static class PlotText
{
    private const int Rows = 22;

    /// <summary>Its panels one below the other.</summary>
    public static string Of(Figure figure, int columns) =>
        string.Join("\n\n", figure.Panels.Select(panel => Terminal.Of(panel, columns, Rows)).Prepend(figure.Caption)) + "\n";
}
