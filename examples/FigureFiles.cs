using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using AutoDiff.Examples.Pages;

namespace AutoDiff.Examples;

/// <summary>A file of a panel: a picture, a Vega-Lite specification or its data.</summary>
/// <param name="Name">Its name, as in <c>valley-1-2.csv</c>: the second panel of the first figure.</param>
/// <param name="Kind">What it holds, in words.</param>
/// <param name="Content">Its text.</param>
internal sealed record PanelFile(string Name, string Kind, string Content);

/// <summary>A folder that figures are written to: of each panel a picture, a Vega-Lite specification and its data.</summary>
internal sealed partial class FigureFiles
{
    private readonly string _folder;
    private readonly string _option;

    private FigureFiles(string folder, string option) => (_folder, _option) = (folder, option);

    /// <summary>The folder at a path, made where there is none, and tried out before any work.</summary>
    /// <param name="folder">The path.</param>
    /// <param name="option">The option that names it, for what is refused.</param>
    /// <exception cref="RefusedException">Nothing can be written there.</exception>
    public static FigureFiles In(string folder, string option = "--figures")
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RefusedException($"{option} {folder}: cannot be made: {problem.Message}", problem);
        }
        OutputFile.At(Path.Combine(folder, "figure.svg"), option);
        return new(folder, option);
    }

    /// <summary>The folder beside a page that holds its figures' files: <c>report-figures</c> for <c>report.html</c>.</summary>
    public static string Beside(string page) =>
        Path.Combine(Path.GetDirectoryName(page) ?? "", $"{Path.GetFileNameWithoutExtension(page)}-figures");

    /// <summary>The panels of an experiment's figures in order, with the files of each.</summary>
    public static IEnumerable<(DrawnPanel Panel, ImmutableArray<PanelFile> Files)> Of(
        string experiment,
        ImmutableArray<DrawnFigure> figures
    ) => figures.SelectMany((figure, i) => figure.Panels.Select((panel, j) => (panel, Of($"{experiment}-{i + 1}-{j + 1}", panel))));

    /// <summary>Writes the files of an experiment; one that holds the same already stays as it is.</summary>
    /// <exception cref="RefusedException">They cannot be written.</exception>
    public async Task WriteAsync(string experiment, ImmutableArray<DrawnFigure> figures, CancellationToken cancellation)
    {
        foreach (var file in Of(experiment, figures).SelectMany(panel => panel.Files))
        {
            var (path, content) = (Path.Combine(_folder, file.Name), Encoding.UTF8.GetBytes(file.Content));
            if (!await HoldsAsync(path, content, cancellation).ConfigureAwait(false))
                await OutputFile.At(path, _option).WriteAsync(content, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Takes away the files of panels that are not named, as far as that can be: those of an earlier page.</summary>
    public void Keep(IReadOnlySet<string> names)
    {
        try
        {
            foreach (var path in Directory.EnumerateFiles(_folder))
                if (Path.GetFileName(path) is var name && NameOfPanel().IsMatch(name) && !names.Contains(name))
                    File.Delete(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // What stays is linked from nowhere.
        }
    }

    private static ImmutableArray<PanelFile> Of(string place, DrawnPanel panel) =>
        [
            new($"{place}.csv", "data (CSV)", panel.Csv),
            new($"{place}.vl.json", "Vega-Lite", panel.VegaLite + "\n"),
            new($"{place}.svg", "picture (SVG)", panel.Svg),
        ];

    private static async Task<bool> HoldsAsync(string path, byte[] content, CancellationToken cancellation)
    {
        try
        {
            // The length first: a pipe has none, and would keep a reader waiting.
            return new FileInfo(path) is { Exists: true } there
                && there.Length == content.Length
                && (await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false)).AsSpan().SequenceEqual(content);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false; // writing says what is wrong
        }
    }

    [GeneratedRegex(@"^[a-z0-9-]+-\d+-\d+\.(csv|vl\.json|svg)$")]
    private static partial Regex NameOfPanel();
}
