using System.Collections.Immutable;
using AutoDiff.Examples.Experiments;
using AutoDiff.Examples.Pages;

namespace AutoDiff.Tests.Examples;

/// <summary>Experiments that end in every way one can, and what they run on.</summary>
internal static class ReportCases
{
    public static readonly Surroundings Here = new("1.2.3", ".NET 10", "a processor", "a system", [Guid.Empty]);

    public static readonly DateTimeOffset Noon = new(2024, 5, 6, 12, 0, 0, TimeSpan.Zero);

    public static Check Holding { get; } = Check.Near("pi", 3.14, 3.141, 0.01);

    public static Check Unexplained { get; } = Check.Equal("the answer", 42, 41);

    public static Check Explained { get; } = Unexplained with { Reason = "It was rounded down." };

    public static Experiment Passing { get; } =
        Answering(
            "passing",
            "1",
            new Answer
            {
                Checks = [Holding, Holding],
                Figures = MarkGallery.Figures,
                Listings =
                [
                    new(
                        "numbers",
                        ["n", "n^2"],
                        [
                            ["1", "1"],
                            ["2", "4"],
                        ]
                    ),
                ],
            }
        );

    public static Experiment WithReason { get; } = Answering("with-reason", "2", new Answer { Checks = [Holding, Explained] });

    public static Experiment WithoutReason { get; } = Answering("without-reason", "18", new Answer { Checks = [Holding, Unexplained] });

    public static Experiment Throwing { get; } = Of("throwing", "22", _ => throw new InvalidOperationException("it broke"));

    public static Experiment OnData { get; } =
        Of(
            "on-data",
            "A",
            run => new() { Checks = [Check.Equal("the folder", "mnist", System.IO.Path.GetFileName(run.RequiredData("mnist")))] }
        );

    /// <summary>Ends only when it is cancelled.</summary>
    public static Experiment Endless { get; } =
        Of(
            "endless",
            "ours",
            run =>
            {
                run.Note("half a result");
                for (var i = 0; ; i++)
                {
                    run.Done(Math.Min(i / 100.0, 0.5));
                    Thread.Sleep(1);
                }
            }
        );

    public static ImmutableArray<Experiment> Ending { get; } = [Passing, WithReason, WithoutReason, Throwing, OnData];

    public static Experiment Answering(string name, string row, Answer answer) => Of(name, row, _ => answer);

    public static Experiment Of(string name, string row, Func<ExperimentRun, Answer> run) =>
        new(name, [row], $"What comes of {name}?", $"A source of {name} says so.", run);
}
