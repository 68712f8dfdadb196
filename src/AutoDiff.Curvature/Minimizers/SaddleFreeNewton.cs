namespace AutoDiff.Curvature;

/// <summary>Minimizes a loss by Newton's steps with curvature taken by its magnitude, in Krylov spaces, and leaves saddles.</summary>
/// <remarks>
/// <para>
/// Dauphin, Pascanu, Gulcehre, Cho, Ganguli, Bengio 2014 (1406.2572), algorithm 1: with H ≈ Q·T·Qᵀ in the gradient's Krylov space the step is −Q·|T|⁻¹·Qᵀg, |T| by its eigenvalues' magnitudes, which goes downhill in
/// every direction and away from saddles. The space grows until the step couples to the rest by no more than min(½, √(‖g‖/‖g‖max))·‖g‖. Where they try a grid of damping factors, the step is
/// halved until loss and gradient are finite and Armijo's condition holds. Where the gradient is zero, a random vector's Krylov space shows whether the point is a minimum; along its
/// negative curvature the lower side is taken.
/// </para>
/// <para>
/// Cost: a step k products and a gradient for each length tried; memory k vectors [n], at most <see cref="SaddleFreeOptions.Dimension"/> and a gibibyte. The steps do not depend on the units of loss and parameters,
/// but for those of the parameters among each other where k &lt; n.
/// </para>
/// </remarks>
public static class SaddleFreeNewton
{
    /// <summary>A minimum of a loss, from any start, saddles and maxima included.</summary>
    /// <param name="loss">A scalar function of the tree.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="options">Tolerances, limits, key, progress and cancellation.</param>
    /// <exception cref="ArgumentException">The loss is not a scalar, or the start has no element or one that is not finite.</exception>
    /// <exception cref="InvalidOperationException">The loss uses a value that is being differentiated or traced.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the last iterate.</exception>
    public static MinimizerResult<T> Minimize<T>(Func<T, Tensor> loss, T start, SaddleFreeOptions? options = null)
        where T : ITensorTree<T> => Minimize(Objective.Of("SaddleFreeNewton.Minimize", loss, start), start, options);

    /// <summary>A minimum of an objective, without making its plans anew.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="options">Tolerances, limits, key, progress and cancellation.</param>
    /// <exception cref="ArgumentException">The start is none of the objective's points, or has no element or one that is not finite.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the last iterate.</exception>
    public static MinimizerResult<T> Minimize<T>(Objective<T> objective, T start, SaddleFreeOptions? options = null)
        where T : ITensorTree<T>
    {
        Require.NotNull(objective, "SaddleFreeNewton.Minimize");
        return new Run<T>(objective, options ?? new()).From(start);
    }

    private sealed class Run<T>(Objective<T> objective, SaddleFreeOptions options)
        : DescentRun<T>("SaddleFreeNewton.Minimize", objective, options, mostIterations: 1000)
        where T : ITensorTree<T>
    {
        protected override (DescentPoint? Next, Outcome Failure) Advance(DescentPoint at)
        {
            var model = new KrylovStep(at.Hessian, at.Gradient, options.Dimension, options);
            var step = model.Find(KrylovStep.Newton, Math.Min(0.5, Math.Sqrt(at.Norm / State.LargestGradient)));
            Products += model.Products;
            State = State with { LargestCurvature = Math.Max(State.LargestCurvature, model.Norm) };
            if (step is null)
                return (null, Outcome.NotFinite);
            if (!Array.TrueForAll(step, double.IsFinite))
                step = Downhill(at);
            var (next, _, failure) = Search(at, step, 1, SufficientDecrease);
            return (next, failure);
        }
    }
}
