namespace AutoDiff.Curvature;

/// <summary>The curvature at one point of a training, and all that its tracking goes on from.</summary>
/// <typeparam name="T">The tree of parameters.</typeparam>
public sealed record TrackedSharpness<T>
{
    /// <summary>How many points were tracked before.</summary>
    public required int Step { get; init; }

    /// <summary>The point.</summary>
    public required T Point { get; init; }

    /// <summary>The loss there.</summary>
    public required double Loss { get; init; }

    /// <summary>The gradient's 2-norm there.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>How many of the largest pairs are followed.</summary>
    public required int Count { get; init; }

    /// <summary>The Hessian's largest eigenpairs there, with their outcome.</summary>
    public required EigenPairs Pairs { get; init; }

    /// <summary>λmax, the sharpness; NaN where Lanczos was stopped before it had a pair.</summary>
    public double Largest => Pairs.Value is [.., var last] ? last.Value : double.NaN;

    /// <summary>gᵀHg/gᵀg; NaN where the gradient is 0.</summary>
    public required double AlongGradient { get; init; }

    /// <summary>dᵀHd/dᵀd at the point, d the way from the point before; NaN at the first and where the point did not move.</summary>
    public required double AlongStep { get; init; }

    /// <summary>The products computed for this point.</summary>
    public required int Products { get; init; }
}
