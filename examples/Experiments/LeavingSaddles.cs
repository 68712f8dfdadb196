using System.Collections.Immutable;
using AutoDiff.Curvature;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>How many steps each method takes from beside a saddle to below it, and which never get there.</summary>
internal static class LeavingSaddles
{
    private const int First = 1000;

    public static Experiment Experiment { get; } =
        new(
            "leaving-saddles",
            ["ours"],
            "Which method leaves a saddle, and in how many steps?",
            "LeeDL, section 3.1.2: eigenvectors of negative eigenvalues lead out. Dauphin et al. 2014: Newton's method is drawn to saddles, and steps by the magnitude of curvature leave them. "
                + "Jin et al. 2017: small perturbations do, without second derivatives.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var problems = Problems();
        var walks = new Walk[problems.Length][];
        for (var i = 0; i < problems.Length; i++)
        {
            var steps = run.IsWhole ? 10 * First : First;
            var next = i;
            walks[i] =
            [
                .. WaysOut.All.Select(
                    (way, j) =>
                    {
                        run.Done((next + ((double)j / WaysOut.All.Length)) / problems.Length);
                        return new Walk(way.Name, way.Walk(problems[next], run.Key, steps, run.Cancellation));
                    }
                ),
            ];
        }
        return new()
        {
            Figures =
            [
                new(
                    "Losses from points beside saddles on, and from one itself; and the ways on the first surface",
                    [.. problems.Zip(walks, Losses), Map(problems[0], walks[0], run.Cancellation)]
                ),
            ],
            Listings = [Table(problems, walks)],
            Checks = [.. problems.Zip(walks).SelectMany(pair => Checks(pair.First, pair.Second))],
        };
    }

    private static SaddleStart[] Problems()
    {
        var net = Objective.Of(SmallNet.Loss, Tensor.Zeros([SmallNet.Size]));
        // A unit that is off, the other alone at its best: what the net has learnt so far cannot be bettered by it.
        var alone = TrustRegion
            .Minimize((Tensor w) => SmallNet.Loss(Ops.Stack([w[0], 0, w[1], 0, w[2], 0, w[3], 0, w[4]])), Tensor.Of([1, -1, 1.3, 0.8, 0.4]))
            .Point;
        var near = Transforms.Evaluate(Ops.Stack([alone[0], 0, alone[1], 0, alone[2], 0, alone[3], 0, alone[4]]));
        var saddle = CriticalPoint.Find(net, [near]).Points.Single().Point;
        return
        [
            new("two weights", ClassicalFunctions.TwoWeights, Tensor.Zeros([2]), Tensor.Of([1.0, -0.99]), 0.1),
            new(
                "a net of nine weights",
                SmallNet.Loss,
                saddle.Point,
                Transforms.Evaluate(saddle.Point + (0.1 * saddle.Highest.Vector) + (1e-3 * saddle.Lowest.Vector)),
                0.1
            ),
            new("monkey saddle in a bowl", ClassicalFunctions.MonkeyInBowl, Tensor.Zeros([2]), Tensor.Of([0.5, 1e-3]), 0.05),
            new("two weights, on it", ClassicalFunctions.TwoWeights, Tensor.Zeros([2]), Tensor.Zeros([2]), 0.1),
        ];
    }

    private static Panel Losses(SaddleStart problem, Walk[] walks) =>
        new(
            problem.Name,
            new("step + 1") { Scale = Scale.Log },
            new("loss"),
            [
                .. walks.Select(
                    (walk, i) =>
                    {
                        int[] shown = [.. Thinned(walk.Losses.Length)];
                        return new Mark.Line([.. shown.Select(step => step + 1.0)], [.. shown.Select(step => walk.Losses[step])])
                        {
                            Name = walk.Name,
                            Colour = i,
                            // Until it is shaken the perturbed descent goes where descent goes.
                            Dashed = WaysOut.All[i].Leaves == Leaves.Never || walk.Name == "perturbed",
                        };
                    }
                ),
            ]
        );

    private static Panel Map(SaddleStart problem, Walk[] walks, CancellationToken cancellation)
    {
        var plane = SurfacePlot.Grid(problem.Objective, (-2.5, 2.5), (-2.5, 2.5), 80, cancellation);
        return new(
            $"The ways: {problem.Name}",
            new("w₁") { From = -2.5, To = 2.5 },
            new("w₂") { From = -2.5, To = 2.5 },
            [
                SurfacePlot.Contour(plane, [0.05, 0.25, 1, 2.25, 4, 9, 16]),
                .. walks.Select(
                    (walk, i) =>
                    {
                        var shown = Thinned(walk.Points.Length).Select(step => walk.Points[step]).ToArray();
                        return new Mark.Path([.. shown.Select(at => at[0])], [.. shown.Select(at => at[1])])
                        {
                            Name = walk.Name,
                            Colour = i,
                        };
                    }
                ),
                .. SurfacePlot.Marks([SurfacePlot.Place(problem.Saddle)]),
            ]
        );
    }

    private static Listing Table(SaddleStart[] problems, Walk[][] walks) =>
        new(
            "steps until the loss is below the saddle's by half of what the lowest end is",
            ["method", .. problems.SelectMany(problem => new[] { problem.Name, "end" })],
            [
                .. WaysOut.All.Select(
                    (way, i) =>
                        ImmutableArray.Create<string>([
                            way.Name,
                            .. problems.SelectMany(
                                (problem, j) =>
                                    new[]
                                    {
                                        Left(problem, walks[j], i) is var step and >= 0 ? $"{step}" : "never",
                                        Check.Text(walks[j][i].Losses[^1]),
                                    }
                            ),
                        ])
                ),
            ]
        );

    private static IEnumerable<Check> Checks(SaddleStart problem, Walk[] walks)
    {
        for (var i = 0; i < walks.Length; i++)
        {
            var (walk, way) = (walks[i], WaysOut.All[i]);
            var leaves = way.Leaves == Leaves.Always || (way.Leaves == Leaves.Beside && problem.Distance(walk.Points[0]) > 0);
            yield return Check.Equal($"{problem.Name}: {walk.Name}", Words(leaves), Words(Left(problem, walks, i) >= 0));
            if (!leaves)
                yield return Check.AtMost(
                    $"{problem.Name}: {walk.Name}: distance of its end from the saddle",
                    1e-9,
                    problem.Distance(walk.Points[^1])
                );
        }
    }

    private static string Words(bool leaves) => leaves ? "leaves" : "stays";

    /// <summary>The first step after which the loss is below the saddle's by half of what the lowest end is; −1 for none.</summary>
    private static int Left(SaddleStart problem, Walk[] walks, int which)
    {
        var goal = (problem.Saddle.Loss + walks.Min(walk => walk.Losses[^1])) / 2;
        return Array.FindIndex(walks[which].Losses, loss => loss < goal);
    }

    /// <summary>Numbers below a count, the closer the smaller: all below 100, then as many for each power of 10.</summary>
    private static IEnumerable<int> Thinned(int count) =>
        Enumerable.Range(0, count).Where(i => i < 100 || i == count - 1 || i % (int)Math.Pow(10, Math.Floor(Math.Log10(i)) - 1) == 0);

    /// <summary>Where a method went.</summary>
    private sealed record Walk(string Name, double[][] Points, double[] Losses)
    {
        public Walk(string name, (double[][] Points, double[] Losses) went)
            : this(name, went.Points, went.Losses) { }
    }
}
