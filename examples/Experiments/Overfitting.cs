using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>300 training pictures, which a net learns by heart: what weight decay and dropout change.</summary>
internal static class Overfitting
{
    private const double Rate = 0.01;
    private const int Size = 100;
    private const int Epochs = 200;

    private static readonly (string Name, double Decay, double Drop)[] _nets =
    [
        ("nothing", 0, 0),
        ("weight decay 0.1", 0.1, 0),
        ("dropout 0.15", 0, 0.15),
        ("dropout 0.2", 0, 0.2),
    ];

    public static Experiment Experiment { get; } =
        new(
            "overfitting",
            ["21"],
            "What do weight decay and dropout do against overfitting?",
            "Techniques of learning, 1.4 (a heading there; the setting is that of Saitoh, Deep Learning from Scratch, 6.4): a net of six layers learns 300 pictures by heart; weight decay and dropout let it learn them less well, and make the gap to pictures that it has not seen smaller.",
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
                .. _nets.Skip(1).Select((each, i) => Smaller(each.Name, learned[i + 1], plain)),
                .. _nets.Skip(1).Select((each, i) => Less(each.Name, learned[i + 1], plain)),
            ],
        };
    }

    private static double Trained(Learned learned) => learned.Accuracies[0][^1];

    private static double Held(Learned learned) => learned.Accuracies[1][^1];

    private static double Gap(Learned learned) => Trained(learned) - Held(learned);

    private static Check Smaller(string name, Learned learned, Learned plain) =>
        new(
            $"{name}: gap between trained on and not seen, in points",
            $"below {Cells.Percent(Gap(plain))}, that of nothing",
            Cells.Percent(Gap(learned)),
            Gap(learned) < Gap(plain)
        )
        {
            Reason =
                $"after {Epochs} epochs it has both learnt less, {Cells.Percent(Trained(learned))} % of those trained on, and got fewer of the others, {Cells.Percent(Held(learned))} against {Cells.Percent(Held(plain))} %",
        };

    private static Check Less(string name, Learned learned, Learned plain) =>
        new(
            $"{name}: pictures trained on in percent",
            $"below {Cells.Percent(Trained(plain))}, that of nothing",
            Cells.Percent(Trained(learned)),
            Trained(learned) < Trained(plain)
        );

    private static Mark Curve(string name, Learned learned, int set) =>
        new Mark.Line(learned.Epochs, [.. learned.Accuracies[set].Select(part => 100 * part)]) { Name = name };
}
