using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>What a point's gradient and curvature say of the critical point nearby.</summary>
internal static class NewtonModel
{
    /// <summary>Newton's step [n] to the critical point, dᵢ = −gᵢ/λᵢ in the eigenvectors' directions, with |λᵢ| no less than its bound and |gᵢ| less <paramref name="noise"/>; what is infinite, and so unknown, is left out.</summary>
    public static double[] Step(EigenDecomposition eigen, ReadOnlySpan<double> bounds, double[] gradient, double noise)
    {
        var step = new double[gradient.Length];
        for (var i = 0; i < step.Length; i++)
        {
            var vector = eigen.Vectors.AsSpan().Slice(i * step.Length, step.Length);
            var along = VectorLoops.Dot(vector, gradient);
            along = Math.CopySign(Math.Max(Math.Abs(along) - Known(noise), 0), along);
            if (along == 0)
                continue;
            var curvature = Math.CopySign(Math.Max(Math.Abs(eigen.Eigenvalues[i]), Known(bounds[i])), eigen.Eigenvalues[i]);
            VectorLoops.AddScaled(-along / curvature, vector, step);
        }
        return step;
    }

    /// <summary>The largest |dᵢ| ⁄ max(1, |xᵢ|) of a step d [n] from x [n]; ∞ where there is no curvature to stop the gradient.</summary>
    public static double Displacement(ReadOnlySpan<double> step, double[] x)
    {
        var largest = 0.0;
        for (var i = 0; i < step.Length; i++)
            largest = Math.Max(largest, Math.Abs(step[i]) / Math.Max(1, Math.Abs(x[i])));
        return double.IsNaN(largest) ? double.PositiveInfinity : largest;
    }

    /// <summary>What rounding can make of an eigenvalue that is zero: 10·max(n, 10)·ε·‖H‖_F for the eigenvalues and a factorization, and twice the Hessian's own error.</summary>
    public static double Rounding(EigenDecomposition eigen, double hessianError) =>
        Rounding(eigen.Size, VectorLoops.Norm(eigen.Eigenvalues.AsSpan()), hessianError);

    /// <summary>The same for n parameters and ‖H‖_F.</summary>
    public static double Rounding(int size, double frobenius, double hessianError)
    {
        var level = 10 * Math.Max(size, 10) * Roundoff.Epsilon * frobenius;
        return Math.Min(Math.Max(level, double.Epsilon) + (2 * hessianError), double.MaxValue);
    }

    /// <summary>For each eigenvalue the magnitude up to which the gradient's error can hide that the critical point is farther than the tolerance [n]: error·maxⱼ(|vⱼ| ⁄ max(1, |xⱼ|)) ⁄ tolerance, v the eigenvector.</summary>
    public static double[] Hidden(EigenDecomposition eigen, double gradientError, double[] x, double tolerance)
    {
        var hidden = new double[x.Length];
        for (var i = 0; i < hidden.Length && gradientError > 0; i++)
            hidden[i] = gradientError * (Displacement(eigen.Vectors.AsSpan().Slice(i * x.Length, x.Length), x) / tolerance);
        return hidden;
    }

    /// <summary>τ at a critical point x from which Newton's model takes a step d [n]: what rounding makes of zero, what it hides, and the curvature's change over d three times.</summary>
    /// <remarks>
    /// First by the norm of H(x + d) − H(x), from eight products. Where that leaves an eigenvalue undecided, the eigenvalues at x + d are computed and each is
    /// held against its own change Δᵢ; τ is then the largest of the bounds that were not passed, or half way to the next eigenvalue where that is less.
    /// </remarks>
    public static double Threshold(
        EigenDecomposition eigen,
        double rounding,
        double[] hidden,
        HessianOperator here,
        HessianOperator there,
        CurvatureOptions options
    )
    {
        var stays = here == there;
        var change = stays ? 0 : RoundingError.Change(here, there, options);
        var magnitudes = eigen.Eigenvalues.Select(Math.Abs).ToArray();
        var decided = magnitudes.Zip(hidden).All(one => one.First > rounding + one.Second + (3 * change));
        // Nothing undecided, or nothing that eigenvalues at x + d could decide.
        if (decided || magnitudes.Max() <= rounding || !double.IsFinite(change))
            return Math.Min(double.IsNaN(change) ? double.MaxValue : rounding + (3 * change), double.MaxValue);
        var moved = stays ? eigen.Eigenvalues : Eigenvalues(there, options);
        var (threshold, largest, next) = (rounding, 0.0, double.PositiveInfinity);
        for (var i = 0; i < magnitudes.Length; i++)
        {
            var bound = rounding + hidden[i] + (3 * Math.Abs(moved[i] - eigen.Eigenvalues[i]));
            if (magnitudes[i] <= bound)
                (threshold, largest) = (Math.Max(threshold, bound), Math.Max(largest, magnitudes[i]));
        }
        foreach (var magnitude in magnitudes)
            next = magnitude > largest ? Math.Min(next, magnitude) : next;
        return Math.Clamp((0.5 * largest) + (0.5 * next), rounding, Math.Min(threshold, double.MaxValue));
    }

    private static ImmutableArray<double> Eigenvalues(HessianOperator hessian, CurvatureOptions options)
    {
        var matrix = hessian.ToMatrix(options.Part);
        SymmetricMatrix.Symmetrize(matrix, hessian.Size);
        return SymmetricEigen.Decompose(matrix, hessian.Size, vectors: false, options.Threads, options.Cancellation).Eigenvalues;
    }

    private static double Known(double bound) => double.IsFinite(bound) ? bound : 0;
}
