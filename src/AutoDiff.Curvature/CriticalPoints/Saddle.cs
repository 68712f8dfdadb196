namespace AutoDiff.Curvature;

/// <summary>Leaves saddles.</summary>
public static class Saddle
{
    /// <summary>The lowest point found along the most negative eigenvector, both ways.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="point">The saddle, as classified.</param>
    /// <param name="cancellation">Stops the search with an <see cref="OperationCanceledException"/>.</param>
    /// <remarks>
    /// From the quadratic model's own scale the step is halved until the loss falls, doubled while it falls further, and the bracket narrowed by golden
    /// section to a relative 1e-6 (Press et al. 2007, section 10.2). A point whose lowest eigenvalue is not certainly negative is left where it is.
    /// A loss that is NaN or +∞ bounds the search like a higher one; where it still falls towards such a bound, or to −∞, the outcome is
    /// <see cref="Outcome.NotFinite"/> at the lowest finite point met.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static Escape<T> Escape<T>(Func<T, Tensor> loss, CriticalPoint<T> point, CancellationToken cancellation = default)
        where T : ITensorTree<T>
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(point);
        if (!(point.Lowest.Value < -point.Threshold))
            return new(point.Point, point.Loss, 0, 0, Outcome.Breakdown);
        var line = Transforms.Compile((Tensor t) => loss(TreeMath.Axpy(t, point.Lowest.Vector, point.Point))).For(0.0);
        // Along the eigenvector the quadratic model has the scale √(|f| ⁄ |λ|); without a loss to compare with, 1.
        var scale = Math.Clamp(Math.Sqrt(Math.Abs(point.Loss / point.Lowest.Value)), 1e-3, 1e3);
        var forward = new LineSearch(Along, point.Loss, cancellation).From(scale);
        var backward = new LineSearch(Along, point.Loss, cancellation).From(-scale);
        // A side that leads nowhere has the start's loss; of two, the one that says more.
        var (step, value, outcome) =
            forward.Loss < backward.Loss || (forward.Loss == backward.Loss && forward.Outcome != Outcome.Breakdown) ? forward : backward;
        return step == 0
            ? new(point.Point, point.Loss, 0, 0, outcome)
            : new(Transforms.Evaluate(TreeMath.Axpy(step, point.Lowest.Vector, point.Point)), value, point.Loss - value, step, outcome);

        double Along(double t)
        {
            var lossAlong = new double[1];
            line.Run(
                [
                    [t],
                ],
                [lossAlong]
            );
            return lossAlong[0];
        }
    }
}
