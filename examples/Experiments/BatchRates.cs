using System.Collections.Immutable;
using AutoDiff.Nets;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>Rates up to where a net no longer learns, with and without batch normalization.</summary>
internal static class BatchRates
{
    private const string Without = "without";
    private const string With = "batch norm";

    private static readonly ImmutableArray<double> _rates = [0.01, 0.1, 1, 3, 10, 30];

    public static Experiment Experiment { get; } =
        new(
            "batch-rates",
            ["11"],
            "Does batch normalization permit larger rates?",
            "LeeDL, 3.7 and figure 3.46 (after Ioffe and Szegedy 2015): with batch normalization a net learns faster and bears rates many times as large, and even one of sigmoids learns, which without it does not.",
            Run
        );

    /// <summary>One net, and what it comes to at each rate: NaN where the loss stopped being a number.</summary>
    private sealed record Column(string Activation, string Name, ImmutableArray<double> Ends, ImmutableArray<Learned> Runs)
    {
        /// <summary>The place of the largest rate at which the net learns, -1 where there is none.</summary>
        public int Largest => Ends.ToList().FindLastIndex(loss => loss < 1);

        public string LargestText => Largest < 0 ? "none" : $"{_rates[Largest]}";
    }

    private static Answer Run(ExperimentRun run)
    {
        var pictures = Pictures.Read(run, run.IsWhole ? 1700 : 1000, 1);
        var epochs = run.IsWhole ? 20 : 3;
        (string Activation, string Name, Net Net)[] nets =
        [
            ("ReLU", Without, Net(pictures, Parts.He, Activation.Relu, null)),
            ("ReLU", With, Net(pictures, Parts.He, Activation.Relu, new BatchNormalization())),
            ("sigmoid", Without, Net(pictures, Initializers.FanIn, Activation.Sigmoid, null)),
            ("sigmoid", With, Net(pictures, Initializers.FanIn, Activation.Sigmoid, new BatchNormalization())),
        ];
        var runs = Together.Each(
            run,
            [.. nets.SelectMany(net => _rates.Select(rate => (net.Net, Rate: rate)))],
            each => Parts.Learn(run, each.Net, pictures.Train, each.Rate, new(50, epochs))
        );
        Column[] columns = [.. nets.Select((net, i) => Of(net, [.. runs[(i * _rates.Length)..((i + 1) * _rates.Length)]]))];
        return new()
        {
            Figures =
            [
                new(
                    $"{pictures.Name}, {epochs} epochs in batches of 50, five layers of 50",
                    [
                        Ends("ReLU: loss in the end", columns[0], columns[1]),
                        Ends("Sigmoid: loss in the end", columns[2], columns[3]),
                        Curves("ReLU: the best rate of each", columns[0], columns[1]),
                        Curves("Sigmoid: the best rate of each", columns[2], columns[3]),
                    ]
                ),
            ],
            Listings =
            [
                new(
                    $"{pictures.Name}: training loss after {epochs} epochs",
                    ["rate", .. columns.Select(column => $"{column.Activation}, {column.Name}")],
                    [.. _rates.Select((rate, i) => Cells.Row([$"{rate}", .. columns.Select(column => $"{column.Ends[i]:G4}")]))]
                ),
            ],
            Checks = [Larger(columns[0], columns[1]), Larger(columns[2], columns[3]), Learns(columns[2], false), Learns(columns[3], true)],
        };

        Column Of((string Activation, string Name, Net Net) net, ImmutableArray<Learned> learned) =>
            new(
                net.Activation,
                net.Name,
                [.. learned.Select(end => end.IsFinite ? Parts.Scores(end, pictures.Train).Loss : double.NaN)],
                learned
            );
    }

    private static Net Net(Pictures pictures, Initializer weights, Activation activation, Nets.Layer? normalization) =>
        Parts.Classifier(pictures.Pixels, 5, 50, weights, normalization, activation);

    private static Check Larger(Column without, Column with) =>
        new(
            $"{with.Activation}: the largest rate that comes to a loss below 1, {With}",
            $"above {without.LargestText}, the largest {Without}",
            with.LargestText,
            with.Largest > without.Largest
        );

    private static Check Learns(Column column, bool expected) =>
        Check.Equal(
            $"{column.Activation}, {column.Name}: learns at any of these rates",
            expected ? "yes" : "no",
            column.Largest < 0 ? "no" : "yes"
        );

    private static Panel Ends(string title, params Column[] columns) =>
        new(
            title,
            new("rate") { Scale = Scale.Log },
            new("training loss (nats)") { Scale = Scale.Log },
            [.. columns.SelectMany((column, i) => Marks(column, i))]
        );

    private static IEnumerable<Mark> Marks(Column column, int colour)
    {
        yield return new Mark.Line(_rates, column.Ends) { Name = column.Name, Colour = colour };
        yield return new Mark.Scatter(_rates, column.Ends) { Colour = colour };
    }

    private static Panel Curves(string title, params Column[] columns) =>
        new(
            title,
            new("step"),
            new("loss on the batch (nats)"),
            [
                .. columns.Select(
                    (column, i) =>
                    {
                        var best = Enumerable
                            .Range(0, _rates.Length)
                            .Where(at => !double.IsNaN(column.Ends[at]))
                            .MinBy(at => column.Ends[at]);
                        var losses = column.Runs[best].Losses;
                        return new Mark.Line([.. losses.Select((_, at) => at + 1.0)], losses)
                        {
                            Name = $"{column.Name}, rate {_rates[best]}",
                            Colour = i,
                        };
                    }
                ),
            ]
        );
}
