namespace AutoDiff.Curvature;

/// <summary>Where a symmetric operator's eigenvalues lie, from the Krylov space of a random vector, and how sure that is.</summary>
/// <param name="Lowest">The smallest Ritz value, never below the smallest eigenvalue; NaN where a product is not finite.</param>
/// <param name="Highest">The largest Ritz value.</param>
/// <param name="Floor">No eigenvalue is below it, but for a chance of at most <see cref="Chance"/>.</param>
/// <param name="Ceiling">None is above it: that either is wrong has that chance.</param>
/// <param name="Vector">The unit Ritz vector [n] of the smallest.</param>
/// <param name="Products">How many products it took.</param>
/// <remarks>
/// From a start that is uniform on the sphere each end is missed by more than δ·(λmax − λmin) with half the chance, see <see cref="RandomStart"/>: the range seen is then at least 1 − 2δ of the whole.
/// Where the space is invariant the Ritz values are eigenvalues, and none is missing.
/// </remarks>
internal sealed record SpectralRange(double Lowest, double Highest, double Floor, double Ceiling, double[] Vector, int Products)
{
    /// <summary>The chance of being wrong.</summary>
    public const double Chance = 1e-6;

    /// <summary>The largest magnitude met.</summary>
    public double Norm => Math.Max(Math.Abs(Lowest), Math.Abs(Highest));

    /// <summary>The range seen in a number of steps, fewer where a Ritz value below <paramref name="enough"/> of the norm so far is met.</summary>
    /// <param name="a">The operator.</param>
    /// <param name="key">What the start is drawn from.</param>
    /// <param name="most">The most steps.</param>
    /// <param name="enough">Whether a lowest value and the norm met say enough, so that no more needs to be known.</param>
    /// <param name="options">Cancellation.</param>
    public static SpectralRange Of(LinearOperator a, Key key, int most, Func<double, double, bool> enough, RunOptions options)
    {
        var model = new KrylovModel(a, key.Normal([a.Size]).ToArray());
        var (steps, check) = (KrylovModel.Steps(a.Size, most), 4);
        while (true)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            if (!model.Extend())
                return new(double.NaN, double.NaN, double.NegativeInfinity, double.PositiveInfinity, [], model.Count);
            var last = model.Count >= steps || model.IsInvariant;
            if (!last && model.Count < check)
                continue;
            check = (3 * check / 2) + 1;
            var eigen = model.Eigen();
            var (lowest, highest) = (eigen.Eigenvalues[0], eigen.Eigenvalues[^1]);
            if (!last && !enough(lowest, Math.Max(Math.Abs(lowest), Math.Abs(highest))))
                continue;
            var miss = model.IsInvariant
                ? a.Size * Roundoff.Epsilon * Math.Max(Math.Abs(lowest), Math.Abs(highest))
                : Miss(a.Size, model.Count) * (highest - lowest);
            return new(lowest, highest, lowest - miss, highest + miss, model.Vector(eigen, 0), model.Count);
        }
    }

    /// <summary>What may be missed at an end, of the range seen; ∞ where the steps are too few to say.</summary>
    private static double Miss(int n, int steps)
    {
        var share = RandomStart.Share(n, steps, Chance / 2);
        return share < 0.5 ? share / (1 - (2 * share)) : double.PositiveInfinity;
    }
}
