using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>300 training pictures, which a net learns by heart: what weight decay and dropout change.</summary>
internal static class Overfitting
{
    private const double Rate = 0.03;
    private const int Size = 100;
    private const int Epochs = 200;

    private static readonly (string Name, double Decay, double Drop)[] _nets =
    [
        ("nothing", 0, 0),
        ("weight decay 0.03", 0.03, 0),
        ("dropout 0.1", 0, 0.1),
        ("dropout 0.15", 0, 0.15),
    ];

    public static Experiment Experiment { get; } =
        new(
            "overfitting",
            ["21"],
            "What do weight decay and dropout do against overfitting?",
            "Techniques of learning, introduction and 1.2.1: weight decay, which keeps weights small, and dropout are regularizations against overfitting. Of its section 1.4 the text has the heading alone; here six "
                + "layers of 100 ReLU learn 300 pictures, and the gap to pictures that they have not seen tells how much by heart.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var pictures = Pictures.Read(run, 300, run.IsWhole ? 10_000 : 1000);
        var learned = Together.Each(
            run,
            _nets,
            each =>
                Parts.Learn(
                    run,
                    Parts.Classifier(pictures.Pixels, 6, 100, Parts.He, drop: each.Drop),
                    pictures.Train,
                    Rate,
                    new(Size, Epochs)
                    {
                        Decay = each.Decay,
                        Watched = [pictures.Train, pictures.Test],
                        Every = 10,
                    }
                ),
            (each, end) => $"{each.Name}: {Cells.Percent(Trained(end))} % of those trained on, {Cells.Percent(Held(end))} % of others"
        );
        var plain = learned[0];
        return new()
        {
            Figures =
            [
                new(
                    $"{pictures.Name}: 300 training pictures, six layers of 100 ReLU, rate {Rate}, batches of {Size}",
                    [
                        .. _nets.Select(
                            (each, i) =>
                                new Panel(
                                    each.Name,
                                    new("epoch"),
                                    new("accuracy (%)") { From = 0, To = 100 },
                                    [Curve("trained on", learned[i], 0), Curve("not seen", learned[i], 1)]
                                )
                        ),
                    ]
                ),
                new(
                    "The mean loss of each epoch's batches, with the penalty where there is one",
                    [
                        new(
                            "Loss on pictures trained on",
                            new("epoch"),
                            new("loss (nats)") { Scale = Scale.Log },
                            [.. _nets.Select((each, i) => Fall(each.Name, learned[i], pictures.Train.Count / Size))]
                        ),
                    ]
                )
                {
                    Columns = 1,
                },
            ],
            Listings =
            [
                new(
                    $"accuracy in percent after {Epochs} epochs",
                    ["", "trained on", "not seen", "gap"],
                    [
                        .. _nets.Select(
                            (each, i) =>
                                Cells.Row(
                                    each.Name,
                                    Cells.Percent(Trained(learned[i])),
                                    Cells.Percent(Held(learned[i])),
                                    Cells.Percent(Gap(learned[i]))
                                )
                        ),
                    ]
                ),
            ],
            Checks =
            [
                Check.Between("nothing: pictures trained on in percent, by heart", 99, 100, 100 * Trained(plain)),
                .. _nets.Skip(1).Select((each, i) => Smaller(each.Name, learned[i + 1], plain, pictures.Test.Count)),
            ],
        };
    }

    private static double Trained(Learned learned) => learned.Accuracies[0][^1];

    private static double Held(Learned learned) => learned.Accuracies[1][^1];

    private static double Gap(Learned learned) => Trained(learned) - Held(learned);

    private static Check Smaller(string name, Learned learned, Learned plain, int seen) =>
        new(
            $"{name}: gap between trained on and not seen, in points",
            $"below {Cells.Percent(Gap(plain))}, that of nothing",
            Cells.Percent(Gap(learned)),
            Gap(learned) < Gap(plain)
        )
        {
            Reason =
                $"after {Epochs} epochs it gets {Cells.Percent(Trained(learned))} % of those trained on and {Cells.Percent(Held(learned))} % of the others, against {Cells.Percent(Held(plain))} %; "
                + $"of {seen} others a part has a standard error of {100 * Math.Sqrt(Held(plain) * (1 - Held(plain)) / seen):F1} points",
        };

    private static Mark Fall(string name, Learned learned, int steps)
    {
        var losses = learned.LossByEpoch(steps);
        return new Mark.Line([.. losses.Select((_, epoch) => epoch + 1.0)], losses) { Name = name };
    }

    private static Mark Curve(string name, Learned learned, int set) =>
        new Mark.Line(learned.Epochs, [.. learned.Accuracies[set].Select(part => 100 * part)]) { Name = name };
}
