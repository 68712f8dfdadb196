using System.Collections.Immutable;
using AutoDiff.Curvature;
using AutoDiff.Optimization;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>A saddle, and a point from which a method comes by it.</summary>
/// <param name="Name">What the surface is called.</param>
/// <param name="Function">The loss of a vector [n].</param>
/// <param name="At">The saddle.</param>
/// <param name="Start">Where methods begin.</param>
/// <param name="Rate">The rate of methods that have one.</param>
internal sealed record SaddleStart(string Name, Func<Tensor, Tensor> Function, Tensor At, Tensor Start, double Rate)
{
    public Objective<Tensor> Objective { get; } = Curvature.Objective.Of(Function, Start);

    public CriticalPoint<Tensor> Saddle { get; } = CriticalPoint.Classify(Function, At);

    public double Distance(double[] point) => Math.Sqrt(point.Zip(At.ToArray(), (x, y) => (x - y) * (x - y)).Sum());
}

/// <summary>Where a method leaves a saddle from, according to what it looks at.</summary>
internal enum Leaves
{
    /// <summary>Nowhere: it looks for a zero of the gradient.</summary>
    Never,

    /// <summary>Beside it, where there is a gradient.</summary>
    Beside,

    /// <summary>On it too: it looks at curvature, or shakes.</summary>
    Always,
}

/// <summary>A method and where it goes: the points before each step and after the last.</summary>
internal sealed record WayOut(string Name, Leaves Leaves, Func<SaddleStart, Key, int, CancellationToken, double[][]> Points)
{
    /// <summary>The points, and their losses.</summary>
    public (double[][] Points, double[] Losses) Walk(SaddleStart problem, Key key, int steps, CancellationToken cancellation)
    {
        var points = Points(problem, key, steps, cancellation);
        return (points, Array.ConvertAll(points, point => problem.Objective.Value(point)));
    }
}

/// <summary>Methods that come by saddles.</summary>
internal static class WaysOut
{
    public const string PlainNewton = "Newton";

    public static ImmutableArray<WayOut> All { get; } =
    [
        new(
            "descent",
            Leaves.Beside,
            (problem, _, steps, cancellation) => Along(problem, Optimizers.GradientDescent<Tensor>(problem.Rate), steps, cancellation)
        ),
        new(
            "momentum",
            Leaves.Beside,
            (problem, _, steps, cancellation) => Along(problem, Optimizers.ClassicalMomentum<Tensor>(problem.Rate), steps, cancellation)
        ),
        new(
            "perturbed",
            Leaves.Always,
            (problem, key, steps, cancellation) =>
                Along(
                    problem,
                    Optimizers.PerturbedDescent<Tensor>(key, problem.Rate, radius: 0.01, threshold: 0.01, wait: 50),
                    steps,
                    cancellation
                )
        ),
        new(PlainNewton, Leaves.Never, Newton),
        new(
            "saddle-free",
            Leaves.Always,
            (problem, _, _, cancellation) =>
                Steps(
                    problem,
                    (x, state) =>
                        SaddleFreeNewton.Minimize(
                            problem.Objective,
                            x,
                            new()
                            {
                                MaxIterations = 1,
                                State = state,
                                Cancellation = cancellation,
                            }
                        )
                )
        ),
        new(
            "trust region",
            Leaves.Always,
            (problem, _, _, cancellation) =>
                Steps(
                    problem,
                    (x, state) =>
                        TrustRegion.Minimize(
                            problem.Objective,
                            x,
                            new()
                            {
                                MaxIterations = 1,
                                State = state,
                                Cancellation = cancellation,
                            }
                        )
                )
        ),
        new(
            "Newton-CG",
            Leaves.Always,
            (problem, _, _, cancellation) =>
                Steps(
                    problem,
                    (x, state) =>
                        NewtonCg.Minimize(
                            problem.Objective,
                            x,
                            new()
                            {
                                MaxIterations = 1,
                                State = state,
                                Cancellation = cancellation,
                            }
                        )
                )
        ),
        new("escape", Leaves.Always, Escape),
    ];

    private static double[][] Along<S>(SaddleStart problem, Optimizer<Tensor, S> optimizer, int steps, CancellationToken cancellation)
        where S : ITensorTree<S> => Path.Of(optimizer, problem.Function, problem.Start, steps, cancellation: cancellation);

    /// <summary>x ← x − H⁻¹g: towards the zero of the gradient, whatever the signs of the curvature.</summary>
    private static double[][] Newton(SaddleStart problem, Key key, int steps, CancellationToken cancellation)
    {
        var step = Transforms.Compile(
            (Tensor x) => x - Solve(Transforms.Hessian(problem.Function)(x), Transforms.Grad(problem.Function)(x))
        );
        var points = new List<double[]> { problem.Start.ToArray() };
        // Each step at least halves the distance here: 40 leave a millionth of a millionth.
        for (var x = step.Invoke(problem.Start); points.Count <= 40 && problem.Distance(points[^1]) > 1e-12; x = step.Invoke(x))
            points.Add(x.ToArray());
        return [.. points];
    }

    /// <summary>A step at a time, to the method's own end.</summary>
    private static double[][] Steps(SaddleStart problem, Func<Tensor, MinimizerState?, MinimizerResult<Tensor>> step)
    {
        var points = new List<double[]> { problem.Start.ToArray() };
        var end = step(problem.Start, null);
        while (true)
        {
            points.Add(end.Point.ToArray());
            if (end.Outcome != Outcome.MaxIterations)
                return [.. points];
            end = step(end.Point, end.State);
        }
    }

    /// <summary>Along the most negative eigenvector from the start, and Newton's steps by a trust region from there.</summary>
    private static double[][] Escape(SaddleStart problem, Key key, int steps, CancellationToken cancellation)
    {
        var beside = CriticalPoint.Classify(problem.Objective, problem.Start, new() { Cancellation = cancellation });
        var lower = Saddle.Escape(problem.Objective, beside, new() { Cancellation = cancellation });
        return
        [
            problem.Start.ToArray(),
            .. Steps(
                problem with
                {
                    Start = lower.Point,
                },
                (x, state) =>
                    TrustRegion.Minimize(
                        problem.Objective,
                        x,
                        new()
                        {
                            MaxIterations = 1,
                            State = state,
                            Cancellation = cancellation,
                        }
                    )
            ),
        ];
    }
}
