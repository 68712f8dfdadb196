namespace AutoDiff.Curvature;

/// <summary>Keskar's sharpness φ of a point, with the box it was found in. The measure is what the best start's projected gradient may still change, relative to the box.</summary>
/// <remarks>
/// <see cref="Outcome.Converged"/> where all starts did; <see cref="Outcome.Stagnated"/> where one's ascent is below the loss's rounding; <see cref="Outcome.NotFinite"/> where the loss is not finite somewhere it looked, and φ is of
/// the finite part. A local maximum of the box is what an ascent finds: φ is a lower bound of the true one.
/// </remarks>
/// <typeparam name="T">The tree of parameters.</typeparam>
public sealed record KeskarSharpness<T> : Solution<double>
{
    /// <summary>φ = 100·(max f − f(x))/(1 + f(x)).</summary>
    public double Sharpness => Value;

    /// <summary>ε of the box.</summary>
    public required double Epsilon { get; init; }

    /// <summary>The dimensions p of the box: n where it is of all parameters.</summary>
    public required int Dimensions { get; init; }

    /// <summary>f(x).</summary>
    public required double Loss { get; init; }

    /// <summary>The highest loss met in the box.</summary>
    public required double MaxLoss { get; init; }

    /// <summary>Where it was met: x + Ay.</summary>
    public required T Maximizer { get; init; }

    /// <summary>The evaluations of loss and gradient.</summary>
    public required int Evaluations { get; init; }
}
