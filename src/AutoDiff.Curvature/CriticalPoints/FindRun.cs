namespace AutoDiff.Curvature;

/// <summary>A search that came to no critical point. Its measure is the gradient's norm.</summary>
/// <remarks>
/// <see cref="Outcome.FlatGradient"/> where it ended at a place with Hg = 0 and g ≠ 0; <see cref="Outcome.MaxIterations"/>; <see cref="Outcome.NotFinite"/>;
/// <see cref="Outcome.SmallStep"/> where no step lowers ‖g‖; <see cref="Outcome.Stagnated"/> where steps became short or the gradient small and the point is not critical all the same.
/// </remarks>
/// <typeparam name="T">The tree of parameters.</typeparam>
public sealed record FindRun<T> : Solution<T>
{
    /// <summary>The number of the start.</summary>
    public required int Start { get; init; }

    /// <summary>The last point.</summary>
    public T Point => Value;

    /// <summary>The loss there.</summary>
    public required double Loss { get; init; }

    /// <summary>The gradient's 2-norm there.</summary>
    public double GradientNorm => Measure;

    /// <summary>‖Hg‖ ⁄ (‖H‖‖g‖) there, 0 to 1: small where the gradient's norm is nearly stationary; NaN where it is not known. ‖H‖ is the largest seen on the way, there alone by <see cref="FindMethod.DampedNewton"/>.</summary>
    public required double Flatness { get; init; }
}
