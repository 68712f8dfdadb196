namespace AutoDiff.Curvature;

/// <summary>Joins two minima by images that springs hold apart and that slide down across their band, the highest climbing (Henkelman, Uberuaga, Jónsson 2000).</summary>
public static class ElasticBand
{
    /// <summary>The path of least loss between two points, with the saddle it passes.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="from">One end, which stays: a minimum.</param>
    /// <param name="to">The other.</param>
    /// <param name="options">Images, spring, tolerance, limits, threads (which share the images), progress and cancellation.</param>
    /// <param name="via">Points that the first path goes by, in order; null for a straight one.</param>
    /// <remarks>
    /// <para>
    /// The climbing-image nudged elastic band: image i moves by −h·g⊥ + s/2·(|xᵢ₊₁ − xᵢ| − |xᵢ − xᵢ₋₁|)·τ, s the <see cref="PathOptions.Spring"/> and τ the improved tangent, to the higher
    /// neighbour and weighted by the differences of loss at an extremum (Henkelman, Jónsson 2000). Once the largest g⊥ is a tenth of the first path's gradient, the highest image above both
    /// ends moves up along τ in place of its spring: by Newton's step along it, −gᵀτ/τᵀHτ where τᵀHτ &lt; 0, at most a quarter of the distance between images.
    /// So it comes to rest at the saddle itself.
    /// </para>
    /// <para>
    /// The rest, refinement and classification of the top too, as <see cref="StringMethod"/>; one product with the Hessian more in each move with a climbing image.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentException">A point is none of the objective's or not finite, or all are the same.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the last path.</exception>
    public static MinimumPath<T> Connect<T>(Objective<T> objective, T from, T to, PathOptions? options = null, IReadOnlyList<T>? via = null)
        where T : ITensorTree<T> =>
        new PathRun<T>("ElasticBand.Connect", objective, options ?? new(), band: true).Between(from, to, via ?? []);
}
