namespace AutoDiff.Curvature;

/// <summary>The moves of images across and along their path, each with a step of its own.</summary>
internal sealed class PathMove<T>(Objective<T> objective, double firstStep)
    where T : ITensorTree<T>
{
    private const int Halvings = 40;
    private const double Growth = 1.5;
    private const double Rounding = 8 * Roundoff.Epsilon;

    private double[] _steps = [];
    private int _evaluations;

    public int Evaluations => _evaluations;

    /// <summary>Sets the first steps, of a share of the distance between images each.</summary>
    public void Begin(PathImages images, double[][] tangents)
    {
        _steps = new double[images.Count];
        for (var i = 1; i < _steps.Length - 1; i++)
            _steps[i] = firstStep * images.Spacing / VectorLoops.Norm(images.Across(i, tangents[i]));
    }

    /// <summary>The image moved down across the path, as far as the decrease is what curvature allows; itself where no step does.</summary>
    public double[] Down(PathImages images, int i, double[] tangent)
    {
        var (x, loss, across) = (images.X[i], images.Losses[i], images.Across(i, tangent));
        var slope = VectorLoops.Norm(across);
        if (slope == 0)
            return x;
        // Tangents carry what happens to an image along the path with velocity ‖g∥‖, so an explicit step is bounded as transport is (Courant, Friedrichs, Lewy 1928).
        var step = Math.Min(_steps[i], PathMove.Longest * images.Spacing / VectorLoops.Norm(images.Gradients[i]));
        for (var halving = 0; halving < Halvings; halving++, step /= 2)
        {
            var (next, promised) = ((double[])x.Clone(), step * slope * slope / 2);
            VectorLoops.AddScaled(-step, across, next);
            // A decrease below the loss's rounding cannot be seen.
            if (promised <= Rounding * Math.Abs(loss))
            {
                _steps[i] = step;
                return next;
            }
            Interlocked.Increment(ref _evaluations);
            if (objective.Value(next) <= loss - promised)
            {
                _steps[i] = Growth * step;
                return next;
            }
        }
        _steps[i] = step;
        return x;
    }

    /// <summary>How far along the tangent springs carry an image.</summary>
    public static double Along(PathImages images, int i, double spring) =>
        spring / 2 * (images.ArcLength[i + 1] - (2 * images.ArcLength[i]) + images.ArcLength[i - 1]);

    /// <summary>How far along the tangent an image climbs: Newton's step to the highest point where the curvature is negative, else the step down turned up; cut to a quarter of the distance to the nearer neighbour. One product.</summary>
    public double Up(PathImages images, int i, double[] tangent)
    {
        var slope = VectorLoops.Dot(images.Gradients[i], tangent);
        var most = Math.Min(images.ArcLength[i + 1] - images.ArcLength[i], images.ArcLength[i] - images.ArcLength[i - 1]) / 4;
        var curvature = VectorLoops.Dot(objective.Hessian(images.X[i]).Apply(tangent).AsSpan(), tangent);
        return Math.Clamp(curvature < 0 ? -slope / curvature : _steps[i] * slope, -most, most);
    }
}

/// <summary>What bounds the moves.</summary>
internal static class PathMove
{
    /// <summary>The longest move across the path, as a share of the distance between images: neighbours stay neighbours.</summary>
    public const double Longest = 0.5;
}
