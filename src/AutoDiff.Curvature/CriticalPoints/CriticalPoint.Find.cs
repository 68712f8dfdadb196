namespace AutoDiff.Curvature;

/// <content>Looks for critical points.</content>
public static partial class CriticalPoint
{
    /// <summary>The critical points that searches from some starts come to.</summary>
    /// <param name="loss">A scalar function of the tree.</param>
    /// <param name="starts">Where to begin; see <see cref="Starts"/>.</param>
    /// <param name="options">Method, tolerances, symmetries, limits, threads, progress and cancellation.</param>
    /// <inheritdoc cref="Find{T}(Objective{T}, IReadOnlyList{T}, FindOptions{T})" path="/remarks"/>
    /// <exception cref="ArgumentException">There is no start, one has no element or one that is not finite, or the loss is not a scalar.</exception>
    /// <exception cref="InvalidOperationException">The loss uses a value that is being differentiated or traced.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds what was found.</exception>
    public static CriticalPoints<T> Find<T>(Func<T, Tensor> loss, IReadOnlyList<T> starts, FindOptions<T>? options = null)
        where T : ITensorTree<T>
    {
        Require.NotNull(starts, "CriticalPoint.Find");
        Require.That(starts.Count > 0, $"[CriticalPoint.Find] got no starts for a loss; expected at least one, which tells the shapes");
        return Find(Objective.Of("CriticalPoint.Find", loss, starts[0]), starts, options);
    }

    /// <summary>The critical points of an objective that searches from some starts come to, without making its plans anew.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="starts">Where to begin; see <see cref="Starts"/>.</param>
    /// <param name="options">Method, tolerances, symmetries, limits, threads, progress and cancellation.</param>
    /// <remarks>
    /// <para>
    /// Each search makes ½‖g‖² small by the <see cref="FindOptions{T}.Method"/>, which also tells its cost in products and memory, so that saddles and maxima draw it as
    /// minima do. Where it ends the point is classified, once for all ends within <see cref="FindOptions{T}.SameDistance"/> of each other, and counts if its gradient is
    /// zero as <see cref="Classify{T}(Objective{T}, T, CurvatureOptions)"/> has it; a place where only ‖g‖ is stationary is a failure named <see cref="Outcome.FlatGradient"/>.
    /// </para>
    /// <para>What is not found from these starts is not known not to exist.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">A start is none of the objective's points, or has no element or one that is not finite.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds what was found.</exception>
    public static CriticalPoints<T> Find<T>(Objective<T> objective, IReadOnlyList<T> starts, FindOptions<T>? options = null)
        where T : ITensorTree<T>
    {
        Require.NotNull(objective, "CriticalPoint.Find");
        Require.NotNull(starts, "CriticalPoint.Find");
        objective.RequireParameters("CriticalPoint.Find");
        var points = new double[starts.Count][];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = objective.Ravel("CriticalPoint.Find", starts[i]);
            Require.Finite("CriticalPoint.Find", $"start {i}", points[i]);
        }
        return new FindWork<T>(objective, points, options ?? new()).Run();
    }
}
