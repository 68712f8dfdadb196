using System.Runtime.InteropServices;

namespace AutoDiff.Curvature;

/// <summary>Minimizes a loss by truncated Newton steps.</summary>
public static class Newton
{
    private const double SufficientDecrease = 1e-4;
    private const int Halvings = 40;

    /// <summary>A point of small gradient, from a start near a minimum.</summary>
    /// <param name="loss">A scalar function of the tree.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="options">Tolerance, limits, progress and cancellation.</param>
    /// <remarks>
    /// Each step solves Hp = −g by conjugate gradients on exact Hessian-vector products to the relative residual min(½, √‖g‖), which makes convergence
    /// superlinear (Dembo, Eisenstat, Steihaug 1982; Nocedal, Wright 2006, algorithm 7.1), leaves at negative curvature along it, and is halved until it meets
    /// Armijo's condition. Where rounding hides the decrease of the loss, a decrease of the gradient counts.
    /// </remarks>
    /// <exception cref="ArgumentException">The loss is not a scalar, or is not finite at the start.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static NewtonResult<T> Minimize<T>(Func<T, Tensor> loss, T start, NewtonOptions? options = null)
        where T : ITensorTree<T>
    {
        options ??= new();
        var flat = new FlatLoss<T>(loss, start, "Newton.Minimize");
        var (x, gradient, products) = (FlatLoss<T>.Flatten(start), new double[flat.Size], 0);
        var value = flat.ValueAndGradient(x, gradient);
        Check.Finite("Newton.Minimize", "the loss", [value]);
        for (var iteration = 0; ; iteration++)
        {
            var norm = VectorLoops.Norm(gradient);
            options.Progress?.Report(new(iteration, value, norm));
            if (norm <= options.GradientTolerance)
                return End(Outcome.Converged, iteration);
            if (iteration == options.MaxIterations)
                return End(Outcome.MaxIterations, iteration);
            options.Cancellation.ThrowIfCancellationRequested();
            var (step, used) = Direction(flat.Hessian(x), gradient, norm, options.Cancellation);
            products += used;
            if (!Advance(flat, x, gradient, ref value, step))
                return End(Outcome.Breakdown, iteration);
        }

        NewtonResult<T> End(Outcome outcome, int iterations) =>
            new(flat.Unflatten(x), value, VectorLoops.Norm(gradient), iterations, products, outcome);
    }

    /// <summary>An approximate solution of Hp = −g, or, where the first direction already has negative curvature, that direction downhill.</summary>
    private static (double[] Step, int Products) Direction(
        HessianOperator hessian,
        double[] gradient,
        double norm,
        CancellationToken cancellation
    )
    {
        var downhill = (double[])gradient.Clone();
        VectorLoops.Scale(-1, downhill);
        var solution = ConjugateGradient.Solve(hessian, downhill, new() { Tolerance = Math.Min(0.5, Math.Sqrt(norm)) }, cancellation);
        var usable = solution.Iterations > 0 && solution.Value.AsSpan().IndexOfAnyExcept(0.0) >= 0;
        return (usable ? ImmutableCollectionsMarshal.AsArray(solution.Value)! : downhill, solution.Products);
    }

    /// <summary>Moves x along the step, shortened as needed; false where no length of it helps.</summary>
    private static bool Advance<T>(FlatLoss<T> flat, double[] x, double[] gradient, ref double value, double[] step)
        where T : ITensorTree<T>
    {
        var slope = VectorLoops.Dot(gradient, step);
        if (!(slope < 0))
            return false;
        var (trial, trialGradient, norm) = (new double[x.Length], new double[x.Length], VectorLoops.Norm(gradient));
        var length = 1.0;
        for (var i = 0; i < Halvings; i++, length /= 2)
        {
            x.CopyTo(trial, 0);
            VectorLoops.AddScaled(length, step, trial);
            var lower = flat.ValueAndGradient(trial, trialGradient);
            var noise = 1e-14 * Math.Abs(value);
            var enough = lower <= value + (SufficientDecrease * length * slope);
            if (enough || (lower <= value + noise && VectorLoops.Norm(trialGradient) < norm))
            {
                trial.CopyTo(x, 0);
                trialGradient.CopyTo(gradient, 0);
                value = lower;
                return true;
            }
        }
        return false;
    }
}
