namespace AutoDiff.Curvature;

/// <summary>A step downhill from a point, and what the Hessian there says of it.</summary>
/// <param name="Values">p [n]; empty where the Hessian is not finite.</param>
/// <param name="Decrement">√(−gᵀp).</param>
/// <param name="Positive">Whether positive curvature was met.</param>
/// <param name="Negative">Whether negative curvature was met.</param>
/// <param name="Definite">Whether all curvature met is positive beyond rounding.</param>
/// <param name="Reach">The step's length relative to the longer of the point and the way to it, the most of any direction in which the loss curves.</param>
/// <param name="Exact">Whether p solves the model's equations as far as double precision allows, so that it measures what is left to go.</param>
/// <param name="Products">How many Hessian-vector products it took.</param>
internal sealed record NewtonStep(
    double[] Values,
    double Decrement,
    bool Positive,
    bool Negative,
    bool Definite,
    double Reach,
    bool Exact,
    int Products
)
{
    /// <summary>Up to this number of parameters the whole Hessian costs about what conjugate gradients do, and its eigenvalues next to nothing.</summary>
    private const int DenseSize = 128;

    public bool IsFinite => Values.Length > 0;

    /// <summary>Whether the step is from all eigenvalues.</summary>
    public bool IsDense => Values.Length <= DenseSize;

    public static NewtonStep NotFinite(int products) => new([], double.NaN, false, false, false, double.NaN, false, products);

    /// <summary>The step at a point of which the gradient is known.</summary>
    /// <param name="hessian">The Hessian there.</param>
    /// <param name="x">The point [n].</param>
    /// <param name="start">Where the way to it began [n].</param>
    /// <param name="gradient">The gradient there [n].</param>
    /// <param name="forcing">The relative residual that is enough where the step is found by iteration.</param>
    /// <param name="options">The relative size up to which negative curvature counts as none; threads and cancellation.</param>
    public static NewtonStep At(
        HessianOperator hessian,
        double[] x,
        double[] start,
        double[] gradient,
        double forcing,
        NewtonOptions options
    ) =>
        hessian.Size <= DenseSize
            ? DenseStep.At(hessian, x, start, gradient, options)
            : TruncatedStep.At(hessian, x, start, gradient, forcing, options);

    /// <summary>Downhill by as much as the point is long: all there is to go by where the loss has slope and no curvature.</summary>
    public static NewtonStep Downhill(double[] x, double[] gradient, int products)
    {
        var (length, norm) = (VectorLoops.Norm(x), VectorLoops.Norm(gradient));
        var step = new double[x.Length];
        if (norm > 0)
            VectorLoops.AddScaled(-(length > 0 ? length : 1) / norm, gradient, step);
        return new(step, norm > 0 ? double.PositiveInfinity : 0, false, false, false, norm > 0 ? 1 : 0, true, products);
    }
}
