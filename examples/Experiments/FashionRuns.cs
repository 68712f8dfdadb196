using System.Diagnostics;
using System.Globalization;
using AutoDiff.Data;
using AutoDiff.Nets;
using AutoDiff.Optimization;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>Many runs of one small net on Fashion-MNIST, by plain descent and with momentum: is the difference real?</summary>
/// <remarks>Kneusel, Math for Deep Learning, chapter 11: 14×14 images, 196-100-50-10, sigmoid throughout, half the squared error, batches of 64 drawn at random.</remarks>
public static class FashionRuns
{
    private const int BatchSize = 64;

    private static Net Net { get; } =
        Net.Of([196], Uniform(100), Activation.Sigmoid, Uniform(50), Activation.Sigmoid, Uniform(10), Activation.Sigmoid);

    /// <summary>22 runs of 40,000 steps of each kind, or 3 of 2,000.</summary>
    internal static void Compare(ExperimentRun run)
    {
        var (runs, steps) = run.IsWhole ? (22, 40_000) : (3, 2_000);
        var folder = run.RequiredData("fashion-mnist");
        var (train, test) = (Read(folder, "train"), Read(folder, "t10k"));
        run.Output.WriteLine($"{runs} runs of {steps} steps of each kind, in single precision");
        run.Output.WriteLine("kind        run  accuracy     MCC  seconds");
        var plain = Runs(run, "plain", Optimizers.GradientDescent<TensorMap>(1.0), train, test, runs, steps);
        var momentum = Runs(run, "momentum", Optimizers.Momentum<TensorMap>(0.2, 0.9), train, test, runs, steps);
        if (run.Cancellation.IsCancellationRequested)
            return;
        var (a, b) = (Statistics.Summarize(plain), Statistics.Summarize(momentum));
        run.Output.WriteLine(Text($"plain     MCC {a.Mean:F5} ± {a.StandardError:F5}"));
        run.Output.WriteLine(Text($"momentum  MCC {b.Mean:F5} ± {b.StandardError:F5}"));
        var (t, u) = (Statistics.TTest(momentum, plain), Statistics.MannWhitneyU(momentum, plain));
        run.Output.WriteLine(
            Text(
                $"t = {t.Statistic:F3}, p = {t.PValue:G3}; U = {u.Statistic}, p = {u.PValue:G3}; Cohen's d = {Statistics.CohensD(momentum, plain):F2}"
            )
        );
    }

    /// <summary>100 runs of 10,000 steps, or of 200: are their scores normal?</summary>
    internal static void Normality(ExperimentRun run)
    {
        var (runs, steps) = run.IsWhole ? (100, 10_000) : (20, 200);
        var folder = run.RequiredData("fashion-mnist");
        run.Output.WriteLine($"{runs} runs of {steps} steps with momentum, in single precision");
        run.Output.WriteLine("kind        run  accuracy     MCC  seconds");
        var scores = Runs(
            run,
            "momentum",
            Optimizers.Momentum<TensorMap>(0.2, 0.9),
            Read(folder, "train"),
            Read(folder, "t10k"),
            runs,
            steps
        );
        if (run.Cancellation.IsCancellationRequested)
            return;
        var (k, w) = (Statistics.DAgostinoPearson(scores), Statistics.ShapiroWilk(scores));
        run.Output.WriteLine(
            Text($"D'Agostino-Pearson {k.Statistic:F3}, p = {k.PValue:G3}; Shapiro-Wilk {w.Statistic:F4}, p = {w.PValue:G3}")
        );
    }

    /// <summary>The variables after a number of steps, and how long they took.</summary>
    public static (TensorMap Parameters, double Seconds) Train<S>(
        Transition<TensorMap, S> optimizer,
        Dataset train,
        int steps,
        Key key,
        Precision precision,
        CancellationToken cancellation
    )
        where S : ITensorTree<S>
    {
        var (start, draws) = key.Split();
        var batches = new Batches(train, BatchSize, draws) { Replacement = true };
        var step = Training.CompileStep(
            optimizer,
            (TensorMap parameters, Tensor positions) =>
            {
                var rows = train.Rows(positions);
                return Losses.HalfSquared(Net.Apply(parameters, rows.Inputs), OneHot(rows.Targets, 10));
            },
            new() { Precision = precision }
        );
        var initial = Transforms.Evaluate(Training.Init(optimizer, Net.Init(start)));
        var watch = Stopwatch.StartNew();
        var end = Transforms.Fold(step, initial, batches.Take(steps).Select(batch => batch.Positions), cancellation: cancellation);
        return (end.Parameters, watch.Elapsed.TotalSeconds);
    }

    /// <summary>How well the classes of a test set are told apart.</summary>
    public static ConfusionMatrix Score(TensorMap parameters, Dataset test) =>
        ConfusionMatrix.Of(Net.Apply(parameters, test.Inputs), test.Targets);

    /// <summary>Images halved to 14×14 by means of 2×2, in [0, 1], and class numbers, which lie in a cache where one-hot rows would not.</summary>
    /// <exception cref="RefusedException">The files cannot be read.</exception>
    public static Dataset Read(string folder, string set)
    {
        var data = Pictures.Files(folder, set, [1, 28, 28]);
        return data.Map(images => Reshape(AveragePool(images, 2), data.Count, 196));
    }

    private static double[] Runs<S>(
        ExperimentRun run,
        string name,
        Transition<TensorMap, S> optimizer,
        Dataset train,
        Dataset test,
        int runs,
        int steps
    )
        where S : ITensorTree<S>
    {
        var scores = new List<double>();
        for (var i = 0; i < runs; i++)
        {
            try
            {
                var (parameters, seconds) = Train(
                    optimizer,
                    train,
                    steps,
                    Key.Of(run.Seed).FoldIn((ulong)i),
                    Precision.Single,
                    run.Cancellation
                );
                var matrix = Score(parameters, test);
                scores.Add(matrix.MatthewsCorrelation);
                run.Output.WriteLine(
                    Text($"{name, -10} {i + 1, 4}   {matrix.Accuracy:F4}  {matrix.MatthewsCorrelation:F4}  {seconds, 7:F1}")
                );
            }
            catch (OperationCanceledException)
            {
                run.Output.WriteLine(Text($"{name}: ended after {scores.Count} of {runs} runs"));
                break;
            }
        }
        return [.. scores];
    }

    private static Dense Uniform(int units) => new(units) { Weight = Initializers.Uniform(0.5), BiasStart = Initializers.Uniform(0.5) };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
