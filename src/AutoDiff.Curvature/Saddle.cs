namespace AutoDiff.Curvature;

/// <summary>Leaves saddles.</summary>
public static class Saddle
{
    private const int Doublings = 60;
    private const int Halvings = 60;
    private const double Golden = 0.6180339887498949;

    /// <summary>The lowest point found along the most negative eigenvector, both ways.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="point">The saddle, as classified.</param>
    /// <param name="cancellation">Stops the search with an <see cref="OperationCanceledException"/>.</param>
    /// <remarks>
    /// From the quadratic model's own scale the step is halved until the loss falls, doubled while it falls further, and the bracket narrowed by golden
    /// section to a relative 1e-6 (Press et al. 2007, section 10.2). A point whose lowest eigenvalue is not certainly negative is left where it is.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static Escape<T> Escape<T>(Func<T, Tensor> loss, CriticalPoint<T> point, CancellationToken cancellation = default)
        where T : ITensorTree<T>
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(point);
        if (point.Lowest.Value >= -point.Threshold)
            return new(point.Point, point.Loss, 0, 0, Outcome.Breakdown);
        var line = Transforms.Compile((Tensor t) => loss(TreeMath.Axpy(t, point.Lowest.Vector, point.Point))).For(0.0);
        // Along the eigenvector the quadratic model has the scale √(|f| ⁄ |λ|); without a loss to compare with, 1.
        var scale = Math.Clamp(Math.Sqrt(Math.Abs(point.Loss / point.Lowest.Value)), 1e-3, 1e3);
        var forward = Search(Along, scale, point.Loss, cancellation);
        var backward = Search(Along, -scale, point.Loss, cancellation);
        var (step, outcome) = Along(forward.Step) <= Along(backward.Step) ? forward : backward;
        var value = Along(step);
        return outcome == Outcome.Breakdown
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

    private static (double Step, Outcome Outcome) Search(
        Func<double, double> loss,
        double step,
        double start,
        CancellationToken cancellation
    )
    {
        for (var i = 0; !(loss(step) < start); i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (i == Halvings)
                return (0, Outcome.Breakdown);
            step /= 2;
        }
        for (var i = 0; loss(2 * step) < loss(step); i++)
        {
            cancellation.ThrowIfCancellationRequested();
            step *= 2;
            if (i == Doublings)
                return (step, Outcome.MaxIterations);
        }
        // The loss falls from 0 to step and no further to 2·step: a lowest point lies between.
        var (low, high) = (0.0, 2 * step);
        var (left, right) = (high - (Golden * (high - low)), low + (Golden * (high - low)));
        var (atLeft, atRight) = (loss(left), loss(right));
        while (Math.Abs(high - low) > 1e-6 * Math.Abs(step))
        {
            cancellation.ThrowIfCancellationRequested();
            if (atLeft < atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                atLeft = loss(left = high - (Golden * (high - low)));
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                atRight = loss(right = low + (Golden * (high - low)));
            }
        }
        var best = (low + high) / 2;
        return (loss(best) < loss(step) ? best : step, Outcome.Converged);
    }
}
