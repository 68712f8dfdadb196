using System.Collections.Immutable;
using AutoDiff.Optimization;
using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>Momentum where the gradient vanishes, and where it points back.</summary>
internal static class Plateau
{
    private const double Rate = 0.1;
    private const double Coefficient = 0.9;
    private const int Steps = 2000;

    public static Experiment Experiment { get; } =
        new(
            "plateau",
            ["5"],
            "Does momentum pass what descent stops at?",
            "LeeDL, section 3.2.2, figures 3.14 to 3.17: a ball that rolls down keeps its speed. Descent stops at a saddle or in a small minimum; momentum goes on, also where "
                + "the gradient points back, and may climb over a small hill. The source draws its slopes freely; these two are ours.",
            Run
        );

    private static Tensor Stairs(Tensor x) => x - Sin(x);

    private static Tensor Hill(Tensor x) => (Square(x) / 12) - Cos(x);

    private static Answer Run(ExperimentRun run)
    {
        var stairs = Both(run, Stairs, 3, 0);
        var hill = Both(run, Hill, 8, 0.5);
        var (onStairs, onHill) = (StepParts.Of(stairs.Momentum), StepParts.Of(hill.Momentum));
        var against = onHill.Steps.Zip(onHill.Slopes, (step, slope) => step * slope < 0).Take(60).Count(yes => yes);
        return new()
        {
            Figures =
            [
                new(
                    "Positions on the slopes, the loss by steps, and what a step of momentum is made of",
                    [
                        Places("Plateaus: x − sin x", Stairs, -10, 4, stairs.Descent[..60], stairs.Momentum[..60]),
                        Losses("Plateaus: the loss", Stairs, stairs.Descent[..61], stairs.Momentum[..61]),
                        onStairs.Panel("Plateaus: what each step is made of", 30),
                        Places("A hill: x²/12 − cos x", Hill, -4, 8.5, hill.Descent[..60], hill.Momentum[..120]),
                        Losses("A hill: the loss", Hill, hill.Descent[..121], hill.Momentum[..121]),
                        onHill.Panel("A hill: what each step is made of", 60),
                    ]
                )
                {
                    Columns = 3,
                },
            ],
            Listings =
            [
                new(
                    $"where each is after {Steps} steps at rate {Rate}; momentum {Coefficient}",
                    ["slope", "start", "descent", "momentum"],
                    [
                        ["x - sin x, flat at multiples of 2π", "3", $"{stairs.Descent[^1]:F6}", $"{stairs.Momentum[^1]:F6}"],
                        ["x²/12 - cos x, minima at 5.226 and 0", "8", $"{hill.Descent[^1]:F6}", $"{hill.Momentum[^1]:F6}"],
                    ]
                ),
            ],
            Checks =
            [
                // On a flat place like x³⁄6 descent is at 2 ⁄ (ηt) after t steps.
                Check.Between("plateau: descent is still before 0 after 2000 steps", 0, 2 / (Rate * Steps), stairs.Descent[^1]),
                Check.Between("plateau: momentum is past the next one, −2π, within 20 steps", -10, -2 * Math.PI, stairs.Momentum[20]),
                Check.Near("hill: descent ends in the small minimum, where x/6 + sin x = 0", 5.225963530313244, hill.Descent[^1], 1e-12),
                Check.Near("hill: momentum ends in the deep minimum", 0, hill.Momentum[^1], 1e-12),
                Check.Above("hill: steps of the first 60 that momentum takes up the slope", 0, against),
                Check.Near(
                    "hill: furthest that a step of momentum is from 0.9 of the last and the rate times the slope",
                    0,
                    onHill.Slopes.Zip(hill.Momentum, (slope, x) => Math.Abs(slope + (Rate * ((x / 6) + Math.Sin(x))))).Max(),
                    1e-12
                ),
            ],
        };
    }

    /// <summary>What steps of momentum are made of: the way down the slope, and a part of the step before.</summary>
    private sealed record StepParts(double[] Steps, double[] Before, double[] Slopes)
    {
        public static StepParts Of(double[] places)
        {
            double[] steps = [.. places.Zip(places.Skip(1), (a, b) => b - a)];
            double[] before = [0, .. steps[..^1].Select(step => Coefficient * step)];
            return new(steps, before, [.. steps.Zip(before, (step, inertia) => step - inertia)]);
        }

        public Panel Panel(string title, int count) =>
            new(
                title,
                new("step"),
                new("change of x"),
                [
                    Plane.BySteps("down the slope", Slopes[..count], 1) with
                    {
                        Colour = 3,
                    },
                    Plane.BySteps("0.9 of the last step", Before[..count], 1) with
                    {
                        Colour = 4,
                    },
                    Plane.BySteps("step", Steps[..count], 1) with
                    {
                        Colour = 1,
                    },
                ]
            );
    }

    private static (double[] Descent, double[] Momentum) Both(ExperimentRun run, Func<Tensor, Tensor> loss, double start, double done)
    {
        var descent = Path.Of(Optimizers.GradientDescent<Tensor>(Rate), loss, start, Steps, cancellation: run.Cancellation);
        run.Done(done + 0.25);
        var momentum = Path.Of(Optimizers.ClassicalMomentum<Tensor>(Rate, Coefficient), loss, start, Steps, cancellation: run.Cancellation);
        run.Done(done + 0.5);
        return ([.. descent.Select(p => p[0])], [.. momentum.Select(p => p[0])]);
    }

    private static double[] Values(Func<Tensor, Tensor> loss, IEnumerable<double> x) => Transforms.Vmap(loss)(Tensor.Of([.. x])).ToArray();

    private static Panel Places(string title, Func<Tensor, Tensor> loss, double from, double to, double[] descent, double[] momentum)
    {
        var xs = Plane.Spaced(from, to, 200);
        double[] shown = [.. momentum.TakeWhile(x => x >= from)];
        return new(
            title,
            new("x"),
            new("loss"),
            [
                new Mark.Line(xs, [.. Values(loss, xs)]) { Name = "slope", Colour = 0 },
                new Mark.Scatter([.. shown], [.. Values(loss, shown)])
                {
                    Name = "momentum",
                    Symbol = Symbol.Triangle,
                    Colour = 1,
                },
                new Mark.Scatter([.. descent], [.. Values(loss, descent)]) { Name = "descent", Colour = 2 },
            ]
        );
    }

    private static Panel Losses(string title, Func<Tensor, Tensor> loss, double[] descent, double[] momentum) =>
        new(
            title,
            new("step"),
            new("loss"),
            [
                Plane.BySteps("momentum", Values(loss, momentum)) with
                {
                    Colour = 1,
                },
                Plane.BySteps("descent", Values(loss, descent)) with
                {
                    Colour = 2,
                },
            ]
        );
}
