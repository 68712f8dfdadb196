using System.Collections.Immutable;
using AutoDiff.Curvature;
using AutoDiff.Optimization;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>Methods of first and second order on functions whose minima are known.</summary>
internal static class ClassicalRaces
{
    private const int WithRates = 6;
    private const int Converging = 3; // of them: descent and both momenta

    public static Experiment Experiment { get; } =
        new(
            "classical-races",
            ["ours"],
            "Which method comes first to the minima of the classical functions?",
            "Ours. Descent, momentum and Nesterov's converge to a minimum at a rate that is small enough (Polyak 1964, Nesterov 1983), L-BFGS, trust regions and saddle-free Newton at no rate of "
                + "ours; those with second derivatives need fewer steps than any at a constant rate. RMSProp at a constant rate need not settle. Each method at a constant rate has the best of many.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var courses = RaceCourse.All();
        double[] rates = [.. Plane.SpacedByRatio(1e-5, 1, run.IsWhole ? 101 : 26)];
        var most = run.IsWhole ? 100_000 : 20_000;
        var races = new Race[courses.Length][];
        for (var i = 0; i < courses.Length; i++)
        {
            run.Done((double)i / courses.Length);
            races[i] = [.. Races(run, courses[i], rates, most)];
            run.Note($"{courses[i].Name}: {string.Join(", ", races[i].Select(race => $"{race.Method} {Steps(race, most)}"))}");
        }
        return new()
        {
            Figures =
            [
                new("The ways, on lines of equal height above the lowest value", [.. courses.Zip(races, Ways)]),
                new("Height above the minimum that each comes to, by steps", [.. courses.Zip(races, Heights)]),
            ],
            Listings =
            [
                new(
                    $"the first step within {Check.Text(Race.Tolerance)} of a known minimum's value, and the best of {rates.Length} rates from {Check.Text(rates[0])} to {Check.Text(rates[^1])}",
                    ["method", .. courses.Select(course => course.Name)],
                    [
                        .. races[0]
                            .Select(
                                (race, method) =>
                                    ImmutableArray.Create([
                                        race.Method,
                                        .. races.Select(ran => $"{Steps(ran[method], most)}{Rate(ran[method])}"),
                                    ])
                            ),
                    ]
                ),
                new(
                    "what that took: evaluations of the loss, each with its gradient or without, and products with the Hessian; of the best rate alone",
                    ["method", .. courses.Select(course => course.Name)],
                    [.. races[0].Select((race, method) => ImmutableArray.Create([race.Method, .. races.Select(ran => Cost(ran[method]))]))]
                ),
                new(
                    "the minimum that trust regions come to",
                    ["function", "start", "minimum", "value", "eigenvalues", "condition"],
                    [.. courses.Zip(races, (course, ran) => Ended(course, ran[^2]))]
                ),
            ],
            Checks = [.. courses.Zip(races, Checks).SelectMany(checks => checks)],
        };
    }

    private static IEnumerable<Race> Races(ExperimentRun run, RaceCourse course, double[] rates, int most)
    {
        var (objective, start) = (course.Objective, Tensor.Of(course.Start));
        yield return Race.ByGradients(run, course, "descent", rate => Optimizers.GradientDescent<Tensor>(rate), rates, most);
        yield return Race.ByGradients(run, course, "momentum", rate => Optimizers.ClassicalMomentum<Tensor>(rate), rates, most);
        yield return Race.ByGradients(run, course, "Nesterov", rate => Optimizers.Nesterov<Tensor>(rate), rates, most);
        yield return Race.ByGradients(run, course, "RMSProp", rate => Optimizers.RmsProp<Tensor>(rate), rates, most);
        yield return Race.ByGradients(run, course, "Adam", rate => Optimizers.Adam<Tensor>(rate), rates, most);
        yield return Race.ByGradients(run, course, "NAdam", rate => Optimizers.NAdam<Tensor>(rate), rates, most);
        yield return Race.ByItself(
            run,
            course,
            "L-BFGS",
            Lbfgs.Init(objective, start),
            s => Lbfgs.Step(objective, s),
            s => s.Point,
            LineSearches,
            most
        );
        yield return Race.ByItself(
            run,
            course,
            "trust region",
            TrustRegion.Init(objective, start),
            s => TrustRegion.Step(objective, s),
            s => s.Point,
            steps => Solved(TrustRegion.Minimize(objective, start, new() { MaxIterations = steps })),
            1000
        );
        yield return Race.ByItself(
            run,
            course,
            "saddle-free Newton",
            (Point: start, State: (MinimizerState?)null),
            s =>
            {
                var next = SaddleFreeNewton.Minimize(objective, s.Point, new() { MaxIterations = 1, State = s.State });
                return (next.Point, next.State);
            },
            s => s.Point,
            steps => Solved(SaddleFreeNewton.Minimize(objective, start, new() { MaxIterations = steps })),
            1000
        );

        (int, int) LineSearches(int steps) => (Lbfgs.Minimize(objective, start, new() { MaxIterations = steps }).Evaluations, 0);

        static (int, int) Solved(MinimizerResult<Tensor> result) => (result.Evaluations, result.Products);
    }

    private static Panel Ways(RaceCourse course, Race[] races)
    {
        var lowest = course.Lowest;
        double[][] minima = [.. course.Minima.Select(minimum => minimum.Point.ToArray())];
        // Descent, Adam and those that measure their steps; the others' ways lie on these, and heights show all.
        int[] shown = [0, 4, 6, 7];
        return Plane.Panel(
            course.Name,
            p => course.Loss(p) - lowest,
            course.X,
            course.Y,
            [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000],
            minima,
            [.. shown.Select(i => (races[i].Method, Thinned(races[i].Path)))]
        );
    }

    private static Panel Heights(RaceCourse course, Race[] races) =>
        new(
            course.Name,
            new("step") { Scale = Scale.Log },
            new("height") { Scale = Scale.Log, From = Race.Tolerance / 10 },
            [.. races.Select(race => Height(course, race))]
        );

    private static Mark Height(RaceCourse course, Race race)
    {
        var bottom = course.Nearest(race.Path[^1][0], race.Path[^1][1]).Loss;
        // Equally far apart on a logarithmic axis.
        int[] places = [.. Plane.SpacedByRatio(1, Math.Max(2, race.Path.Length - 1), 400).Select(step => (int)Math.Round(step)).Distinct()];
        int[] steps = [.. places.Where(step => step < race.Path.Length)];
        return new Mark.Line([.. steps.Select(step => (double)step)], [.. steps.Select(step => race.Losses[step] - bottom)])
        {
            Name = race.Method,
        };
    }

    private static double[][] Thinned(double[][] path)
    {
        var every = 1 + (path.Length / 300);
        return [.. path.Where((_, i) => i % every == 0), path[^1]];
    }

    private static string Steps(Race race, int most) => race.IsDone ? $"{race.Steps}" : $"not in {most}";

    private static string Cost(Race race) => race.Products == 0 ? $"{race.Evaluations}" : $"{race.Evaluations} and {race.Products}";

    private static string Rate(Race race) => race is { Rate: { } rate, IsDone: true } ? $" at {rate:G2}" : "";

    private static ImmutableArray<string> Ended(RaceCourse course, Race race)
    {
        var minimum = course.Nearest(race.Path[^1][0], race.Path[^1][1]);
        return
        [
            course.Name,
            Plane.Text(course.Start, 1),
            Plane.Text(minimum.Point.ToArray(), 5),
            Check.Text(minimum.Loss),
            string.Join(" ", minimum.Eigenvalues.Select(Check.Text)),
            Check.Text(minimum.ConditionNumber),
        ];
    }

    private static IEnumerable<Check> Checks(RaceCourse course, Race[] races)
    {
        Race[] sure = [.. races[..Converging], .. races[WithRates..]];
        yield return Check.All(
            $"{course.Name}: minima, of what is known as such",
            course.Minima,
            minimum => minimum.Kind == CriticalPointKind.Minimum
        );
        yield return Check.All(
            $"{course.Name}: come to a known minimum, of {string.Join(", ", sure.Select(race => race.Method))}",
            sure,
            race => race.IsDone
        );
        var (first, second) = (races[..WithRates].Min(race => race.Steps), races[(WithRates + 1)..].Max(race => race.Steps));
        yield return Check.Below($"{course.Name}: most steps with second derivatives", first, second, "the fewest at a constant rate");
        yield return Check.Below($"{course.Name}: steps of L-BFGS", races[0].Steps, races[WithRates].Steps, "descent's");
    }
}
