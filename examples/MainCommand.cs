using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using AutoDiff.Data;
using AutoDiff.Examples.Experiments;
using Spectre.Console;

namespace AutoDiff.Examples;

/// <summary>The main job's command line: its options, and where its report goes.</summary>
internal static class MainCommand
{
    private const int Mebibyte = 20;

    private static readonly JobOptions Defaults = new();
    private static readonly CsvOptions Limits = new();

    public static RootCommand Create()
    {
        var data = new Option<string?>("--data")
        {
            HelpName = "FILE",
            Description =
                "CSV of numbers, plain or gzip, a row an example, its label last; the built-in digits where omitted. Between cells stand commas, semicolons, tabs, bars or spaces. A header is a first line without any "
                + "number, or scikit-learn's rows,features,names. Labels are whole numbers; the distinct ones, ascending, are the classes.",
        };
        var scale = StrictOption.Choice<Scaling>(
            "--scale",
            "WAY",
            null,
            "Scaling of the features: standard (each to mean 0, deviation 1; the default with --data), max (all divided by the file's largest "
                + "magnitude; the default for the digits, so pixels/16) or none."
        );
        var hidden = new Option<string>("--hidden")
        {
            HelpName = "WIDTHS",
            Description =
                $"Widths of the hidden layers, as in 16,8. Of up to {Defaults.MostDense} parameters all eigenvalues are computed, of more both ends of the spectrum, "
                + $"with the exact index up to {Defaults.MostFactored}; memory sets the limit.",
            DefaultValueFactory = _ => string.Join(',', Defaults.Hidden),
        };
        var activation = StrictOption.Choice<Nonlinearity>(
            "--activation",
            "NAME",
            Defaults.Activation.Name(),
            $"What stands between layers: {string.Join(", ", StrictOption.Names<Nonlinearity>())}."
        );
        var l2 = StrictOption.NonNegative("--l2", Defaults.L2, "The penalty on all parameters, l2/2 times their squared norm.");
        var seed = StrictOption.Whole("--seed", Defaults.Seed, 0UL, ulong.MaxValue, "The seed of the noise before training.");
        var single = new Option<bool>("--float") { Description = "Run Adam in float32. Newton's method and the Hessians stay in float64." };
        var threads = StrictOption.Whole(
            "--threads",
            Defaults.Threads,
            1,
            int.MaxValue,
            "Threads for the Hessians; the figures do not depend on it. All cores where omitted."
        );
        var density = new Option<bool>("--density")
        {
            Description =
                "Estimate the density of the eigenvalues at both points, too, by stochastic Lanczos quadrature, on an axis that is logarithmic on both sides of zero.",
        };
        var landscape = StrictOption.Choice<Plane>(
            "--landscape",
            "PLANE",
            Plane.Eigenvectors.ToString().ToLowerInvariant(),
            "Look at the loss around the end, too: on the plane of the extreme eigenvectors, or of random directions with the lengths of the net's own.",
            bare: true
        );
        var find = StrictOption.Whole(
            "--find",
            Defaults.Find,
            1,
            100_000,
            "Look for critical points from so many starts, too: half along a path of gradient descent, half around the end."
        );
        var rows = StrictOption.Whole("--max-rows", Limits.MostRows, 1, int.MaxValue, "Refuse a file with more rows.");
        var line = StrictOption.Whole("--max-line", Limits.MostBytesPerRow, 1, int.MaxValue, "Refuse a file with more bytes in a row.");
        var size = StrictOption.Whole(
            "--max-size",
            Limits.MostBytes >> Mebibyte,
            1,
            int.MaxValue >> Mebibyte,
            "Refuse a file with more text, unpacked, in MiB."
        );
        var json = new Option<string?>("--json")
        {
            HelpName = "FILE",
            Description =
                "Write all figures and eigenvalues to a file for machines; a file there is replaced whole, a pipe or device written to.",
        };

        var command = new RootCommand(
            "Where does this net sit? Its kind of critical point at zero weights and after training, by the exact Hessian's eigenvalues. "
                + $"Exit code {CommandLine.Done}: done; {CommandLine.Refused}: refused, with the reason; {CommandLine.Cancelled}: cancelled."
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
            density,
            landscape,
            find,
            rows,
            line,
            size,
            json,
            ListCommand.Create(),
            ReportCommand.Create(Catalogue.All),
        };
        foreach (var experiment in Catalogue.All)
            command.Add(ExperimentCommand.Create(experiment));
        command.SetAction(
            async (parse, cancellation) =>
            {
                var options = new JobOptions
                {
                    Hidden = JobOptions.ParseHidden(parse.GetRequiredValue(hidden)),
                    Activation = Enum.Parse<Nonlinearity>(parse.GetRequiredValue(activation)!, ignoreCase: true),
                    L2 = parse.GetValue(l2),
                    Seed = parse.GetValue(seed),
                    SinglePrecision = parse.GetValue(single),
                    Threads = parse.GetValue(threads),
                    Density = parse.GetValue(density),
                    Landscape = parse.GetResult(landscape) is { Implicit: false }
                        ? Enum.Parse<Plane>(parse.GetRequiredValue(landscape)!, ignoreCase: true)
                        : null,
                    Find = parse.GetValue(find),
                }.Checked();
                var limits = new CsvOptions
                {
                    MostRows = parse.GetValue(rows),
                    MostBytesPerRow = parse.GetValue(line),
                    MostBytes = parse.GetValue(size) << Mebibyte,
                };
                var path = parse.GetValue(data);
                var scaling = Enum.Parse<Scaling>(
                    parse.GetValue(scale) ?? (path is null ? nameof(Scaling.Max) : nameof(Scaling.Standard)),
                    ignoreCase: true
                );
                var file = parse.GetValue(json) is { } target ? OutputFile.At(target) : null;
                var table = path is null
                    ? Digits.Read(cancellation)
                    : await DataFile.ReadAsync(path, limits, cancellation).ConfigureAwait(false);
                var set = DataSet.Of(table, scaling);
                await RunAsync(options, set, file, parse.InvocationConfiguration.Output, cancellation).ConfigureAwait(false);
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
        if (json is not null)
            await json.WriteAsync(ReportJson.Of(report), cancellation).ConfigureAwait(false);
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
}
