using System.Collections.Immutable;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>A softmax of three outputs.</summary>
internal static class SoftmaxBars
{
    public static Experiment Experiment { get; } =
        new(
            "softmax",
            ["9"],
            "What does a softmax make of 3, 1 and -3?",
            "LeeDL, section 3.6, figure 3.33: the powers of e are 20, 2.7 and 0.05, the shares 0.88, 0.12 and about 0, between 0 and 1 and of sum 1; large differences become larger.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        double[] logits = [3, 1, -3];
        double[] powers = [.. logits.Select(Math.Exp)];
        var shares = Ops.Softmax(Tensor.Of(logits)).ToArray();
        ImmutableArray<string> names = ["y1", "y2", "y3"];
        run.Done(1);
        return new()
        {
            Figures =
            [
                new(
                    "Outputs, their powers, and their shares",
                    [
                        new("Outputs", new("class"), new("y"), [new Mark.Bar(names, [.. logits])]),
                        new("Powers of e", new("class"), new("exp y"), [new Mark.Bar(names, [.. powers])]),
                        new("Softmax", new("class"), new("share"), [new Mark.Bar(names, [.. shares])]),
                    ]
                )
                {
                    Columns = 3,
                },
            ],
            Listings =
            [
                new(
                    "a softmax of three outputs",
                    ["output", "y", "exp y", "softmax"],
                    [.. names.Select((name, i) => ImmutableArray.Create(name, $"{logits[i]}", $"{powers[i]:F2}", $"{shares[i]:F2}"))]
                ),
            ],
            Checks =
            [
                Check.Near("exp 3", 20, powers[0], 0.5),
                Check.Near("exp 1", 2.7, powers[1], 0.05),
                Check.Near("exp −3", 0.05, powers[2], 0.005),
                Check.Near("share of 3", 0.88, shares[0], 0.005),
                Check.Near("share of 1", 0.12, shares[1], 0.005),
                Check.Near("share of −3", 0, shares[2], 0.005),
                Check.Near("sum of the shares", 1, shares.Sum(), 1e-15),
            ],
        };
    }
}
