using AutoDiff.Nets;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>What reaches each of five layers of 100 units, of 1,000 normal inputs, by the initial weights (figures 1.3 to 1.5 of the source on techniques of learning).</summary>
internal static class Activations
{
    private const int Bins = 10;
    private const int Layers = 5;
    private const int Width = 100;

    private static readonly (string Name, Func<Tensor, Tensor> Of, double Low, Func<double, bool> IsSaturated)[] Functions =
    [
        ("sigmoid", Sigmoid, 0, y => y is < 0.01 or > 0.99),
        ("tanh", Tanh, -1, y => Math.Abs(y) > 0.98),
        ("relu", Relu, 0, y => y == 0),
    ];

    private static readonly (string Name, Initializer Weights)[] Starts =
    [
        ("std 1", Initializers.Normal()),
        ("std 0.01", Initializers.Normal(0.01)),
        ("Xavier", Initializers.XavierNormal()),
        ("He", Initializers.HeNormal()),
    ];

    public static void Compare(ExperimentRun run)
    {
        run.Output.WriteLine("saturated: below 0.01 or above 0.99 of a sigmoid, the same of a tanh's range, 0 of a ReLU");
        run.Output.WriteLine("shares in percent of ten bins from 0 (tanh -1) to 1; what is above 1 counts in the last");
        var key = Key.Of(run.Seed);
        foreach (var function in Functions)
        {
            foreach (var (name, weights) in Starts)
            {
                var x = key.FoldIn(0).Normal([1000, Width]);
                for (var layer = 1; layer <= Layers; layer++)
                {
                    run.Cancellation.ThrowIfCancellationRequested();
                    var weight = weights.Draw(key.FoldIn((ulong)layer), [Width, Width], new(Width, Width));
                    x = Transforms.Evaluate(function.Of(MatMul(x, weight)));
                    Write(run.Output, $"{function.Name, -7} {name, -8} layer {layer}", x.ToArray(), function.Low, function.IsSaturated);
                }
            }
        }
    }

    private static void Write(TextWriter output, string name, double[] values, double low, Func<double, bool> isSaturated)
    {
        var counts = new int[Bins];
        foreach (var value in values)
            counts[Math.Clamp((int)((value - low) / (1 - low) * Bins), 0, Bins - 1)]++;
        var shares = string.Concat(counts.Select(count => $"{100.0 * count / values.Length, 4:F0}"));
        var (mean, saturated) = (values.Average(), 100.0 * values.Count(isSaturated) / values.Length);
        var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        output.WriteLine($"{name}  mean {mean, 9:F4}  std {deviation, 9:F4}  saturated {saturated, 3:F0} %  {shares}");
    }
}
