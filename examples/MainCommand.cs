using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace AutoDiff.Examples;

/// <summary>The main job's command line: its options, and where its report goes.</summary>
internal static class MainCommand
{
    private static readonly JobOptions Defaults = new();

    public static RootCommand Create()
    {
        var data = new Option<string?>("--data")
        {
            HelpName = "FILE",
            Description =
                "CSV of numbers, plain or gzip, a row an example, its label last; the built-in digits where omitted. A header is a first line without any "
                + "number, or scikit-learn's rows,features,names. Labels are whole numbers; the distinct ones, ascending, are the classes.",
        };
        var scale = new Option<string?>("--scale")
        {
            HelpName = "WAY",
            Description =
                "Scaling of the features: standard (each to mean 0, deviation 1; the default with --data), max (all divided by the file's largest "
                + "magnitude; the default for the digits, so pixels/16) or none.",
        }.AcceptOnlyFromAmong(Names<Scaling>());
        var hidden = new Option<string>("--hidden")
        {
            HelpName = "WIDTHS",
            Description = $"Widths of the hidden layers, as in 16,8. At most {NetSize.MostParameters} parameters in all.",
            DefaultValueFactory = _ => string.Join(',', Defaults.Hidden),
        };
        var activation = new Option<string>("--activation")
        {
            HelpName = "NAME",
            Description = $"What stands between layers: {string.Join(", ", Names<Activation>())}.",
            DefaultValueFactory = _ => Defaults.Activation.Name(),
        }.AcceptOnlyFromAmong(Names<Activation>());
        var l2 = new Option<double>("--l2")
        {
            HelpName = "NUMBER",
            Description = "The penalty on all parameters, l2/2 times their squared norm.",
            DefaultValueFactory = _ => Defaults.L2,
        };
        var seed = new Option<ulong>("--seed")
        {
            HelpName = "NUMBER",
            Description = "The seed of the noise before training.",
            DefaultValueFactory = _ => Defaults.Seed,
        };
        var single = new Option<bool>("--float") { Description = "Run Adam in float32. Newton's method and the Hessians stay in float64." };
        var threads = new Option<int>("--threads")
        {
            HelpName = "NUMBER",
            Description = "Threads for the Hessians; the figures do not depend on it. All cores where omitted.",
            DefaultValueFactory = _ => Defaults.Threads,
        };
        var json = new Option<string?>("--json")
        {
            HelpName = "FILE",
            Description = "Write all figures and eigenvalues to a file for machines.",
        };

        var command = new RootCommand(
            "Where does this net sit? Its kind of critical point at zero weights and after training, by all eigenvalues of the exact Hessian."
        )
        {
            data,
            scale,
            hidden,
            activation,
            l2,
            seed,
            single,
            threads,
            json,
        };
        command.SetAction(
            (parse, cancellation) =>
            {
                var options = new JobOptions
                {
                    Hidden = JobOptions.ParseHidden(parse.GetRequiredValue(hidden)),
                    Activation = Enum.Parse<Activation>(parse.GetRequiredValue(activation), ignoreCase: true),
                    L2 = parse.GetValue(l2),
                    Seed = parse.GetValue(seed),
                    SinglePrecision = parse.GetValue(single),
                    Threads = parse.GetValue(threads),
                }.Checked();
                var (path, way) = (parse.GetValue(data), parse.GetValue(scale));
                var scaling = way is null
                    ? path is null
                        ? Scaling.Max
                        : Scaling.Standard
                    : Enum.Parse<Scaling>(way, ignoreCase: true);
                var file = parse.GetValue(json) is { } target ? OutputFile.At(target) : null;
                var set = DataSet.Of(path is null ? Digits.Read(cancellation) : CsvReader.Read(path, cancellation), scaling);
                return RunAsync(options, set, file, parse.InvocationConfiguration.Output, cancellation);
            }
        );
        return command;
    }

    private static async Task RunAsync(
        JobOptions options,
        DataSet data,
        OutputFile? json,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        var watch = Stopwatch.StartNew();
        var console = ReferenceEquals(output, Console.Out) ? TerminalView.Detect() : null;
        var report = console is null
            ? await WorkAsync(null).ConfigureAwait(false)
            : await TerminalView.WithBars(console, WorkAsync).ConfigureAwait(false);
        json?.Write(ReportJson.Of(report));
        if (console is null)
        {
            ReportText.Write(output, report);
            return;
        }
        TerminalView.Write(console, report);
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{watch.Elapsed.TotalSeconds:0.0} s[/]");

        Task<Report> WorkAsync(IProgress<JobProgress>? progress) =>
            Task.Run(() => WhereDoesThisNetSit.Run(options, data, progress, cancellation), cancellation);
    }

    private static string[] Names<T>()
        where T : struct, Enum => Array.ConvertAll(Enum.GetNames<T>(), name => name.ToLowerInvariant());
}
