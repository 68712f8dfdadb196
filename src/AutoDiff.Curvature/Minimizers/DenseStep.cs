namespace AutoDiff.Curvature;

/// <summary>Newton's step from the whole Hessian: p = −|H|⁻¹g, with |H| by its eigenvalues' magnitudes.</summary>
/// <remarks>
/// Downhill whatever the curvature (Greenstadt 1967; Nocedal, Wright 2006, section 3.4). The Hessian is first scaled by powers of two to rows of like size (Ruiz 2001),
/// so that parameters of very different units neither hide each other's curvature nor change the step.
/// </remarks>
internal static class DenseStep
{
    private const int Sweeps = 20;

    public static NewtonStep At(HessianOperator hessian, double[] x, double[] start, double[] gradient, NewtonOptions options)
    {
        var n = hessian.Size;
        var matrix = hessian.ToMatrix(options.Part);
        if (Array.Exists(matrix, element => !double.IsFinite(element)))
            return NewtonStep.NotFinite(n);
        var exponents = Equilibrate(matrix, n);
        var scaled = new double[matrix.Length];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var exponent = exponents[i] + exponents[j];
                scaled[(i * n) + j] = 0.5 * (Math.ScaleB(matrix[(i * n) + j], exponent) + Math.ScaleB(matrix[(j * n) + i], exponent));
            }
        }
        var eigen = SymmetricEigen.Decompose(scaled, n, threads: options.Threads, cancellation: options.Cancellation);
        var largest = Math.Max(-eigen.Eigenvalues[0], eigen.Eigenvalues[^1]);
        if (largest == 0 || !eigen.Converged)
            return NewtonStep.Downhill(x, gradient, n);
        var (slopes, point, way) = (new double[n], new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            slopes[i] = Math.ScaleB(gradient[i], exponents[i]);
            point[i] = Math.ScaleB(x[i], -exponents[i]);
            way[i] = Math.ScaleB(x[i] - start[i], -exponents[i]);
        }
        // Curvature that cannot be told from zero counts as the least that can.
        var rounding = eigen.ErrorBounds.Max();
        // Where the point is 0 in a direction and no way was gone along it, its size is a small share of the whole.
        var least = options.Tolerance * Math.Max(VectorLoops.Norm(point), VectorLoops.Norm(way));
        var (step, square, reach) = (new double[n], 0.0, 0.0);
        for (var k = 0; k < n; k++)
        {
            var vector = eigen.Vectors.AsSpan(k * n, n);
            var (slope, curvature) = (VectorLoops.Dot(vector, slopes), Math.Max(Math.Abs(eigen.Eigenvalues[k]), rounding));
            VectorLoops.AddScaled(-slope / curvature, vector, step);
            square += slope / curvature * slope;
            if (curvature > rounding && slope != 0)
            {
                var span = Math.Max(Math.Abs(VectorLoops.Dot(vector, point)), Math.Abs(VectorLoops.Dot(vector, way)));
                reach = Math.Max(reach, Math.Abs(slope / curvature) / Math.Max(span, least));
            }
        }
        for (var i = 0; i < n; i++)
            step[i] = Math.ScaleB(step[i], exponents[i]);
        var flat = Math.Max(rounding, options.Tolerance * largest);
        return Array.TrueForAll(step, double.IsFinite)
            ? new(
                step,
                Math.Sqrt(square),
                eigen.Eigenvalues[^1] > flat,
                eigen.Eigenvalues[0] < -flat,
                eigen.Eigenvalues[0] > rounding,
                reach,
                true,
                n
            )
            : NewtonStep.NotFinite(n);
    }

    /// <summary>Exponents e such that each row of 2^(eᵢ + eⱼ)·aᵢⱼ that is not zero has a largest element of about 1.</summary>
    private static int[] Equilibrate(double[] matrix, int n)
    {
        var exponents = new int[n];
        for (var (sweep, far) = (0, true); far && sweep < Sweeps; sweep++)
        {
            far = false;
            var next = (int[])exponents.Clone();
            for (var i = 0; i < n; i++)
            {
                var largest = int.MinValue;
                for (var j = 0; j < n; j++)
                {
                    if (matrix[(i * n) + j] != 0)
                        largest = Math.Max(largest, Math.ILogB(matrix[(i * n) + j]) + exponents[i] + exponents[j]);
                }
                if (largest == int.MinValue || Math.Abs(largest) <= 1)
                    continue;
                next[i] -= largest / 2;
                far = true;
            }
            exponents = next;
        }
        return exponents;
    }
}
