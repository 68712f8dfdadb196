using AutoDiff.Optimization;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>Random search over rate and weight decay, by accuracy on a fifth of 500 pictures that training does not see.</summary>
internal static class RandomSearch
{
    private const int Size = 100;
    private const int Best = 6;

    public static Experiment Experiment { get; } =
        new(
            "random-search",
            ["21"],
            "Which rate and weight decay does a random search find?",
            "Techniques of learning, 1.5: a heading alone. Here rates from 1e-6 to 0.1 and decays from 1e-8 to 1e-4 are drawn evenly in their logarithms and judged by pictures kept apart from training; where the best "
                + "rates lie together, they tell the range to search next.",
            Run
        );

    /// <summary>A setting and what it reached.</summary>
    private sealed record Trial(double Rate, double Decay, Learned Learned)
    {
        public double Accuracy => Learned.Accuracies[0][^1];
    }

    private static Answer Run(ExperimentRun run)
    {
        var (count, epochs) = run.IsWhole ? (100, 50) : (12, 10);
        var pictures = Pictures.Read(run, 400, 100);
        var net = Parts.Classifier(pictures.Pixels, 6, 100, Parts.He);
        var space = from rate in Space.LogUniform(1e-6, 1e-1) from decay in Space.LogUniform(1e-8, 1e-4) select (Rate: rate, Decay: decay);
        var trials = Together.Each(
            run,
            Search.Draws(space, count, run.Key.FoldIn(1)),
            setting => new Trial(
                setting.Rate,
                setting.Decay,
                Parts.Learn(run, net, pictures.Train, setting.Rate, new(Size, epochs) { Decay = setting.Decay, Watched = [pictures.Test] })
            ),
            (setting, trial) => $"rate {setting.Rate:0.0e+0}, decay {setting.Decay:0.0e+0}: {Cells.Percent(trial.Accuracy)} %"
        );
        Trial[] ranked = [.. trials.OrderByDescending(trial => trial.Accuracy)];
        var (top, rest) = (ranked[..(count / 3)], ranked[(count / 3)..]);
        return new()
        {
            Figures =
            [
                new(
                    $"{pictures.Name}: {count} settings, {epochs} epochs of 400 pictures each, by accuracy on 100 others",
                    [
                        Scatter(ranked),
                        new(
                            $"The best {Math.Min(Best, count)}",
                            new("epoch"),
                            new("accuracy (%)") { From = 0, To = 100 },
                            [.. ranked.Take(Best).Select(Curve)]
                        ),
                    ]
                ),
            ],
            Listings =
            [
                new(
                    "the best ten",
                    ["rank", "accuracy in percent", "rate", "decay"],
                    [
                        .. ranked
                            .Take(10)
                            .Select((t, i) => Cells.Row($"{i + 1}", Cells.Percent(t.Accuracy), $"{t.Rate:0.0e+0}", $"{t.Decay:0.0e+0}")),
                    ]
                ),
            ],
            Checks =
            [
                new(
                    "least rate among the best third",
                    "above the mean of all drawn, 3.2e-4 (of logarithms)",
                    $"{top.Min(trial => trial.Rate):0.0e+0}",
                    top.Min(trial => trial.Rate) > Math.Sqrt(1e-6 * 1e-1)
                ),
                new(
                    "mean accuracy of the best third, in percent",
                    $"above twice that of the rest, {Cells.Percent(rest.Average(trial => trial.Accuracy))}",
                    Cells.Percent(top.Average(trial => trial.Accuracy)),
                    top.Average(trial => trial.Accuracy) > 2 * rest.Average(trial => trial.Accuracy)
                ),
                new(
                    "best accuracy, in percent",
                    "at least 50, five times guessing",
                    Cells.Percent(ranked[0].Accuracy),
                    ranked[0].Accuracy >= 0.5
                ),
            ],
        };
    }

    /// <summary>Each setting as a point, coloured by its accuracy.</summary>
    private static Panel Scatter(Trial[] trials)
    {
        (double From, double To, string Name)[] parts =
        [
            (0, 0.25, "below 25 %"),
            (0.25, 0.5, "25 to 50 %"),
            (0.5, 0.75, "50 to 75 %"),
            (0.75, double.PositiveInfinity, "75 % and more"),
        ];
        return new(
            "Settings by accuracy",
            new("rate") { Scale = Scale.Log },
            new("weight decay") { Scale = Scale.Log },
            [
                .. parts
                    .Select(
                        (part, colour) => Points([.. trials.Where(t => part.From <= t.Accuracy && t.Accuracy < part.To)], part.Name, colour)
                    )
                    .Where(points => !points.X.IsEmpty),
            ]
        );
    }

    private static Mark.Scatter Points(Trial[] trials, string name, int colour) =>
        new([.. trials.Select(trial => trial.Rate)], [.. trials.Select(trial => trial.Decay)])
        {
            Name = name,
            Colour = colour,
            Labels = [.. trials.Select(trial => $"{Cells.Percent(trial.Accuracy)} %")],
        };

    private static Mark Curve(Trial trial) =>
        new Mark.Line(trial.Learned.Epochs, [.. trial.Learned.Accuracies[0].Select(part => 100 * part)])
        {
            Name = $"rate {trial.Rate:0.0e+0}",
        };
}
