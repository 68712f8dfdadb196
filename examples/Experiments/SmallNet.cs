using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>A net of two inputs, two tanh units and an output on exclusive or, as a function of the vector [9] of its weights.</summary>
/// <remarks>The vector holds the hidden layer's weights and biases [3, 2], the output's weights [2] and its bias. A penalty on all of them keeps critical points apart.</remarks>
internal static class SmallNet
{
    public const int Size = 9;
    public const double Penalty = 0.03;

    // The last column is the biases'.
    private static readonly Tensor _inputs = Tensor.Of([-1.0, -1, 1, -1, 1, 1, 1, -1, 1, 1, 1, 1], 4, 3);
    private static readonly Tensor _targets = Tensor.Of([-1.0, 1, 1, -1]);

    /// <summary>The mean squared error on the four examples, and the weights' sum of squares times <see cref="Penalty"/>.</summary>
    public static Tensor Loss(Tensor w)
    {
        var hidden = Tanh(MatMul(_inputs, Reshape(w[..6], 3, 2)));
        return Mean(Square(MatMul(hidden, w[6..8]) + w[8] - _targets)) + (Penalty * Sum(Square(w)));
    }

    /// <summary>Its critical points from random starts and from places that trainings pass, one of those that are alike by loss and index: exchanged units, signs and inputs.</summary>
    /// <param name="run">Says the key and the size, hears of the progress and may end it.</param>
    /// <param name="loss">The objective of <see cref="Loss"/>.</param>
    /// <param name="from">The fraction of the run that is done before.</param>
    /// <param name="to">And after.</param>
    public static CriticalPoints<Tensor> Find(ExperimentRun run, Objective<Tensor> loss, double from, double to)
    {
        var (random, trained) = run.Key.Split();
        var trainings = Curvature
            .Starts.Normal(Tensor.Zeros([Size]), trained, run.IsWhole ? 100 : 12)
            .SelectMany(start => Curvature.Starts.AlongDescent(loss, start, count: 8, every: 40, rate: 0.2));
        return CriticalPoint.Find(
            loss,
            [.. Curvature.Starts.Normal(Tensor.Zeros([Size]), random, run.IsWhole ? 3000 : 120), .. trainings],
            new()
            {
                Method = FindMethod.DampedNewton,
                Family = point => (point.Index, point.Nullity, Math.Round(point.Loss, 8)),
                Progress = new PartOfRun(run, from, to),
                Cancellation = run.Cancellation,
            }
        );
    }
}
