using System.Collections.Immutable;
using AutoDiff.Nets;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>Accuracy on 1,000 training pictures, epoch by epoch, for weights begun at several scales.</summary>
internal static class WeightScales
{
    private const double Rate = 0.01;
    private const int Size = 100;
    private const int Panels = 4;

    public static Experiment Experiment { get; } =
        new(
            "weight-scales",
            ["21"],
            "Does a net learn from any initial weights, with batch normalization?",
            "Techniques of learning, 1.3.1: batch normalization makes learning fast and less dependent on the initial weights, from which without it a net may not learn at all (1.2.4). Of its trial, 1.3.2, the "
                + "text has the heading alone; here 1,000 pictures, 5 layers of 100 ReLU, batches of 100 at rate 0.01.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        ImmutableArray<double> scales = run.IsWhole
            ? [.. Enumerable.Range(0, 16).Select(i => Math.Pow(10, -i * 4 / 15.0))]
            : [1, 0.1, 0.01, 0.001];
        var epochs = run.IsWhole ? 20 : 10;
        var pictures = Pictures.Read(run, 1000, 1);
        var learned = Together.Each(
            run,
            [.. scales.SelectMany(scale => new[] { (Scale: scale, IsNormal: false), (Scale: scale, IsNormal: true) })],
            each =>
            {
                var normalization = each.IsNormal ? new BatchNormalization() : null;
                var net = Parts.Classifier(pictures.Pixels, 5, 100, Initializers.Normal(each.Scale), normalization);
                return Parts.Learn(run, net, pictures.Train, Rate, new(Size, epochs) { Watched = [pictures.Train] });
            },
            (each, end) => $"std {each.Scale:G3}{(each.IsNormal ? ", batch norm" : "")}: {Cells.Percent(end.Accuracies[0][^1])} %"
        );
        Learned[] without = [.. learned.Where((_, i) => i % 2 == 0)];
        Learned[] with = [.. learned.Where((_, i) => i % 2 == 1)];
        var ahead = Enumerable.Range(0, scales.Length).Count(i => End(with[i]) > End(without[i]));
        var guessing = 2.0 / Pictures.Classes;
        return new()
        {
            Figures =
            [
                new(
                    $"{pictures.Name}: accuracy on 1,000 training pictures, rate {Rate}, batches of {Size}, five layers of 100 ReLU",
                    [Ends(), .. Shown(Curves)]
                )
                {
                    Columns = 3,
                },
                new("The mean loss of each epoch's batches, from the same weights", [.. Shown(Loss)]),
            ],
            Listings =
            [
                new(
                    $"accuracy in percent after {epochs} epochs",
                    ["std", "without", "batch normalization"],
                    [.. scales.Select((scale, i) => Cells.Row($"{scale:G3}", Cells.Percent(End(without[i])), Cells.Percent(End(with[i]))))]
                ),
            ],
            Checks =
            [
                new(
                    "scales from which batch normalization ends higher: faster",
                    $"most of {scales.Length}",
                    $"{ahead} of {scales.Length}",
                    2 * ahead > scales.Length
                ),
                Check.Some(
                    "scales from which a net without it does not learn: below twice guessing",
                    without.Count(end => End(end) < guessing)
                ),
                Check.Above(
                    "scales that come above 70 %, batch normalization: it depends less on them",
                    without.Count(IsAbove),
                    with.Count(IsAbove),
                    "as many as without"
                ),
            ],
        };

        IEnumerable<Panel> Shown(Func<int, Panel> panel) =>
            Enumerable.Range(0, Panels).Select(i => panel(i * (scales.Length - 1) / (Panels - 1)));

        static double End(Learned learned) => learned.Accuracies[0][^1];

        static bool IsAbove(Learned learned) => End(learned) > 0.7;

        Panel Ends() =>
            new(
                $"After {epochs} epochs",
                new("standard deviation of the initial weights") { Scale = Scale.Log },
                Percent,
                [
                    new Mark.Line(scales, [.. without.Select(end => 100 * End(end))]) { Name = "without" },
                    new Mark.Line(scales, [.. with.Select(end => 100 * End(end))]) { Name = "batch norm" },
                ]
            );

        Panel Curves(int i) =>
            new(
                $"Weights of deviation {scales[i]:G3}",
                new("epoch"),
                Percent,
                [Curve("without", without[i]), Curve("batch norm", with[i])]
            );

        Panel Loss(int i) =>
            new(
                $"Weights of deviation {scales[i]:G3}",
                new("epoch"),
                new("loss (nats)") { Scale = Scale.Log },
                [without[i].LossCurve("without", pictures.Train.Count / Size), with[i].LossCurve("batch norm", pictures.Train.Count / Size)]
            );
    }

    private static Axis Percent { get; } = new("accuracy (%)") { From = 0, To = 100 };

    private static Mark Curve(string name, Learned learned) =>
        new Mark.Line(learned.Epochs, [.. learned.Accuracies[0].Select(part => 100 * part)]) { Name = name };
}
