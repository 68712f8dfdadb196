using System.Collections.Immutable;
using AutoDiff.Data;
using AutoDiff.Nets;
using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>Batch normalization's running averages on the way to the statistics of all examples.</summary>
internal static class RunningStatistics
{
    private const int Size = 50;
    private const int Units = 50;
    private const int Settled = 1000; // where 0.99 has forgotten its start: 0.99^1000 = 4e-5

    private static readonly ImmutableArray<double> _decays = [0.5, 0.9, 0.99];

    public static Experiment Experiment { get; } =
        new(
            "running-statistics",
            ["11"],
            "What stands in for the batch's statistics when a net is used?",
            "LeeDL, 3.7.2 and figure 3.45: training keeps moving averages p m + (1 - p) m_t of the batches' means and deviations; in use these take the batch's place, so that one example can be answered alone.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var (weights, draws) = run.Key.Split();
        var steps = run.IsWhole ? 20_000 : 3000;
        var pictures = Pictures.Read(run, 1000, 500);
        var layer = Initializers.HeNormal().Draw(weights, [pictures.Pixels, Units], new(pictures.Pixels, Units));
        var (train, test) = (
            Transforms.Evaluate(MatMul(pictures.Train.Inputs, layer)),
            Transforms.Evaluate(MatMul(pictures.Test.Inputs, layer))
        );
        var kinds = _decays.Select(decay => new BatchNormalization { Decay = decay }).ToArray();
        var distances = Together.Each(run, kinds, kind => Distances(run, kind, train, draws, steps));
        var normal = kinds[1];
        var state = After(run, normal, train, draws, steps);
        var (together, used) = (Output(normal, test, Context.Training(draws, state)), Output(normal, test, Context.Inference(state)));
        var (first, alone) = (test[..Size], test[..1]);
        return new()
        {
            Figures =
            [
                new(
                    $"A layer of {Units} units over {pictures.Name}, batches of {Size}",
                    [
                        new(
                            "Running means on their way",
                            new("batches"),
                            new("distance from all (deviations)") { Scale = Scale.Log },
                            [.. distances.Select((far, i) => Curve($"p = {_decays[i]}", far[..Math.Min(far.Length, 300)]))]
                        ),
                        Outputs("Others, by running averages", used),
                        Outputs("Others, by their own statistics", together),
                    ]
                )
                {
                    Columns = 3,
                },
            ],
            Checks =
            [
                .. _decays.Select(
                    (decay, i) =>
                    {
                        // Of independent batches: the variance of an average with weights (1 - p) p^t.
                        var expected = Math.Sqrt((1 - decay) / (1 + decay) / Size);
                        var far = Math.Sqrt(distances[i][Settled..].Average(distance => distance * distance));
                        return Check.Near($"distance of the running means in deviations, p = {decay}", expected, far, expected / 4);
                    }
                ),
                new(
                    "what one picture's output differs by, alone and among others: in use",
                    "0",
                    $"{Apart(normal, first, alone, Context.Inference(state)):G3}",
                    Apart(normal, first, alone, Context.Inference(state)) < 1e-12
                ),
                new(
                    "what it differs by among 49 and among 499 others: in training",
                    "above 0",
                    $"{Apart(normal, first, test, Context.Training(draws, state)):G3}",
                    Apart(normal, first, test, Context.Training(draws, state)) > 1e-3
                ),
            ],
        };
    }

    /// <summary>After each batch the root of the mean square distance of the running means from those of all rows, in the rows' standard deviations.</summary>
    private static double[] Distances(ExperimentRun run, BatchNormalization layer, Tensor rows, Key key, int steps)
    {
        var (mean, deviation) = (Mean(rows, 0), StandardDeviation(rows, [0]));
        var distance = Transforms.Compile((TensorMap state) => Sqrt(Mean(Square((state["mean"] - mean) / deviation))));
        return [.. States(run, layer, rows, key, steps).Select(state => distance.Invoke(state).Item())];
    }

    private static TensorMap After(ExperimentRun run, BatchNormalization layer, Tensor rows, Key key, int steps) =>
        States(run, layer, rows, key, steps).Last();

    private static IEnumerable<TensorMap> States(ExperimentRun run, BatchNormalization layer, Tensor rows, Key key, int steps)
    {
        var parameters = layer.Init(key, [Units]);
        var step = Transforms.Compile(
            (TensorMap state, Data.Batch batch) =>
                layer.Apply(parameters, Gather(rows, batch.Positions), Context.Training(batch.Key, state)).State
        );
        var state = layer.InitState([Units]);
        foreach (var batch in new Batches(rows.Shape[0], Size, key) { Replacement = true }.Take(steps))
        {
            run.Cancellation.ThrowIfCancellationRequested();
            state = step.Invoke(state, batch);
            yield return state;
        }
    }

    private static Tensor Output(BatchNormalization layer, Tensor rows, Context context) =>
        Transforms.Evaluate(layer.Apply(layer.Init(Key.Of(0), [Units]), rows, context).Output);

    private static double Apart(BatchNormalization layer, Tensor some, Tensor others, Context context) =>
        Max(Abs(Output(layer, some, context)[..1] - Output(layer, others, context)[..1])).Item();

    private static Panel Outputs(string title, Tensor values) =>
        new(title, new("output") { From = -4, To = 4 }, new("values, one of 13"), [new Mark.Histogram(Thinned(values)) { Colour = 0 }]);

    private static Mark Curve(string name, double[] values) =>
        new Mark.Line([.. values.Select((_, i) => i + 1.0)], [.. values]) { Name = name };

    private static ImmutableArray<double> Thinned(Tensor values) => [.. values.ToArray().Where((y, i) => i % 13 == 0 && Math.Abs(y) <= 4)];
}
