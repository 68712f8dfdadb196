using System.Collections.Immutable;
using AutoDiff.Optimization;
using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>First steps of methods that divide by the size of past gradients, on a gradient that stays the same.</summary>
internal static class FirstSteps
{
    private const double Rate = 0.1;
    private const double Decay = 0.9;
    private const int Steps = 60;

    private static readonly ImmutableArray<double> Gradient = [0.5, -20, 1e-3, 1e7];

    public static Experiment Experiment { get; } =
        new(
            "first-steps",
            ["8"],
            "How long are the first steps of AdaGrad and RMSProp?",
            "LeeDL, equations 3.18 to 3.25: AdaGrad divides by the root of the mean of all squares, RMSProp by that of a decaying mean that begins as the first square, so σ₀ = |g₀| and the "
                + "first step of each is the rate exactly, whatever the gradient. RMSProp whose mean begins at 0, the usual one, is shown beside them.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        (string Name, double[][] Updates)[] methods =
        [
            ("AdaGrad, mean", Updates(run, Optimizers.AdaGrad<Tensor>(Rate, epsilon: 0, mean: true))),
            ("AdaGrad, sum", Updates(run, Optimizers.AdaGrad<Tensor>(Rate, epsilon: 0))),
            ("RMSProp, from first", Updates(run, Optimizers.RmsProp<Tensor>(Rate, Decay, epsilon: 0, fromFirst: true))),
            ("RMSProp, from 0", Updates(run, Optimizers.RmsProp<Tensor>(Rate, Decay, epsilon: 0))),
        ];
        run.Done(1);
        var fromZero = methods[3].Updates;
        return new()
        {
            Figures =
            [
                new(
                    $"Steps at rate {Rate} where the gradient stays the same",
                    [
                        new(
                            "First step, by the gradient",
                            new("gradient"),
                            new("step / rate"),
                            [
                                .. methods.Select(method => new Mark.Bar(
                                    [.. Gradient.Select(Check.Text)],
                                    [.. method.Updates[0].Select(u => u / Rate)]
                                )
                                {
                                    Name = method.Name,
                                }),
                            ]
                        ),
                        new(
                            "Length of each step",
                            new("step"),
                            new("length / rate"),
                            [.. methods.Select(method => Plane.BySteps(method.Name, method.Updates.Select(u => Math.Abs(u[0]) / Rate), 1))]
                        ),
                    ]
                ),
            ],
            Listings =
            [
                new(
                    $"the first step at rate {Rate}, by the gradient's element",
                    ["method", .. Gradient.Select(Check.Text)],
                    [.. methods.Select(method => ImmutableArray.Create([method.Name, .. method.Updates[0].Select(Check.Text)]))]
                ),
            ],
            Checks =
            [
                Exactly("AdaGrad by the mean of squares: first steps, the rate against each gradient", methods[0].Updates[0]),
                Exactly("RMSProp from the first square: first steps, likewise", methods[2].Updates[0]),
                Check.Near(
                    "RMSProp from 0: first step / rate, 1/√(1 − α)",
                    1 / Math.Sqrt(1 - Decay),
                    Math.Abs(fromZero[0][0]) / Rate,
                    1e-12
                ),
                Check.Near(
                    $"RMSProp from 0: step {Steps} / rate, 1/√(1 − α^{Steps})",
                    1 / Math.Sqrt(1 - Math.Pow(Decay, Steps)),
                    Math.Abs(fromZero[^1][0]) / Rate,
                    1e-12
                ),
                Check.Near(
                    $"AdaGrad by the sum: step {Steps} / rate, 1/√{Steps}",
                    1 / Math.Sqrt(Steps),
                    Math.Abs(methods[1].Updates[^1][0]) / Rate,
                    1e-12
                ),
            ],
        };
    }

    private static Check Exactly(string what, double[] update) =>
        Check.Equal(
            what,
            string.Join(", ", Gradient.Select(g => $"{-Math.Sign(g) * Rate:R}")),
            string.Join(", ", update.Select(u => $"{u:R}"))
        );

    /// <summary>All updates on the gradient.</summary>
    private static double[][] Updates<S>(ExperimentRun run, Optimizer<Tensor, S> optimizer)
        where S : ITensorTree<S>
    {
        var slope = Tensor.Of([.. Gradient]);
        var path = Path.Of(optimizer, p => Sum(slope * p), Tensor.Zeros([Gradient.Length]), Steps, cancellation: run.Cancellation);
        return [.. path.Zip(path.Skip(1), (a, b) => a.Zip(b, (x, y) => y - x).ToArray())];
    }
}
