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
            return Level(hessian, x);
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

    /// <summary>No step, where there is no slope; one product, with a vector of ones, tells whether there is curvature.</summary>
    private static NewtonStep Level(HessianOperator hessian, double[] x)
    {
        var ones = new double[x.Length];
        Array.Fill(ones, 1);
        var curvature = VectorLoops.Dot(ones, hessian.Apply(ones).AsSpan());
        return double.IsFinite(curvature)
            ? new(new double[x.Length], 0, curvature > 0, curvature < 0, false, 0, true, 1)
            : NewtonStep.NotFinite(1);
    }

    private static double Reach(double[] step, double[] x, double[] start)
    {
        var way = (double[])x.Clone();
        VectorLoops.AddScaled(-1, start, way);
        return VectorLoops.Norm(step) / Math.Max(VectorLoops.Norm(x), VectorLoops.Norm(way));
    }
}
