using System.Collections.Immutable;
using AutoDiff.Nets;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>Every normalization at batches from 64 down to 2.</summary>
internal static class SmallBatches
{
    private const double Rate = 0.1;
    private const double Enough = 0.8;

    private static readonly (string Name, Nets.Layer? Normalization, Func<Nets.Layer, Nets.Layer>? Around)[] _all =
    [
        ("batch", new BatchNormalization(), null),
        ("layer", new LayerNormalization(), null),
        ("nothing", null, null),
        ("batch renorm", new BatchRenormalization { Decay = 0.9 }, null),
        ("group, 5 groups", new GroupNormalization(5), null),
        ("root mean square", new RmsNormalization(), null),
        ("weight", null, layer => new WeightNormalized(layer)),
        ("spectral", null, layer => new SpectralNormalized(layer)),
    ];

    public static Experiment Experiment { get; } =
        new(
            "small-batches",
            ["11"],
            "Which normalization bears small batches?",
            "Eight problems of training, 8: the statistics of a tiny batch say little of all examples, so that batch normalization gets much worse there; normalizing each example by itself, as layer normalization does, does not depend on the batch.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        ImmutableArray<int> sizes = run.IsWhole ? [2, 3, 4, 8, 16, 64] : [2, 4, 64]; // A batch of one has no statistics.
        var kinds = run.IsWhole ? _all : _all[..4];
        var epochs = run.IsWhole ? 20 : 3;
        var pictures = Pictures.Read(run, 960, 700); // All sizes divide 960.
        var accuracies = Together.Each(
            run,
            [.. kinds.SelectMany(kind => sizes.Select(size => (Kind: kind, Size: size)))],
            each =>
            {
                var net = Parts.Classifier(pictures.Pixels, 3, 50, Parts.He, each.Kind.Normalization, around: each.Kind.Around);
                return Parts.Scores(Parts.Learn(run, net, pictures.Train, Rate, new(each.Size, epochs)), pictures.Test).Accuracy;
            },
            (each, accuracy) => $"{each.Kind.Name}, batches of {each.Size}: {Cells.Percent(accuracy)} %"
        );
        double[][] rows = [.. accuracies.Chunk(sizes.Length)];
        var (batch, layer) = (rows[0], rows[1]);
        return new()
        {
            Figures =
            [
                new(
                    $"{pictures.Name}: accuracy on held pictures after {epochs} epochs, three layers of 50, by the size of a batch",
                    [Panel("Batch against layer normalization", 0, 2), Panel("The others", 2, kinds.Length)]
                ),
            ],
            Listings =
            [
                new(
                    $"accuracy on held pictures in percent after {epochs} epochs at rate {Rate}, by the size of a batch",
                    ["normalization", .. sizes.Select(size => $"{size}")],
                    [.. kinds.Select((kind, i) => Cells.Row([kind.Name, .. rows[i].Select(Cells.Percent)]))]
                ),
            ],
            Checks =
            [
                new(
                    "batch normalization in batches of 2, accuracy in percent",
                    $"far below its best, {Cells.Percent(batch.Max())}: by 10 points or more",
                    Cells.Percent(batch[0]),
                    batch[0] < batch.Max() - 0.1
                ),
                new(
                    "layer normalization in batches of 2, accuracy in percent",
                    $"above batch normalization's {Cells.Percent(batch[0])}",
                    Cells.Percent(layer[0]),
                    layer[0] > batch[0]
                ),
                Check.Equal("the smallest batches in which layer normalization reaches 80 %", "2", Smallest(layer)),
                new(
                    "the smallest batches in which batch normalization reaches 80 %",
                    "above 2",
                    Smallest(batch),
                    Smallest(batch) is not ("2" or "none")
                ),
            ],
        };

        string Smallest(double[] row) =>
            Array.FindIndex(row, accuracy => accuracy >= Enough) is var first and >= 0 ? $"{sizes[first]}" : "none";

        Panel Panel(string title, int from, int to) =>
            new(
                title,
                new("pictures of a batch") { Scale = Scale.Log },
                new("accuracy (%)") { From = 0, To = 100 },
                [
                    .. Enumerable
                        .Range(from, to - from)
                        .Select(i => new Mark.Line([.. sizes.Select(size => (double)size)], [.. rows[i].Select(part => 100 * part)])
                        {
                            Name = kinds[i].Name,
                            Colour = i,
                        }),
                ]
            );
    }
}
