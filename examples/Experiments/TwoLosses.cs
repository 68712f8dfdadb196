using System.Collections.Immutable;
using AutoDiff.Nets;
using AutoDiff.Optimization;
using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>Squared error and cross-entropy over two of a classifier's three outputs.</summary>
internal static class TwoLosses
{
    private const int Steps = 1000;

    private static readonly Tensor Target = Tensor.Of([1, 0, 0], 1, 3);
    private static readonly Tensor Start = Tensor.Of([-8, 8]);

    public static Experiment Experiment { get; } =
        new(
            "two-losses",
            ["10"],
            "Why cross-entropy and not squared error: where is each flat?",
            "LeeDL, section 3.6.4, figures 3.35 and 3.36: with y3 = −1000 and target (1, 0, 0), both losses are large at the upper left and small at the lower right. At the upper left cross-entropy has a slope and "
                + "descent walks to the lower right, but squared error is flat and descent is stuck, though Adam may still get away.",
            Run
        );

    private static Tensor Outputs(Tensor y) => Reshape(Concatenate(y, Tensor.Of([-1000])), 1, 3);

    private static Tensor SquaredError(Tensor y) => Losses.MeanSquared(Softmax(Outputs(y)), Target, LossReduction.Sum);

    private static Tensor CrossEntropy(Tensor y) => Losses.CrossEntropy(Outputs(y), Target);

    private static Answer Run(ExperimentRun run)
    {
        var stuck = Path.Of(Optimizers.GradientDescent<Tensor>(1), SquaredError, Start, Steps, cancellation: run.Cancellation);
        var walking = Path.Of(Optimizers.GradientDescent<Tensor>(1), CrossEntropy, Start, Steps, cancellation: run.Cancellation);
        var adam = Path.Of(Optimizers.Adam<Tensor>(0.1), SquaredError, Start, Steps, cancellation: run.Cancellation);
        run.Done(0.5);
        double[][] corners =
        [
            [-10, 10],
            [-10, -10],
            [0, 0],
            [10, 10],
            [10, -10],
        ];
        var (squared, entropy) = (
            corners.Select(corner => At(SquaredError, corner)).ToArray(),
            corners.Select(corner => At(CrossEntropy, corner)).ToArray()
        );
        run.Done(0.6);
        return new()
        {
            Figures =
            [
                new(
                    "Both losses, the way down from the upper left, and the length of the gradient",
                    [
                        Surface("Squared error", SquaredError, ("descent", 1, stuck), ("Adam", 3, adam)),
                        Surface("Cross-entropy", CrossEntropy, ("descent", 1, walking)),
                        Slopes("Squared error: length of the gradient", SquaredError),
                        Slopes("Cross-entropy: length of the gradient", CrossEntropy),
                    ]
                ),
            ],
            Listings =
            [
                new(
                    "loss, and length of its gradient",
                    ["(y1, y2)", "squared error", "its gradient", "cross-entropy", "its gradient"],
                    [
                        .. corners.Select(
                            (corner, i) =>
                                ImmutableArray.Create(
                                    Plane.Text(corner, 0),
                                    $"{squared[i].Loss:F5}",
                                    Check.Text(squared[i].Slope),
                                    $"{entropy[i].Loss:F5}",
                                    Check.Text(entropy[i].Slope)
                                )
                        ),
                    ]
                ),
            ],
            Checks =
            [
                Check.Near("squared error at the upper left, (−10, 10)", 2, squared[0].Loss, 1e-6),
                Check.AtMost("length of its gradient there: flat", 1e-6, squared[0].Slope),
                Check.Near("cross-entropy there, ln(1 + e²⁰)", 20, entropy[0].Loss, 1e-6),
                Check.Near("length of its gradient there, √2", Math.Sqrt(2), entropy[0].Slope, 1e-6),
                Check.AtMost("squared error at the lower right, (10, −10)", 1e-6, squared[^1].Loss),
                Check.AtMost("cross-entropy at the lower right", 1e-6, entropy[^1].Loss),
                Check.AtMost(
                    $"squared error from (−8, 8): how far {Steps} steps of descent lead",
                    0.01,
                    Plane.Distance(stuck[0], stuck[^1])
                ),
                Right("cross-entropy", "descent", walking),
                Right("squared error", "Adam", adam),
            ],
        };
    }

    private static Check Right(string loss, string method, double[][] path)
    {
        var step = Array.FindIndex(path, p => p[0] > p[1]);
        return new(
            $"{loss} from (−8, 8): the step at which {method} has y1 above y2",
            $"at most {Steps}",
            step < 0 ? "none" : $"{step}",
            step >= 0
        );
    }

    private static (double Loss, double Slope) At(Func<Tensor, Tensor> loss, double[] point) =>
        (loss(Tensor.Of(point)).Item(), Norm(Transforms.Grad(loss, Tensor.Of(point))).Item());

    private static Panel Surface(string title, Func<Tensor, Tensor> loss, params (string Name, int Colour, double[][] Path)[] walks)
    {
        var (axis, coarse) = (Plane.Spaced(-10, 10, 41), Plane.Spaced(-9, 9, 7));
        var down = new[] { 0, 1 }.Select(i => Plane.Values(y => -Transforms.Grad(loss, y)[i], coarse, coarse)).ToArray();
        double[][] points = [.. coarse.SelectMany(y => coarse.Select(x => new[] { x, y }))];
        // What is no longer than a dot says nothing of a direction.
        int[] seen = [.. Enumerable.Range(0, points.Length).Where(i => Plane.Distance([down[0][i], down[1][i]], [0, 0]) > 0.05)];
        return Panel(
            title,
            [
                new Mark.HeatMap(axis, axis, Plane.Values(loss, axis, axis)),
                new Mark.Arrows(
                    [.. seen.Select(i => points[i][0])],
                    [.. seen.Select(i => points[i][1])],
                    [.. seen.Select(i => down[0][i])],
                    [.. seen.Select(i => down[1][i])]
                )
                {
                    Name = "downhill",
                },
                .. walks.Select(walk => Plane.Walk(walk.Name, walk.Path, (-10, 10), (-10, 10)) with { Colour = walk.Colour }),
            ]
        );
    }

    private static Panel Slopes(string title, Func<Tensor, Tensor> loss)
    {
        var axis = Plane.Spaced(-10, 10, 41);
        return Panel(
            title,
            [new Mark.HeatMap(axis, axis, Plane.Values(y => Norm(Transforms.Grad(loss, y)), axis, axis)) { Scale = Scale.Log }]
        );
    }

    private static Panel Panel(string title, ImmutableArray<Mark> marks) =>
        new(title, new("y1") { From = -10, To = 10 }, new("y2") { From = -10, To = 10 }, marks);
}
