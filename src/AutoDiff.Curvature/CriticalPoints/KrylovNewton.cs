namespace AutoDiff.Curvature;

/// <summary>Newton's step to the critical point nearby, from the gradient's Krylov space.</summary>
/// <param name="Step">d [n] with Hd ≈ −g, each Ritz value taken to be no smaller in magnitude than a bound.</param>
/// <param name="Certain">The same for the part of the gradient that exceeds its error.</param>
internal sealed record KrylovNewton(double[] Step, double[] Certain)
{
    private const int MostSteps = 256;
    private const double Tolerance = 1e-3; // of the gradient: a displacement is asked for in order of magnitude

    /// <summary>The step, or null where Newton's equations are not solved within the steps there is room for.</summary>
    public static KrylovNewton? From(
        LinearOperator hessian,
        double[] gradient,
        double gradientError,
        double bound,
        CurvatureOptions options
    )
    {
        var model = new KrylovModel(hessian, gradient);
        if (model.StartNorm == 0)
            return new(new double[gradient.Length], new double[gradient.Length]);
        var (steps, check) = (KrylovModel.Steps(gradient.Length, MostSteps), 2);
        var noise = double.IsFinite(gradientError) ? gradientError : 0;
        while (model.Extend())
        {
            options.Cancellation.ThrowIfCancellationRequested();
            var last = model.Count == steps || model.IsInvariant;
            if (!last && model.Count < check)
                continue;
            check = (5 * check / 4) + 1;
            var eigen = model.Eigen();
            var slopes = model.Start(eigen);
            var step = Coefficients(eigen, slopes, bound, 0);
            if (model.Residual(eigen, step) <= Math.Max(Tolerance * model.StartNorm, noise))
                return new(model.Vector(eigen, step), model.Vector(eigen, Coefficients(eigen, slopes, bound, noise)));
            if (last)
                return null;
        }
        return null;
    }

    private static double[] Coefficients(EigenDecomposition eigen, double[] slopes, double bound, double noise)
    {
        var step = new double[slopes.Length];
        for (var i = 0; i < step.Length; i++)
        {
            var slope = Math.CopySign(Math.Max(Math.Abs(slopes[i]) - noise, 0), slopes[i]);
            if (slope != 0)
                step[i] = -slope / Math.CopySign(Math.Max(Math.Abs(eigen.Eigenvalues[i]), bound), eigen.Eigenvalues[i]);
        }
        return step;
    }
}
