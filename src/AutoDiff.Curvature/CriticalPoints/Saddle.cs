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
    /// <see cref="Outcome.NotFinite"/> at the lowest finite point met.
    /// </remarks>
    /// <exception cref="ArgumentException">The loss is not a scalar.</exception>
    /// <exception cref="InvalidOperationException">The loss uses a value that is being differentiated or traced.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">The search was cancelled; the exception holds the lowest point met.</exception>
    public static Escape<T> Escape<T>(Func<T, Tensor> loss, CriticalPoint<T> point, RunOptions? options = null)
        where T : ITensorTree<T>
    {
        Require.NotNull(point, "Saddle.Escape");
        return Escape(Objective.Of("Saddle.Escape", loss, point.Point), point, options);
    }

    /// <summary>The same for an objective, without making its plans anew.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="point">The saddle, as classified.</param>
    /// <param name="options">Progress and cancellation.</param>
    /// <exception cref="ArgumentException">The point is none of the objective's.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">The search was cancelled; the exception holds the lowest point met.</exception>
    public static Escape<T> Escape<T>(Objective<T> objective, CriticalPoint<T> point, RunOptions? options = null)
        where T : ITensorTree<T>
    {
        Require.NotNull(objective, "Saddle.Escape");
        Require.NotNull(point, "Saddle.Escape");
        var line = objective.Along("Saddle.Escape", point.Point, point.Lowest.Vector);
        if (!(point.Lowest.Value < -point.Threshold))
            return End(new(0, point.Loss, Outcome.Breakdown, 0));
        options ??= new();
        // Along the eigenvector the quadratic model has the scale √(|f| ⁄ |λ|); without a loss to compare with, 1.
        var scale = Math.Clamp(Math.Sqrt(Math.Abs(point.Loss / point.Lowest.Value)), 1e-3, 1e3);
        var end = LineSearch.BothWays(line.Value, point.Loss, scale, options);
        return end.Outcome == Outcome.Cancelled
            ? throw new IterationCanceledException<Escape<T>>("Saddle.Escape", end.Evaluations, End(end), options.Cancellation)
            : End(end);

        Escape<T> End(LineSearchEnd end) =>
            new()
            {
                Value = end.Step == 0 ? point.Point : objective.Unravel(line.Point(end.Step)),
                Outcome = end.Outcome,
                Iterations = end.Evaluations,
                Products = 0,
                Measure = end.Evaluations == 0 ? double.NaN : Math.Abs(line.ValueAndSlope(end.Step).Slope),
                Loss = end.Loss,
                Decrease = point.Loss - end.Loss,
                Step = end.Step,
            };
    }
}
