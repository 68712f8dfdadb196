using System.Collections.Immutable;
using AutoDiff.Optimization;

namespace AutoDiff.Examples.Experiments;

/// <summary>Nesterov's momentum over two wells, as defined and as the book's program reads it.</summary>
internal static class NesterovPaths
{
    public static Experiment Experiment { get; } =
        new(
            "nesterov",
            ["26"],
            "What does looking ahead change: as defined, and one coordinate at a time?",
            "Kneusel, Math for Deep Learning, table 11-2 and figure 11-10: looking ahead ends nearer the minima than momentum alone, with less overshoot. The printed ends come from a program that looks ahead one "
                + "coordinate at a time, each partial derivative where that coordinate alone has moved on; Nesterov's momentum as defined ends elsewhere.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        Reading[] readings =
        [
            Read("momentum", rate => Optimizers.ClassicalMomentum<Tensor>(rate), [-0.9496, 0.9809], [0.8807, -0.9063]),
            Read("by coordinates", rate => Optimizers.CoordinatewiseNesterov<Tensor>(rate), [-0.9718, 0.9813], [0.9128, -0.9181]),
            Read("as defined", rate => Optimizers.Nesterov<Tensor>(rate), [-0.9717, 0.9804], [0.8990, -0.8983]),
        ];
        run.Done(1);
        var minima = Wells.Minima();
        return new()
        {
            Figures =
            [
                new(
                    "90 steps at rate 0.02 from (1.5, 1.5), 25 at 0.1 from (0.7, −0.2); momentum 0.9",
                    [.. readings.Select(reading => Wells.Panel(reading.Title, ("rate 0.02", reading.Far), ("rate 0.1", reading.Near)))]
                ),
            ],
            Listings =
            [
                new(
                    "ends; table 11-2 prints the first two rows as standard and Nesterov",
                    ["method", "from (1.5, 1.5)", "from (0.7, -0.2)"],
                    [
                        .. readings.Select(reading =>
                            ImmutableArray.Create(reading.Title, Plane.Text(reading.Far[^1], 4), Plane.Text(reading.Near[^1], 4))
                        ),
                    ]
                ),
            ],
            Checks =
            [
                .. readings.SelectMany(reading =>
                    new[]
                    {
                        Plane.Near($"{reading.Title}: end from (1.5, 1.5) after 90 steps", reading.FarEnd, reading.Far[^1], 5e-5),
                        Plane.Near($"{reading.Title}: end from (0.7, -0.2) after 25 steps", reading.NearEnd, reading.Near[^1], 5e-5),
                    }
                ),
                .. readings[1..]
                    .SelectMany(reading =>
                        new[]
                        {
                            Nearer($"{reading.Title}: distance from (−1, 1)", [-1, 1], readings[0].Far, reading.Far),
                            Nearer($"{reading.Title}: distance from (1, −1)", [1, -1], readings[0].Near, reading.Near),
                        }
                    ),
                .. readings[1..]
                    .Select(reading =>
                        Below(
                            $"{reading.Title}: how far the way to the other well passes its minimum",
                            "momentum's",
                            Beyond(readings[0].Near, minima[1]),
                            Beyond(reading.Near, minima[1])
                        )
                    ),
            ],
        };

        Reading Read<S>(string title, Func<double, Optimizer<Tensor, S>> optimizer, double[] farEnd, double[] nearEnd)
            where S : ITensorTree<S> =>
            new(
                title,
                Path.Of(optimizer(0.02), Wells.Loss, Tensor.Of([1.5, 1.5]), 90, cancellation: run.Cancellation),
                Path.Of(optimizer(0.1), Wells.Loss, Tensor.Of([0.7, -0.2]), 25, cancellation: run.Cancellation),
                farEnd,
                nearEnd
            );
    }

    private static Check Nearer(string what, double[] minimum, double[][] momentum, double[][] nesterov) =>
        Below(what, "momentum's", Plane.Distance(momentum[^1], minimum), Plane.Distance(nesterov[^1], minimum));

    private static Check Below(string what, string than, double bound, double measured) =>
        new(what, $"below {than} {Check.Text(bound)}", Check.Text(measured), measured < bound);

    private static double Beyond(double[][] path, double[] minimum) => path.Max(p => (p[0] - minimum[0]) - (p[1] - minimum[1]));

    /// <summary>A method's ways from the far start and the near one, and the ends that they are to have.</summary>
    private sealed record Reading(string Title, double[][] Far, double[][] Near, double[] FarEnd, double[] NearEnd);
}
