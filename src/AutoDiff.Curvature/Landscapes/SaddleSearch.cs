namespace AutoDiff.Curvature;

/// <summary>From near a pass to the critical point itself: up along one mode of the Hessian, down along all others (Cerjan, Miller 1981; Wales 1994).</summary>
internal sealed class SaddleSearch<T>(Objective<T> objective, double reach, double limit, RunOptions options)
    where T : ITensorTree<T>
{
    private const int Steps = 50;
    private const int MostDense = 128;
    private const double Enough = 1e-12;

    public int Products { get; private set; }

    public int Evaluations { get; private set; }

    /// <summary>Where it ends; null where a step leaves the finite or the neighbourhood, or steps do not become short.</summary>
    /// <param name="start">The start [n].</param>
    /// <param name="direction">The unit direction [n] to go up along.</param>
    public double[]? From(double[] start, double[] direction)
    {
        var (x, gradient) = ((double[])start.Clone(), new double[start.Length]);
        for (var i = 0; i < Steps; i++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            objective.ValueAndGradient(x, gradient);
            Evaluations++;
            if (!Array.TrueForAll(gradient, double.IsFinite))
                return null;
            var (step, mode, norm) = x.Length <= MostDense ? Dense(x, gradient, direction) : Krylov(x, gradient, direction);
            if (step is null)
                return null;
            direction = mode;
            var length = VectorLoops.Norm(step);
            VectorLoops.AddScaled(Math.Min(1, reach / length), step, x);
            if (!(Polyline.Distance(start, x) <= limit))
                return null;
            // What rounding of the point leaves of the gradient cannot be stepped away.
            if (length <= Enough * reach || VectorLoops.Norm(gradient) <= Roundoff.Epsilon * norm * VectorLoops.Norm(x))
                return x;
        }
        return null;
    }

    /// <summary>By all eigenvalues: the mode is the one nearest the direction.</summary>
    private (double[]? Step, double[] Mode, double Norm) Dense(double[] x, double[] gradient, double[] direction)
    {
        var n = x.Length;
        var matrix = objective.Hessian(x).ToMatrix(options.Part);
        Products += n;
        if (!Array.TrueForAll(matrix, double.IsFinite))
            return (null, direction, 0);
        SymmetricMatrix.Symmetrize(matrix, n);
        var eigen = SymmetricEigen.Decompose(matrix, n, vectors: true, options.Threads, options.Cancellation);
        var (mode, nearest) = (0, -1.0);
        for (var k = 0; k < n; k++)
        {
            var overlap = Math.Abs(VectorLoops.Dot(eigen.Vectors.AsSpan(k * n, n), direction));
            (mode, nearest) = overlap > nearest ? (k, overlap) : (mode, nearest);
        }
        var norm = Math.Max(Math.Abs(eigen.Eigenvalues[0]), Math.Abs(eigen.Eigenvalues[^1]));
        var step = new double[n];
        for (var k = 0; k < n; k++)
        {
            var vector = eigen.Vectors.AsSpan(k * n, n);
            // Curvature that rounding explains is no divisor.
            var curvature = Math.Max(Math.Abs(eigen.Eigenvalues[k]), n * Roundoff.Epsilon * norm);
            if (curvature > 0)
                VectorLoops.AddScaled((k == mode ? 1 : -1) * VectorLoops.Dot(vector, gradient) / curvature, vector, step);
        }
        return (Array.TrueForAll(step, double.IsFinite) ? step : null, eigen.Vectors.AsSpan(mode * n, n).ToArray(), norm);
    }

    /// <summary>By the lowest pair: the Hessian with that eigenvalue's sign turned is positive definite at a saddle of index 1.</summary>
    private (double[]? Step, double[] Mode, double Norm) Krylov(double[] x, double[] gradient, double[] direction)
    {
        var hessian = objective.Hessian(x);
        var pairs = Lanczos.Smallest(
            hessian,
            1,
            new()
            {
                Threads = options.Threads,
                Cancellation = options.Cancellation,
                Start = [.. direction],
            }
        );
        Products += pairs.Products;
        if (pairs.Value.IsEmpty)
            return (null, direction, 0);
        var (value, mode) = (pairs.Value[0].Value, pairs.Value[0].Vector.ToArray());
        var turned = new double[x.Length];
        VectorLoops.AddScaled(-1, gradient, turned);
        VectorLoops.AddScaled(2 * VectorLoops.Dot(mode, gradient), mode, turned);
        var reflected = new Reflected(hessian, mode, Math.Abs(value) - value);
        var solution = ConjugateGradient.Solve(reflected, turned, new() { Cancellation = options.Cancellation });
        Products += solution.Products;
        var step = solution.Outcome == Outcome.NotFinite ? null : solution.Value.ToArray();
        return (step, value < 0 ? mode : direction, pairs.Norm);
    }

    /// <summary>A + s·vvᵀ.</summary>
    private sealed class Reflected(LinearOperator a, double[] v, double s) : LinearOperator(a.Size)
    {
        protected override void Product(ReadOnlySpan<double> x, Span<double> y)
        {
            a.Apply(x, y);
            VectorLoops.AddScaled(s * VectorLoops.Dot(v, x), v, y);
        }
    }
}
