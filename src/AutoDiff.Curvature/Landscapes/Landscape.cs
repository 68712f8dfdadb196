using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>The loss on a line, a plane or spheres around a point, as records ready to plot.</summary>
/// <remarks>
/// Points are divided among the threads, and a loss has the same bits on any number of them; a vector [n] a thread is all the memory besides the results. NaN and
/// infinite losses stay as they are and are counted. Directions: random ones by filters, eigenvectors and others from <see cref="Directions"/>, those of a path of training from <see cref="Trajectory"/>, or any tree.
/// </remarks>
public static class Landscape
{
    /// <summary>The loss f(x + t·d) at each step t (Goodfellow, Vinyals, Saxe 2015). One evaluation a step.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="point">x.</param>
    /// <param name="direction">d, of any length but 0.</param>
    /// <param name="steps">The steps t [k].</param>
    /// <param name="options">Threads, progress and cancellation.</param>
    /// <exception cref="ArgumentException">Point, direction or steps are not the objective's or not finite, the direction is 0, or there are no steps.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static LandscapeLine Line<T>(
        Objective<T> objective,
        T point,
        T direction,
        IReadOnlyList<double> steps,
        RunOptions? options = null
    )
        where T : ITensorTree<T>
    {
        const string operation = "Landscape.Line";
        var (x, at) = (Point(operation, objective, point, "the point"), Steps(operation, steps));
        var line = objective.Along(x, Direction(operation, objective, direction));
        return new(at, Evaluate(operation, at.Length, i => line.Value(at[i]), options));
    }

    /// <summary>The loss f((1 − t)·a + t·b) at each step t: at 0 and 1 exactly the ends, between them the straight way (Goodfellow, Vinyals, Saxe 2015). One evaluation a step.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="from">a.</param>
    /// <param name="to">b.</param>
    /// <param name="steps">The steps t [k]; below 0 and above 1 they go on beyond the ends.</param>
    /// <param name="options">Threads, progress and cancellation.</param>
    /// <exception cref="ArgumentException">A point or the steps are not the objective's or not finite, or there are no steps.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static LandscapeLine Between<T>(Objective<T> objective, T from, T to, IReadOnlyList<double> steps, RunOptions? options = null)
        where T : ITensorTree<T>
    {
        const string operation = "Landscape.Between";
        var (a, b) = (Point(operation, objective, from, "a point"), Point(operation, objective, to, "a point"));
        var at = Steps(operation, steps);
        return new(at, Evaluate(operation, at.Length, Loss, options));

        double Loss(int i)
        {
            var x = new double[a.Length];
            VectorLoops.AddScaled(1 - at[i], a, at[i], b, x);
            return objective.Value(x);
        }
    }

    /// <summary>The loss f(x + s·d + t·e) on the grid of the steps s and t (Li, Xu, Taylor, Studer, Goldstein 2018). One evaluation a grid point.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="point">x.</param>
    /// <param name="first">d, of any length but 0.</param>
    /// <param name="second">e, likewise; the two need not be orthogonal.</param>
    /// <param name="x">The steps s [k].</param>
    /// <param name="y">The steps t [l].</param>
    /// <param name="options">Threads, progress and cancellation.</param>
    /// <exception cref="ArgumentException">Point, directions or steps are not the objective's or not finite, a direction is 0, or there are no steps.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static LandscapePlane Plane<T>(
        Objective<T> objective,
        T point,
        T first,
        T second,
        IReadOnlyList<double> x,
        IReadOnlyList<double> y,
        RunOptions? options = null
    )
        where T : ITensorTree<T>
    {
        const string operation = "Landscape.Plane";
        var at = Point(operation, objective, point, "the point");
        var (d, e) = (Direction(operation, objective, first), Direction(operation, objective, second));
        var (columns, rows) = (Steps(operation, x), Steps(operation, y));
        return new(columns, rows, Evaluate(operation, columns.Length * rows.Length, Loss, options));

        double Loss(int i)
        {
            var here = (double[])at.Clone();
            VectorLoops.AddScaled(columns[i % columns.Length], d, rows[i / columns.Length], e, here);
            return objective.Value(here);
        }
    }

    /// <summary>The losses at each distance r from a point, over directions u uniform on the unit sphere: f(x + r·u).</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="point">x.</param>
    /// <param name="radii">The distances r [k], not negative.</param>
    /// <param name="options">Directions, quantiles, key, threads, progress and cancellation.</param>
    /// <remarks>
    /// Directions are normalized Gaussian vectors (Muller 1959), the same at every radius, so that the quantities belong together along r. The mean is
    /// f + r²·tr(H)/2n + O(r⁴), whatever the gradient: what it shows is the mean curvature. One evaluation a direction and radius.
    /// </remarks>
    /// <exception cref="ArgumentException">Point or radii are not the objective's or not finite, a radius is negative, or there are none.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static ImmutableArray<SphereLosses> Sphere<T>(
        Objective<T> objective,
        T point,
        IReadOnlyList<double> radii,
        SphereOptions? options = null
    )
        where T : ITensorTree<T>
    {
        const string operation = "Landscape.Sphere";
        options ??= new();
        var (x, distances) = (Point(operation, objective, point, "the point"), Steps(operation, radii));
        foreach (var radius in distances)
            Require.NonNegative(operation, "a radius", radius);
        var losses = Array.ConvertAll([.. distances], _ => new double[options.Directions]);
        Evaluate(operation, options.Directions, Look, options);
        return [.. distances.Select((radius, i) => SphereLosses.Of(radius, losses[i], options.Quantiles))];

        double Look(int i)
        {
            var direction = options.Key.FoldIn((ulong)i).Normal([x.Length]).ToArray();
            VectorLoops.Scale(1 / VectorLoops.Norm(direction), direction);
            var line = objective.Along(x, direction);
            for (var k = 0; k < losses.Length; k++)
                losses[k][i] = line.Value(distances[k]);
            return 0;
        }
    }

    private static ImmutableArray<double> Evaluate(string operation, int count, Func<int, double> loss, RunOptions? options)
    {
        options ??= new();
        var (losses, done) = (new double[count], 0);
        Work.Share(
            count,
            i =>
            {
                losses[i] = loss(i);
                options.Progress?.Report(new(operation, (double)Interlocked.Increment(ref done) / count));
            },
            options
        );
        return [.. losses];
    }

    private static double[] Point<T>(string operation, Objective<T> objective, T point, string what)
        where T : ITensorTree<T>
    {
        Require.NotNull(objective, operation);
        objective.RequireParameters(operation);
        var x = objective.Ravel(operation, point);
        Require.Finite(operation, what, x);
        return x;
    }

    private static double[] Direction<T>(string operation, Objective<T> objective, T direction)
        where T : ITensorTree<T>
    {
        var d = Point(operation, objective, direction, "a direction");
        Require.That(VectorLoops.Norm(d) > 0, $"[{operation}] got a direction of zeros; expected one that leads away");
        return d;
    }

    private static ImmutableArray<double> Steps(string operation, IReadOnlyList<double> steps)
    {
        Require.NotNull(steps, operation);
        Require.That(steps.Count > 0, $"[{operation}] got no steps; expected at least one");
        double[] at = [.. steps];
        Require.Finite(operation, "the steps", at);
        return [.. at];
    }
}
