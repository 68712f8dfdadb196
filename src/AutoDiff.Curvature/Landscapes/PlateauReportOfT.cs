namespace AutoDiff.Curvature;

/// <summary>Whether a training sits at a plateau, what the Hessian says to that, and all numbers behind it.</summary>
/// <typeparam name="T">The tree of parameters.</typeparam>
public sealed record PlateauReport<T>
{
    /// <summary>What it comes to.</summary>
    public required PlateauVerdict Verdict { get; init; }

    /// <summary>The signs, as numbers.</summary>
    public required PlateauSigns Signs { get; init; }

    /// <summary>Whether the loss is flat: its trend is within the tolerance.</summary>
    public required bool LossIsFlat { get; init; }

    /// <summary>Whether the gradient is small: its share of the history's largest, or its elasticity, is within the tolerance.</summary>
    public required bool GradientIsSmall { get; init; }

    /// <summary>Whether the parameters hover: their drift is within the tolerance.</summary>
    public required bool Hovers { get; init; }

    /// <summary>Whether all three signs are there.</summary>
    public bool Suspected => LossIsFlat && GradientIsSmall && Hovers;

    /// <summary>The critical point found within reach, classified; null where none was looked for or found.</summary>
    public required CriticalPoint<T>? Critical { get; init; }

    /// <summary>Its distance from the last point, 2-norm; NaN where there is none.</summary>
    public required double Distance { get; init; }

    /// <summary>The smallest eigenvalue of the Hessian, at the critical point or, without one, the last point; NaN where it was not computed.</summary>
    public required double Smallest { get; init; }

    /// <summary>The largest eigenvalue, likewise.</summary>
    public required double Largest { get; init; }

    /// <summary>dᵀHd/dᵀd at the last point along the last step; NaN where it was not computed.</summary>
    public required double AlongStep { get; init; }

    /// <summary>The products with the Hessian, those of the classification left out.</summary>
    public required int Products { get; init; }
}
