using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using AutoDiff.Examples.Experiments;
using AutoDiff.Plots;

namespace AutoDiff.Examples;

/// <summary>An experiment's answer for machines: every number to its last bit; infinities and NaN as strings.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals
)]
[JsonSerializable(typeof(AnswerData))]
internal sealed partial class AnswerJson : JsonSerializerContext
{
    public static byte[] Of(Experiment experiment, ExperimentRun run, Answer answer, TimeSpan time) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(Examples.AnswerData.Of(experiment, run, answer, time), Default.AnswerData), (byte)'\n'];
}

/// <summary>An answer, what was asked, and with what.</summary>
internal sealed record AnswerData(
    string Experiment,
    ImmutableArray<string> Rows,
    string Question,
    string Source,
    AnswerSettings Settings,
    double Seconds,
    AnswerVersions Versions,
    ImmutableArray<Check> Checks,
    ImmutableArray<Listing> Listings,
    ImmutableArray<FigureData> Figures
)
{
    public static AnswerData Of(Experiment experiment, ExperimentRun run, Answer answer, TimeSpan time) =>
        new(
            experiment.Name,
            experiment.Rows,
            experiment.Question,
            experiment.Source,
            new(run.Seed, run.IsWhole, run.Data),
            time.TotalSeconds,
            AnswerVersions.Here,
            answer.Checks,
            answer.Listings,
            [.. answer.Figures.Select(FigureData.Of)]
        );
}

/// <summary>What was asked.</summary>
internal sealed record AnswerSettings(ulong Seed, bool Whole, string? Data);

/// <summary>What it ran with.</summary>
internal sealed record AnswerVersions(string AutoDiff, string Runtime, string System, string Architecture)
{
    public static AnswerVersions Here { get; } =
        new(
            typeof(Tensor).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            RuntimeInformation.FrameworkDescription,
            RuntimeInformation.OSDescription,
            RuntimeInformation.ProcessArchitecture.ToString()
        );
}

/// <summary>A figure's data.</summary>
internal sealed record FigureData(string Caption, ImmutableArray<PanelData> Panels)
{
    public static FigureData Of(Figure figure) =>
        new(
            figure.Caption,
            [
                .. figure.Panels.Select(panel => new PanelData(
                    panel.Title,
                    panel.X.Label,
                    panel.Y.Label,
                    [.. panel.Marks.Select(MarkData.Of)]
                )),
            ]
        );
}

/// <summary>A panel's data.</summary>
internal sealed record PanelData(string Title, string X, string Y, ImmutableArray<MarkData> Marks);

/// <summary>A mark's data: columns of numbers, and of words where it has any, by their names.</summary>
internal sealed record MarkData(
    string Mark,
    string? Name,
    Dictionary<string, ImmutableArray<double>> Columns,
    Dictionary<string, ImmutableArray<string>>? Words
)
{
    public static MarkData Of(Mark mark)
    {
        var columns = Values.Columns(mark).ToLookup(column => column.Words.IsEmpty);
        var words = columns[false].ToDictionary(column => column.Name, column => column.Words);
        return new(
            Values.Kind(mark),
            mark.Name,
            columns[true].ToDictionary(column => column.Name, column => column.Numbers),
            words.Count > 0 ? words : null
        );
    }
}
