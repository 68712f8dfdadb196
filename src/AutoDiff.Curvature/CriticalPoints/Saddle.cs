namespace AutoDiff.Curvature;

/// <summary>Leaves saddles.</summary>
public static class Saddle
{
    /// <summary>The lowest point found along the most negative eigenvector, both ways.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="point">The saddle, as classified.</param>
    /// <param name="options">Progress and cancellation.</param>
    /// <remarks>
    /// From the quadratic model's own scale the step is halved until the loss falls, doubled while it falls further, and the bracket narrowed by golden
    /// section to a relative 1e-6 (Press et al. 2007, section 10.2). A point whose lowest eigenvalue is not certainly negative is left where it is.
    /// A loss that is NaN or +∞ bounds the search like a higher one; where it still falls towards such a bound, or to −∞, the outcome is
    /// <see cref="Outcome.NotFinite"/> at the lowest finite point met. Some hundred evaluations of the loss; no products.
    /// </remarks>
    /// <exception cref="ArgumentException">The loss is not a scalar.</exception>
    /// <exception cref="InvalidOperationException">The loss uses a value that is being differentiated or traced.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">The search was cancelled; the exception holds the lowest point met.</exception>
    public static Escape<T> Escape<T>(Func<T, Tensor> loss, CriticalPoint<T> point, RunOptions? options = null)
        where T : ITensorTree<T> => Escape(loss, point, 1, options);

    /// <summary>The same for an objective, without making its plans anew.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="point">The saddle, as classified.</param>
    /// <param name="options">Progress and cancellation.</param>
    /// <exception cref="ArgumentException">The point is none of the objective's.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">The search was cancelled; the exception holds the lowest point met.</exception>
    public static Escape<T> Escape<T>(Objective<T> objective, CriticalPoint<T> point, RunOptions? options = null)
        where T : ITensorTree<T> => Escape(objective, point, 1, options);

    /// <summary>The lowest point found along some of the most negative eigenvectors and their best combination.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="point">The saddle, as classified.</param>
    /// <param name="directions">How many eigenvectors are searched, of those that <see cref="CriticalPoint{T}.LowestPairs"/> has; fewer where fewer are certainly negative.</param>
    /// <param name="options">Progress and cancellation.</param>
    /// <exception cref="ArgumentException">The loss is not a scalar, or there is not at least one direction.</exception>
    /// <exception cref="InvalidOperationException">The loss uses a value that is being differentiated or traced.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">The search was cancelled; the exception holds the lowest point met.</exception>
    public static Escape<T> Escape<T>(Func<T, Tensor> loss, CriticalPoint<T> point, int directions, RunOptions? options = null)
        where T : ITensorTree<T>
    {
        Require.NotNull(point, "Saddle.Escape");
        return Escape(Objective.Of("Saddle.Escape", loss, point.Point), point, directions, options);
    }

    /// <summary>The same for an objective, without making its plans anew.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="point">The saddle, as classified.</param>
    /// <param name="directions">How many eigenvectors are searched.</param>
    /// <param name="options">Progress and cancellation.</param>
    /// <remarks>
    /// Each line is searched both ways, as with one. Then, where more than one of k eigenvectors lowered the loss, their combination Σ tᵢ·vᵢ, tᵢ the step along each: the lowest point of a loss
    /// that is a sum of functions along them, so that gradient and curvature beyond the quadratic model both have their say. The lowest point of the k + 1 lines is taken.
    /// Some hundred evaluations of the loss a line; no products; k + 2 vectors [n].
    /// </remarks>
    /// <exception cref="ArgumentException">The point is none of the objective's, or there is not at least one direction.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">The search was cancelled; the exception holds the lowest point met.</exception>
    public static Escape<T> Escape<T>(Objective<T> objective, CriticalPoint<T> point, int directions, RunOptions? options = null)
        where T : ITensorTree<T>
    {
        Require.NotNull(objective, "Saddle.Escape");
        Require.NotNull(point, "Saddle.Escape");
        Require.Positive("Saddle.Escape", "a number of directions of", directions);
        return new EscapeSearch<T>(objective, point, directions, options ?? new()).Run();
    }
}
