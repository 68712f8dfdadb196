using System.Collections.Immutable;
using System.Text;
using AutoDiff.Plots;

namespace AutoDiff.Examples;

/// <summary>A folder that figures are written to: of each panel a picture, a Vega-Lite specification and its data.</summary>
internal sealed class FigureFiles
{
    private readonly string _folder;

    private FigureFiles(string folder) => _folder = folder;

    /// <summary>The folder at a path, made where there is none, and tried out before any work.</summary>
    /// <exception cref="RefusedException">Nothing can be written there.</exception>
    public static FigureFiles In(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RefusedException($"--figures {folder}: cannot be made: {problem.Message}", problem);
        }
        OutputFile.At(Path.Combine(folder, "figure.svg"), "--figures");
        return new(folder);
    }

    /// <summary>Writes <c>NAME-1-2.svg</c>, <c>.vl.json</c> and <c>.csv</c> of the second panel of the first figure, and so on.</summary>
    /// <exception cref="RefusedException">They cannot be written.</exception>
    public async Task WriteAsync(string name, ImmutableArray<Figure> figures, CancellationToken cancellation)
    {
        foreach (var (figure, i) in figures.Select((figure, i) => (figure, i + 1)))
        foreach (var (panel, j) in figure.Coloured().Panels.Select((panel, j) => (panel, j + 1)))
        foreach (var (kind, text) in new[] { ("svg", Svg.Of(panel)), ("vl.json", VegaLite.Of(panel) + "\n"), ("csv", Values.Of(panel)) })
            await OutputFile
                .At(Path.Combine(_folder, $"{name}-{i}-{j}.{kind}"), "--figures")
                .WriteAsync(Encoding.UTF8.GetBytes(text), cancellation)
                .ConfigureAwait(false);
    }
}
