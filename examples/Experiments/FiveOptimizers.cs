using System.Collections.Immutable;
using AutoDiff.Nets;
using AutoDiff.Optimization;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>Which optimizer trains a small convolutional net best, and which fastest?</summary>
/// <remarks>Whole: 12 epochs in batches of 128 on 16,384 pictures of MNIST, tested on 10,000 others. Else as many in batches of 32 on 1,000 of the built-in digits, and three runs of each.</remarks>
internal static class FiveOptimizers
{
    private const string Descent = "SGD";
    private const string WithNesterov = "RMSprop, Nesterov";

    // Those of the source's figure.
    private static readonly string[] _compared = [Descent, "RMSprop", "Adagrad", "Adam"];

    public static Experiment Experiment { get; } =
        new(
            "five-optimizers",
            ["28"],
            "Which optimizer trains a small convolutional net best, and which fastest?",
            "Kneusel, Math for Deep Learning, figure 11-11, five runs each: SGD and RMSprop end about half a percent below Adagrad and Adam, which is the best; SGD takes the least time and Adam the most. "
                + "Net and rates are not told: here SGD has the chapter's momentum, 0.9, and a rate of 0.01, and the others their usual rates.",
            Run
        );

    /// <summary>One optimizer's runs.</summary>
    private sealed record Row(string Name, ImmutableArray<Learned> Runs)
    {
        public SampleSummary Accuracy { get; } = Statistics.Summarize([.. Runs.Select(run => 100 * run.Accuracies[0][^1])]);

        public SampleSummary Seconds { get; } = Statistics.Summarize([.. Runs.Select(run => run.Seconds)]);
    }

    private static Answer Run(ExperimentRun run)
    {
        var runs = run.IsWhole ? 5 : 3;
        var (count, epochs, size) = run.IsWhole ? (16_384, 12, 128) : (1000, 12, 32);
        var pictures = Pictures.Read(run, count, 10_000);
        var net = Convolutional(pictures.Pixels);
        var lesson = new Lesson(size, epochs)
        {
            Watched = [pictures.Test],
            Compile = new() { Precision = Precision.Single },
        };
        (string Name, Func<Key, Learned> Learn)[] optimizers =
        [
            (Descent, Learn(Optimizers.ClassicalMomentum<TensorMap>(0.01, 0.9))),
            ("RMSprop", Learn(Optimizers.RmsProp<TensorMap>(0.001, 0.9))),
            (WithNesterov, Learn(Optimizers.NesterovRmsProp<TensorMap>(0.001, 0.9))),
            ("Adagrad", Learn(Optimizers.AdaGrad<TensorMap>(0.01))),
            ("Adadelta", Learn(Optimizers.Adadelta<TensorMap>(1))),
            ("Adam", Learn(Optimizers.Adam<TensorMap>(0.001))),
        ];
        // Run after run and not optimizer after optimizer, so that what the machine does besides falls on all alike.
        var learned = Together.Each(
            run,
            [.. Enumerable.Range(0, runs).SelectMany(i => optimizers.Select(optimizer => (Number: i, optimizer.Name, optimizer.Learn)))],
            each => each.Learn(run.Key.FoldIn((ulong)each.Number)),
            (each, end) => $"{each.Name, -17} {each.Number + 1}  {100 * end.Accuracies[0][^1]:F2} %  {end.Seconds:F1} s"
        );
        Row[] rows =
        [
            .. optimizers.Select((optimizer, i) => new Row(optimizer.Name, [.. learned.Where((_, at) => at % optimizers.Length == i)])),
        ];
        return new()
        {
            Figures =
            [
                new(
                    $"Figure 11-11: {pictures.Name}, {runs} runs of {epochs} epochs on {pictures.Train.Count} pictures, means with standard errors",
                    [
                        Ends("Accuracy on others in the end", "accuracy (%)", row => row.Accuracy),
                        Ends("Time of training", "time (s)", row => row.Seconds),
                        new("Accuracy by epoch", new("epoch"), new("accuracy (%)"), [.. rows.SelectMany(Curve)]),
                    ]
                )
                {
                    Columns = 3,
                },
            ],
            Listings =
            [
                new(
                    $"{pictures.Name}: {runs} runs of {epochs} epochs on {pictures.Train.Count} pictures in batches of {size}, tested on {pictures.Test.Count}, in single precision",
                    ["", "accuracy in percent", "seconds"],
                    [.. rows.Select(row => Cells.Row(row.Name, Cells.Mean(row.Accuracy, 2), Cells.Mean(row.Seconds, 2)))]
                ),
            ],
            Checks = Checks([.. rows]),
        };

        Func<Key, Learned> Learn<S>(Optimizer<TensorMap, S> optimizer)
            where S : ITensorTree<S> => key => Parts.Learn(run, net, pictures.Train, optimizer, lesson, key);

        Panel Ends(string title, string label, Func<Row, SampleSummary> of) =>
            new(
                title,
                new("optimizer") { From = -0.5, To = rows.Length - 0.5 },
                new(label),
                [
                    .. rows.Select(
                        (row, i) =>
                            new Mark.ErrorBar(
                                [i],
                                [of(row).Mean],
                                [of(row).Mean - of(row).StandardError],
                                [of(row).Mean + of(row).StandardError]
                            )
                            {
                                Name = row.Name,
                                Colour = i,
                            }
                    ),
                ]
            );
    }

    private static ImmutableArray<Check> Checks(ImmutableArray<Row> rows)
    {
        var named = rows.ToDictionary(row => row.Name);
        Row[] four = [.. _compared.Select(name => named[name])];
        // Of each the fastest run: what else the machine does only adds to the others.
        var times =
            $"the fastest runs, as many side by side as there are processors, took {string.Join(", ", rows.Select(row => $"{row.Name} {row.Seconds.Min:F2} s"))}";
        var accuracies = string.Join(", ", rows.Select(row => $"{row.Name} {Cells.Mean(row.Accuracy, 2)} %"));
        var rates = $"at rates of ours, the source's not being told, the accuracies are {accuracies}";
        return
        [
            Above("Adagrad", Descent),
            Above("Adam", Descent),
            Above("Adagrad", "RMSprop"),
            Above("Adam", "RMSprop"),
            Most("the most accurate of the source's four", "Adam", four.MaxBy(row => row.Accuracy.Mean)!, rates),
            Most("the least time of the source's four, in each's fastest run", Descent, four.MinBy(row => row.Seconds.Min)!, times),
            Most("the most time of the source's four, in each's fastest run", "Adam", four.MaxBy(row => row.Seconds.Min)!, times),
        ];

        Check Above(string better, string worse)
        {
            var (a, b) = (named[better].Accuracy, named[worse].Accuracy);
            return new(
                $"{better} against {worse}: difference of the accuracies, in points",
                "above 0",
                $"{a.Mean - b.Mean:F2} ± {double.Hypot(a.StandardError, b.StandardError):F2}",
                a.Mean > b.Mean
            )
            {
                Reason = rates,
            };
        }

        Check Most(string what, string expected, Row row, string reason) => Check.Equal(what, expected, row.Name) with { Reason = reason };
    }

    /// <summary>The mean accuracy after each epoch, in a band of one standard error.</summary>
    private static IEnumerable<Mark> Curve(Row row, int colour)
    {
        var first = row.Runs[0];
        SampleSummary[] means =
        [
            .. first.Epochs.Select((_, at) => Statistics.Summarize([.. row.Runs.Select(run => 100 * run.Accuracies[0][at])])),
        ];
        yield return new Mark.Band(
            first.Epochs,
            [.. means.Select(mean => mean.Mean - mean.StandardError)],
            [.. means.Select(mean => mean.Mean + mean.StandardError)]
        )
        {
            Colour = colour,
        };
        yield return new Mark.Line(first.Epochs, [.. means.Select(mean => mean.Mean)]) { Name = row.Name, Colour = colour };
    }

    /// <summary>Two convolutions by 3×3, each halved by its windows' largest; then a hidden layer.</summary>
    private static Net Convolutional(int pixels)
    {
        var side = (int)Math.Sqrt(pixels);
        return Net.Of(
            [pixels],
            new Reshape(1, side, side),
            new Convolution2D(8, 3) { Padding = Padding.Same },
            Activation.Relu,
            new MaxPool2D(2),
            new Convolution2D(16, 3) { Padding = Padding.Same },
            Activation.Relu,
            new MaxPool2D(2),
            new Dropout(0.25),
            new Flatten(),
            new Dense(64),
            Activation.Relu,
            new Dense(Pictures.Classes)
        );
    }
}
