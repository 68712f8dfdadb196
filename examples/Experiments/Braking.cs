using System.Collections.Immutable;
using AutoDiff.Optimization;
using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>AdaGrad and RMSProp on a slope that is flat from A to B, steep from B to C and flat again to D (LeeDL, figure 3.26).</summary>
internal static class Braking
{
    private const double Rate = 0.1;
    private const double Decay = 0.9;
    private const double Flat = 0.1;
    private const double Steep = 10;
    private const double B = 10;
    private const double C = 20;
    private const double D = 30;

    // Within a tenth of the rate a step counts as short, or long, again.
    private const double Short = 1.1;
    private const double Long = 0.9;

    public static Experiment Experiment { get; } =
        new(
            "braking",
            ["8"],
            "How soon do AdaGrad and RMSProp brake where it gets steep?",
            "LeeDL, section 3.3.2 and figure 3.26: where it gets steep, AdaGrad's mean of all squares reacts slowly; RMSProp's decaying mean grows at once, so that it soon brakes, and where it "
                + "is flat again its steps soon become long again. The source draws its slope freely; the gradients, 0.1 and 10, and the rate are ours.",
            Run
        );

    private static Tensor Loss(Tensor x) => (-Flat * x) - ((Steep - Flat) * (Relu(x - B) - Relu(x - C)));

    private static double Slope(double x) => x is > B and < C ? Steep : Flat;

    private static Answer Run(ExperimentRun run)
    {
        var ada = Walk.Of("AdaGrad", run, Optimizers.AdaGrad<Tensor>(Rate, epsilon: 0, mean: true));
        var rms = Walk.Of("RMSProp", run, Optimizers.RmsProp<Tensor>(Rate, Decay, epsilon: 0, fromFirst: true));
        run.Done(1);
        ImmutableArray<Walk> walks = [ada, rms];
        return new()
        {
            Figures =
            [
                new(
                    $"Flat from A = 0 to B = {B}, steep to C = {C}, flat again to D = {D}; rate {Rate}",
                    [
                        Surface(walks),
                        new(
                            "Length of a step by place",
                            new("x"),
                            new("length / rate") { Scale = Scale.Log },
                            [
                                .. walks.Select(
                                    (walk, i) => new Mark.Line([.. walk.From], [.. walk.Lengths]) { Name = walk.Name, Colour = i + 1 }
                                ),
                            ]
                        ),
                        new(
                            "Length of a step by number",
                            new("step"),
                            new("length / rate") { Scale = Scale.Log },
                            [.. walks.Select((walk, i) => Plane.BySteps(walk.Name, walk.Lengths, 1) with { Colour = i + 1 })]
                        ),
                    ]
                )
                {
                    Columns = 3,
                },
            ],
            Listings =
            [
                new(
                    $"steps, in rates of {Rate}",
                    ["method", "steps to B", "first steep", "steep steps", "last steep", "first flat again", "last"],
                    [
                        .. walks.Select(walk =>
                            ImmutableArray.Create(
                                walk.Name,
                                $"{walk.ToB}",
                                Check.Text(walk.Lengths[walk.ToB]),
                                $"{walk.ToC - walk.ToB}",
                                Check.Text(walk.Lengths[walk.ToC - 1]),
                                Check.Text(walk.Lengths[walk.ToC]),
                                Check.Text(walk.Lengths[^1])
                            )
                        ),
                    ]
                ),
            ],
            Checks =
            [
                Check.Near(
                    "AdaGrad: first steep step / rate, by the root of the mean of all squares",
                    OfMean(ada.ToB),
                    ada.Lengths[ada.ToB],
                    1e-9
                ),
                Check.Near("RMSProp: first steep step / rate, by the root of the decaying mean", OfDecaying(1), rms.Lengths[rms.ToB], 1e-9),
                Check.Near("RMSProp: last steep step / rate, likewise", OfDecaying(rms.ToC - rms.ToB), rms.Lengths[rms.ToC - 1], 1e-9),
                Check.Below(
                    $"steep steps until RMSProp's is at most {Short} rates; AdaGrad stays above for all its {ada.ToC - ada.ToB}",
                    ada.Braked,
                    rms.Braked
                ),
                Check.Above($"AdaGrad: its shortest steep step / rate, not braked to {Short}", Short, ada.Lengths[ada.ToB..ada.ToC].Min()),
                Check.Above("RMSProp: longest step / rate where it is flat again", Long, rms.Lengths[rms.ToC..].Max()),
                Check.Below("AdaGrad: longest step / rate where it is flat again", Long, ada.Lengths[ada.ToC..].Max()),
            ],
        };
    }

    /// <summary>AdaGrad's step / rate on the first steep gradient, after so many flat ones.</summary>
    private static double OfMean(int flat) => Steep / Math.Sqrt(((flat * Flat * Flat) + (Steep * Steep)) / (flat + 1));

    /// <summary>RMSProp's step / rate on a steep gradient, the so-manieth.</summary>
    private static double OfDecaying(int steep)
    {
        var old = Math.Pow(Decay, steep);
        return Steep / Math.Sqrt((old * Flat * Flat) + ((1 - old) * Steep * Steep));
    }

    private static Panel Surface(ImmutableArray<Walk> walks)
    {
        double[] corners = [0, B, C, D];
        return new(
            "The slope, and each fourth place",
            new("x"),
            new("loss"),
            [
                new Mark.Line([.. corners], [.. corners.Select(Value)]) { Name = "loss", Colour = 0 },
                .. walks.Select(
                    (walk, i) =>
                    {
                        double[] shown = [.. walk.From.Where((_, step) => step % 4 == 0)];
                        return new Mark.Scatter([.. shown], [.. shown.Select(Value)])
                        {
                            Name = walk.Name,
                            Colour = i + 1,
                            Symbol = (Symbol)(2 * i),
                        };
                    }
                ),
            ]
        );
    }

    private static double Value(double x) => Loss(x).Item();

    /// <summary>A method's way from 0 up to D.</summary>
    /// <param name="Name">The method.</param>
    /// <param name="From">Where each step begins.</param>
    /// <param name="Lengths">How long it is, in rates.</param>
    private sealed record Walk(string Name, double[] From, double[] Lengths)
    {
        private const int MostSteps = 2000;

        /// <summary>The number of the first step from B on, counted from 0.</summary>
        public int ToB { get; } = Array.FindIndex(From, x => Slope(x) == Steep);

        /// <summary>The number of the first step from C on.</summary>
        public int ToC { get; } = Array.FindIndex(From, x => x >= C);

        /// <summary>How many steep steps it takes until one is short; all where none is.</summary>
        public int Braked => Lengths[ToB..ToC].TakeWhile(length => length > Short).Count();

        public static Walk Of<S>(string name, ExperimentRun run, Optimizer<Tensor, S> optimizer)
            where S : ITensorTree<S>
        {
            double[] path =
            [
                .. Path.Of(optimizer, Loss, 0, MostSteps, cancellation: run.Cancellation).Select(p => p[0]).TakeWhile(x => x <= D),
            ];
            return new(name, path[..^1], [.. path.Zip(path.Skip(1), (a, b) => (b - a) / Rate)]);
        }
    }
}
