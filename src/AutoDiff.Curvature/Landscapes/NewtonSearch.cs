namespace AutoDiff.Curvature;

/// <summary>Newton's steps −Σ gᵢ/λᵢ·vᵢ to the critical point near a start, of whatever index; what hardly curves is left out.</summary>
internal sealed class NewtonSearch<T>(Objective<T> objective, double reach, RunOptions options)
    where T : ITensorTree<T>
{
    private const int Steps = 20;
    private const double Flat = 1e-8;
    private const double Enough = 1e-10;

    public int Products { get; private set; }

    /// <summary>The smallest eigenvalue at the last point looked at.</summary>
    public double Smallest { get; private set; } = double.NaN;

    /// <summary>The largest eigenvalue there.</summary>
    public double Largest { get; private set; } = double.NaN;

    /// <summary>The critical point; null where steps lead out of reach or to what is not finite, or do not become short.</summary>
    public double[]? From(double[] start)
    {
        var (n, x, gradient) = (start.Length, (double[])start.Clone(), new double[start.Length]);
        for (var i = 0; i < Steps; i++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            objective.ValueAndGradient(x, gradient);
            var matrix = objective.Hessian(x).ToMatrix(options.Part);
            Products += n;
            if (!Array.TrueForAll(gradient, double.IsFinite) || !Array.TrueForAll(matrix, double.IsFinite))
                return null;
            SymmetricMatrix.Symmetrize(matrix, n);
            var eigen = SymmetricEigen.Decompose(matrix, n, vectors: true, options.Threads, options.Cancellation);
            (Smallest, Largest) = (eigen.Eigenvalues[0], eigen.Eigenvalues[^1]);
            var (step, flat) = (new double[n], Flat * Math.Max(Math.Abs(Smallest), Math.Abs(Largest)));
            for (var k = 0; k < n; k++)
            {
                var vector = eigen.Vectors.AsSpan(k * n, n);
                if (Math.Abs(eigen.Eigenvalues[k]) > flat)
                    VectorLoops.AddScaled(-VectorLoops.Dot(vector, gradient) / eigen.Eigenvalues[k], vector, step);
            }
            VectorLoops.AddScaled(1, step, x);
            if (!(Polyline.Distance(start, x) <= reach))
                return null;
            if (VectorLoops.Norm(step) <= Enough * reach)
                return x;
        }
        return null;
    }
}
