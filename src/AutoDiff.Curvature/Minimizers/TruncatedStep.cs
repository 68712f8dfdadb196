using System.Runtime.InteropServices;

namespace AutoDiff.Curvature;

/// <summary>Newton's step by conjugate gradients on Hessian-vector products, left at negative curvature (Dembo, Eisenstat, Steihaug 1982; Nocedal, Wright 2006, algorithm 7.1).</summary>
internal static class TruncatedStep
{
    public static NewtonStep At(
        HessianOperator hessian,
        double[] x,
        double[] start,
        double[] gradient,
        double forcing,
        NewtonOptions options
    )
    {
        if (VectorLoops.Largest(gradient) == 0)
            return Level(hessian, x, options);
        var downhill = (double[])gradient.Clone();
        VectorLoops.Scale(-1, downhill);
        var solution = ConjugateGradient.Solve(
            hessian,
            downhill,
            new()
            {
                Tolerance = forcing,
                Threads = options.Threads,
                Cancellation = options.Cancellation,
            }
        );
        var values = ImmutableCollectionsMarshal.AsArray(solution.Value)!;
        var negative = solution.Curvature < 0;
        if (values.AsSpan().IndexOfAnyExcept(0.0) < 0)
        {
            if (solution.Outcome == Outcome.NotFinite)
                return NewtonStep.NotFinite(solution.Products);
            if (!negative)
                return NewtonStep.Downhill(x, gradient, solution.Products);
            // The first direction is the gradient's: its curvature gives the step's scale.
            values = downhill;
            VectorLoops.Scale(-1 / solution.Curvature, values);
        }
        var decrement = Math.Sqrt(Math.Max(-VectorLoops.Dot(gradient, values), 0));
        var exact = solution.Outcome == Outcome.Converged && forcing <= options.Tolerance;
        return new(
            values,
            decrement,
            solution.Iterations > 0,
            negative,
            exact && !negative,
            Reach(values, x, start),
            exact,
            solution.Products
        );
    }

    /// <summary>No step, where there is no slope; a random vector's Krylov space tells whether there is curvature.</summary>
    private static NewtonStep Level(HessianOperator hessian, double[] x, NewtonOptions options)
    {
        var range = options.Range(hessian);
        var flat = options.Flat(hessian.Size, range.Norm);
        return double.IsFinite(range.Lowest)
            ? new(new double[x.Length], 0, range.Highest > flat, range.Lowest < -flat, false, 0, true, range.Products)
            : NewtonStep.NotFinite(range.Products);
    }

    private static double Reach(double[] step, double[] x, double[] start)
    {
        var way = (double[])x.Clone();
        VectorLoops.AddScaled(-1, start, way);
        return VectorLoops.Norm(step) / Math.Max(VectorLoops.Norm(x), VectorLoops.Norm(way));
    }
}
