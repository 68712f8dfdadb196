using System.Collections.Immutable;
using System.Globalization;
using AutoDiff.Curvature;
using AutoDiff.Optimization;
using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>Descent makes a small net as sharp as its rate bears, and holds it there.</summary>
internal static class EdgeOfStability
{
    private const double Beta = 0.9;
    private const int Apart = 100;

    public static Experiment Experiment { get; } =
        new(
            "edge-of-stability",
            ["D"],
            "How sharp does a net become under full-batch descent at a fixed rate?",
            "Cohen et al. (2021), figures 1 and 5: the Hessian's largest eigenvalue rises until it is 2/rate, beyond which descent on a quadratic diverges, and then "
                + "stays at it or just above, while the loss goes up and down and falls in the long run. With Polyak's momentum b the bound is (2+2b)/rate, with Nesterov's (2+2b)/(rate(1+2b)).",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var steps = run.IsWhole ? 200_000 : 30_000;
        double[] rates = [0.04, 0.035, 0.03];
        // Rates at which the bounds with momentum are 60.
        var (polyak, nesterov) = (3.8 / 60, 3.8 / (60 * 2.8));
        var part = 0;
        Course[] plain =
        [
            .. rates.Select(rate =>
                Follow(
                    $"rate {Check.Text(rate)}",
                    Optimizers.GradientDescent<EdgeNet>(rate),
                    StabilityThreshold.GradientDescent(rate),
                    steps
                )
            ),
        ];
        Course[] swift =
        [
            Follow("Polyak", Optimizers.ClassicalMomentum<EdgeNet>(polyak, Beta), StabilityThreshold.HeavyBall(polyak, Beta), steps / 5),
            Follow("Nesterov", Optimizers.Nesterov<EdgeNet>(nesterov, Beta), StabilityThreshold.Nesterov(nesterov, Beta), steps / 5),
        ];
        var quadratics = Quadratics();
        return new()
        {
            Figures =
            [
                new(
                    "Dashed: the largest curvature that each rate bears. The sharpness rises to it and stays, and from then on the loss no longer falls at every step.",
                    [.. Panels("descent", plain), .. Panels("momentum 0.9", swift)]
                ),
            ],
            Listings = [Table(plain, swift)],
            Checks = [.. quadratics, .. plain.SelectMany(Edge), .. plain.SelectMany(Before), .. swift.SelectMany(Thrown)],
        };

        Course Follow<S>(string name, Optimizer<EdgeNet, S> optimizer, double limit, int count)
            where S : ITensorTree<S>
        {
            var course = Course.Of(name, optimizer, limit, EdgeNet.Start(run.Key), count, fraction => run.Done((part + fraction) / 5));
            part++;
            run.Note($"{name}: sharpness {Check.Text(course.Sharpness[^1])} of {Check.Text(limit)}");
            return course;
        }
    }

    /// <summary>A run of an optimizer: the loss before each step, and the sharpness at the start and after every hundred.</summary>
    private sealed record Course(string Name, double Limit, ImmutableArray<double> Losses, ImmutableArray<double> Sharpness)
    {
        public static Course Of<S>(
            string name,
            Optimizer<EdgeNet, S> optimizer,
            double limit,
            EdgeNet start,
            int steps,
            Action<double> done
        )
            where S : ITensorTree<S>
        {
            var (objective, step, state) = (
                EdgeNet.Objective(start),
                Training.CompileStep(optimizer, EdgeNet.Loss),
                Training.Init(optimizer, start)
            );
            var (losses, tracked) = (new double[steps], SharpnessTracker.Start(objective, start));
            var sharpness = new List<double> { tracked.Largest };
            for (var i = 0; i < steps; i++)
            {
                state = step.Invoke(state);
                losses[i] = state.Loss.Item();
                if ((i + 1) % Apart != 0)
                    continue;
                tracked = SharpnessTracker.Next(objective, tracked, state.Parameters);
                sharpness.Add(tracked.Largest);
                done((double)i / steps);
            }
            return new(name, limit, [.. losses], [.. sharpness]);
        }

        /// <summary>The first look at which the sharpness is within a twentieth of the limit, or beyond; the last where there is none.</summary>
        public int Arrival =>
            Sharpness.TakeWhile(value => value < 0.95 * Limit).Count() is var count && count < Sharpness.Length
                ? count
                : Sharpness.Length - 1;

        /// <summary>The sharpness from there on, in units of the limit, ascending.</summary>
        public double[] Held => [.. Sharpness.Skip(Arrival).Select(value => value / Limit).Order()];

        /// <summary>How many of the steps from one to another ended higher than they began.</summary>
        public int Rises(int from, int to) => Enumerable.Range(from, Math.Max(0, to - from - 1)).Count(i => Losses[i + 1] > Losses[i]);

        public double MedianLoss(int from, int count) => Losses.Skip(from).Take(count).Order().ElementAt(count / 2);
    }

    /// <summary>The bounds on ½λx², where they are exact.</summary>
    private static IEnumerable<Check> Quadratics()
    {
        foreach (var (rate, beta) in new[] { (0.1, 0.9), (0.003, 0.5) })
        {
            var setting = string.Create(CultureInfo.InvariantCulture, $"rate {rate}, momentum {beta}");
            yield return Row(
                $"descent, rate {Check.Text(rate)}",
                StabilityThreshold.GradientDescent(rate),
                Optimizers.GradientDescent<Tensor>(rate),
                rate
            );
            yield return Row(
                $"Polyak, {setting}",
                StabilityThreshold.HeavyBall(rate, beta),
                Optimizers.ClassicalMomentum<Tensor>(rate, beta),
                rate
            );
            yield return Row(
                $"Nesterov, {setting}",
                StabilityThreshold.Nesterov(rate, beta),
                Optimizers.Nesterov<Tensor>(rate, beta),
                rate
            );
        }

        static Check Row<S>(string name, double expected, Optimizer<Tensor, S> optimizer, double rate)
            where S : ITensorTree<S> =>
            Check.Near($"least diverging curvature: {name}", expected, LeastDiverging(optimizer, rate), 1e-6 * expected);
    }

    /// <summary>The curvature λ from which on an optimizer's steps on ½λx² grow, by bisection.</summary>
    private static double LeastDiverging<S>(Optimizer<Tensor, S> optimizer, double rate)
        where S : ITensorTree<S>
    {
        const int steps = 200;
        // Of two stretches the second: what dies out has died out in the first.
        var growth = Transforms.Compile(
            (Tensor curvature) =>
            {
                var middle = Onward(Training.Init(optimizer, (Tensor)1));
                return Abs(Onward(middle).Parameters) / Abs(middle.Parameters);

                State<Tensor, S> Onward(State<Tensor, S> state) =>
                    Transforms.ForI(steps, (_, at) => Training.Step(optimizer, at, x => 0.5 * curvature * Square(x)), state);
            }
        );
        var (low, high) = (0.0, 4 / rate);
        while (high - low > 1e-9 * high)
        {
            var middle = (low + high) / 2;
            (low, high) = growth.Invoke(middle).Item() > 1 ? (low, middle) : (middle, high);
        }
        return (low + high) / 2;
    }

    /// <summary>What the source says of a run from where the edge is reached.</summary>
    private static IEnumerable<Check> Edge(Course course)
    {
        var (held, from, tenth) = (course.Held, course.Arrival * Apart, course.Losses.Length / 10);
        yield return Rises(course);
        yield return Check.Between($"{course.Name}: median of sharpness / bound from there on", 0.95, 1.1, held[held.Length / 2]);
        yield return new(
            $"{course.Name}: there the loss rises at some steps",
            "more than 0",
            $"{course.Rises(from, course.Losses.Length)}",
            course.Rises(from, course.Losses.Length) > 0
        );
        var (early, late) = (course.MedianLoss(Math.Min(from, 8 * tenth), tenth), course.MedianLoss(9 * tenth, tenth));
        yield return new($"{course.Name}: and falls in the long run", $"below {Check.Text(early)}", Check.Text(late), late < early);
    }

    /// <summary>What a quadratic model says of descent below the bound.</summary>
    private static IEnumerable<Check> Before(Course course)
    {
        var below = course.Sharpness.TakeWhile(value => value < 0.9 * course.Limit).Count() - 1;
        yield return Check.Equal(
            $"{course.Name}: steps that rise while the sharpness is below nine tenths of the bound",
            0,
            course.Rises(0, below * Apart)
        );
    }

    /// <summary>With momentum the bound is reached, and soon after crossing it the net is thrown back to where it is flatter.</summary>
    private static IEnumerable<Check> Thrown(Course course)
    {
        yield return Rises(course);
        yield return Check.Between($"{course.Name}: largest sharpness / bound", 0.95, 1.1, course.Held[^1]);
    }

    private static Check Rises(Course course) =>
        new(
            $"{course.Name}: the sharpness rises to the bound",
            $"from below to {Check.Text(course.Limit)}",
            $"from {Check.Text(course.Sharpness[0])} to {Check.Text(course.Sharpness.Max())}",
            course.Sharpness[0] < course.Limit && course.Sharpness.Max() >= 0.95 * course.Limit
        );

    private static IEnumerable<Panel> Panels(string title, Course[] courses)
    {
        yield return new(
            $"Sharpness, {title}",
            new("step"),
            new("largest eigenvalue"),
            [
                .. courses.Select((course, i) => new Mark.Line(Looks(course), course.Sharpness) { Name = course.Name, Colour = i }),
                .. courses.Select(
                    (course, i) => new Mark.Line([0, course.Losses.Length], [course.Limit, course.Limit]) { Colour = i, Dashed = true }
                ),
            ]
        );
        yield return new(
            $"Loss, {title}",
            new("step"),
            new("mean squared error") { Scale = Scale.Log },
            [.. courses.Select((course, i) => Thinned(course) with { Name = course.Name, Colour = i })]
        );

        static ImmutableArray<double> Looks(Course course) => [.. course.Sharpness.Select((_, i) => (double)i * Apart)];
    }

    /// <summary>At most 1,500 of the losses, equally far apart.</summary>
    private static Mark.Line Thinned(Course course)
    {
        var every = Math.Max(1, course.Losses.Length / 1500);
        int[] shown = [.. Enumerable.Range(0, course.Losses.Length / every).Select(i => i * every)];
        return new([.. shown.Select(i => (double)i)], [.. shown.Select(i => course.Losses[i])]);
    }

    private static Listing Table(Course[] plain, Course[] swift) =>
        new(
            "Runs from the same weights; sharpness in units of the bound",
            ["run", "steps", "bound", "at the start", "reached after", "least since", "median", "largest", "loss at the end"],
            [
                .. plain
                    .Concat(swift)
                    .Select(course =>
                        ImmutableArray.Create(
                            course.Name,
                            $"{course.Losses.Length}",
                            Check.Text(course.Limit),
                            Ratio(course.Sharpness[0] / course.Limit),
                            $"{course.Arrival * Apart}",
                            Ratio(course.Held[0]),
                            Ratio(course.Held[course.Held.Length / 2]),
                            Ratio(course.Held[^1]),
                            Check.Text(course.MedianLoss(course.Losses.Length - 1000, 1000))
                        )
                    ),
            ]
        );

    private static string Ratio(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
