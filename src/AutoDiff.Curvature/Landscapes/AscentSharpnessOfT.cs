namespace AutoDiff.Curvature;

/// <summary>How far the loss rises within a ball: the step up as the value. The measure is what a step of the projected gradient may still change, relative to the radius.</summary>
/// <remarks>The outcomes are those of <see cref="KeskarSharpness{T}"/>.</remarks>
/// <typeparam name="T">The tree of parameters.</typeparam>
public sealed record AscentSharpness<T> : Solution<T>
{
    /// <summary>δ of the highest loss met, ‖δ‖₂ ≤ ρ.</summary>
    public T Step => Value;

    /// <summary>ρ, the radius of the ball.</summary>
    public required double Radius { get; init; }

    /// <summary>f(x).</summary>
    public required double Loss { get; init; }

    /// <summary>max f(x + δ) − f(x), not negative.</summary>
    public required double Rise { get; init; }

    /// <summary>f(x + ρ·g/‖g‖) − f(x), the rise along the gradient alone as SAM takes it; NaN where the gradient is 0.</summary>
    public required double FirstOrderRise { get; init; }

    /// <summary>The evaluations of the loss, with or without its gradient.</summary>
    public required int Evaluations { get; init; }
}
