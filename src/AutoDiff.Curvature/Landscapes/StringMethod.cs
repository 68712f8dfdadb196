namespace AutoDiff.Curvature;

/// <summary>Joins two minima by a string of images that slides down across itself and is kept equally spaced (E, Ren, Vanden-Eijnden 2002, 2007).</summary>
public static class StringMethod
{
    /// <summary>The path of least loss between two points, with the saddle it passes.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="from">One end, which stays: a minimum.</param>
    /// <param name="to">The other.</param>
    /// <param name="options">Images, tolerance, limits, threads (which share the images), progress and cancellation.</param>
    /// <param name="via">Points that the first path goes by, in order; null for a straight one.</param>
    /// <remarks>
    /// <para>
    /// A move is x ← x − h·g⊥ for each image, then all are put at equal distances along the straight pieces between them (the 2007 paper's simplification: no
    /// differential equation with a Lagrange term). g⊥ is the gradient less its part along the tangent, pointing to the higher neighbour (Henkelman, Jónsson 2000): the other part, which the 2007 paper
    /// leaves in, moves images only along the string, to be moved back with an interpolation's error. At rest the gradient lies along the path: a path of least loss.
    /// </para>
    /// <para>
    /// The top, by a parabola through the three highest images, is carried on to a critical point by steps up along the path's direction and down along all
    /// others, −Σ gᵢ/|λᵢ|·vᵢ but with the sign turned for the one mode (Cerjan, Miller 1981): by all eigenvalues up to 128 parameters, beyond them by the lowest pair of
    /// <see cref="Lanczos"/> and <see cref="ConjugateGradient"/>. Then it is classified by <see cref="CriticalPoint"/>.
    /// </para>
    /// <para>
    /// K − 2 gradients a move and about as many losses, divided among the threads, the same bits for any number; n products a step of the refinement, or those of Lanczos and
    /// conjugate gradients, counted; what the classification takes comes on top. 4·K·n numbers in memory. A path over several passes shows the highest; for the others join the minimum between.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentException">A point is none of the objective's or not finite, or all are the same.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the last path.</exception>
    public static MinimumPath<T> Connect<T>(Objective<T> objective, T from, T to, PathOptions? options = null, IReadOnlyList<T>? via = null)
        where T : ITensorTree<T> =>
        new PathRun<T>("StringMethod.Connect", objective, options ?? new(), band: false).Between(from, to, via ?? []);
}
