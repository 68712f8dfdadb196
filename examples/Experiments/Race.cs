using AutoDiff.Curvature;
using AutoDiff.Optimization;

namespace AutoDiff.Examples.Experiments;

/// <summary>One method's way over a course, to the step that brings it to a known minimum.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Rate">The best of the rates that were tried; null where it has none.</param>
/// <param name="Path">The points, the start first.</param>
/// <param name="Losses">The value at each.</param>
/// <param name="IsDone">Whether the last one is at a known minimum.</param>
/// <param name="Evaluations">How often it evaluated the loss, with or without its gradient.</param>
/// <param name="Products">How many products with the Hessian it took.</param>
internal sealed record Race(string Method, double? Rate, double[][] Path, double[] Losses, bool IsDone, int Evaluations, int Products)
{
    /// <summary>How near to a known minimum's value the value comes to be.</summary>
    public const double Tolerance = 1e-8;

    /// <summary>The steps that it took; +∞ where it did not come to an end.</summary>
    public double Steps => IsDone ? Path.Length - 1 : double.PositiveInfinity;

    /// <summary>A method by gradients: runs at all rates side by side, in one plan, until the first is there.</summary>
    public static Race ByGradients<S>(
        ExperimentRun run,
        RaceCourse course,
        string method,
        Func<Tensor, Optimizer<Tensor, S>> optimizer,
        double[] rates,
        int most
    )
        where S : ITensorTree<S>
    {
        var step = Training.CompileRuns(optimizer, (Tensor _, Tensor point) => course.Loss(point));
        var state = Training.InitRuns(optimizer, Tensor.Of(rates), Tensor.Of([.. rates.SelectMany(_ => course.Start)], rates.Length, 2));
        var (points, losses) = (new List<double[]>(), new List<double[]>());
        while (true)
        {
            var at = state.State.Parameters.ToArray();
            state = step.Invoke(state);
            var values = state.State.Loss.ToArray(); // where the step began
            points.Add(at);
            losses.Add(values);
            for (var i = 0; i < rates.Length; i++)
            {
                if (course.IsReached(at[2 * i], at[(2 * i) + 1], values[i]))
                    return Of(i, true);
            }
            if (points.Count > most)
                return Of(Lowest(values), false);
            run.Cancellation.ThrowIfCancellationRequested();
        }

        Race Of(int i, bool done) =>
            new(
                method,
                rates[i],
                [.. points.Select(p => p[(2 * i)..((2 * i) + 2)])],
                [.. losses.Select(loss => loss[i])],
                done,
                points.Count,
                0
            );

        static int Lowest(double[] values) => Array.IndexOf(values, values.Where(double.IsFinite).DefaultIfEmpty(values[0]).Min());
    }

    /// <summary>A method that takes its steps' lengths from what it measures.</summary>
    /// <param name="run">May end it.</param>
    /// <param name="course">Where.</param>
    /// <param name="method">Its name.</param>
    /// <param name="start">What it begins with.</param>
    /// <param name="step">One step more.</param>
    /// <param name="point">Where it is.</param>
    /// <param name="cost">The evaluations and the products with the Hessian of so many steps.</param>
    /// <param name="most">The most steps.</param>
    public static Race ByItself<TState>(
        ExperimentRun run,
        RaceCourse course,
        string method,
        TState start,
        Func<TState, TState> step,
        Func<TState, Tensor> point,
        Func<int, (int Evaluations, int Products)> cost,
        int most
    )
    {
        var (points, losses) = (new List<double[]>(), new List<double>());
        for (var state = start; ; state = step(state))
        {
            var at = point(state).ToArray();
            points.Add(at);
            losses.Add(course.Objective.Value(at));
            var done = course.IsReached(at[0], at[1], losses[^1]);
            if (done || points.Count > most)
            {
                var (evaluations, products) = cost(points.Count - 1);
                return new(method, null, [.. points], [.. losses], done, evaluations, products);
            }
            run.Cancellation.ThrowIfCancellationRequested();
        }
    }
}
