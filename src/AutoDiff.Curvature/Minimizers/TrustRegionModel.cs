namespace AutoDiff.Curvature;

/// <summary>The lowest point of a quadratic model within a radius, in the coordinates of its eigenvectors.</summary>
/// <remarks>
/// sᵢ = −cᵢ/(θᵢ + λ), λ ≥ max(0, −θmin) such that ‖s‖ = Δ, or λ = 0 where that is within (Moré, Sorensen 1983). In the hard case, where no such λ is long
/// enough, what is missing is gone along the eigenvector of θmin, on the side that the slope, if any, points to.
/// </remarks>
internal static class TrustRegionModel
{
    private const int Bisections = 200;

    /// <summary>s [k] for eigenvalues θ, slopes c [k] and a radius Δ.</summary>
    public static double[] Solve(EigenDecomposition eigen, double[] slopes, double radius)
    {
        var lowest = eigen.Eigenvalues[0];
        var spread = Math.Max(Math.Abs(lowest), Math.Abs(eigen.Eigenvalues[^1]));
        var rounding = 10 * slopes.Length * Roundoff.Epsilon * spread;
        if (lowest > rounding && At(0) is var inside && VectorLoops.Norm(inside) <= radius)
            return inside;
        // λ is parted as base + t, so that t keeps its digits where θmin + base is 0.
        var (low, high) = (rounding / 10, (VectorLoops.Norm(slopes) / radius) + rounding);
        var least = At(low);
        if (VectorLoops.Norm(least) <= radius)
            return lowest < -rounding ? Lengthened(least) : least;
        for (var i = 0; i < Bisections && high > low * (1 + (4 * Roundoff.Epsilon)); i++)
        {
            var middle = low > 0 ? Math.Sqrt(low) * Math.Sqrt(high) : high / 2;
            if (VectorLoops.Norm(At(middle)) > radius)
                low = middle;
            else
                high = middle;
        }
        return At(high);

        double[] At(double t)
        {
            var step = new double[slopes.Length];
            for (var i = 0; i < step.Length; i++)
            {
                if (slopes[i] != 0)
                    step[i] = -slopes[i] / (eigen.Eigenvalues[i] + Math.Max(0, -lowest) + t);
            }
            return step;
        }

        double[] Lengthened(double[] step)
        {
            var rest = Math.Sqrt(
                Math.Max(0, ((radius - VectorLoops.Norm(step)) * (radius + VectorLoops.Norm(step))) + (step[0] * step[0]))
            );
            step[0] = Math.CopySign(rest, -slopes[0]);
            return step;
        }
    }
}
