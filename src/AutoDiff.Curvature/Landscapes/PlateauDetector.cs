namespace AutoDiff.Curvature;

/// <summary>Tells from a training's history whether it may sit at a saddle, and asks the Hessian.</summary>
public static class PlateauDetector
{
    private const double TurnsBack = -0.5;
    private const double Zero = 1e-6;

    /// <summary>The signs of a plateau in a history, and the verdict of the Hessian on them.</summary>
    /// <param name="objective">The objective that was minimized.</param>
    /// <param name="history">What was noted, in order, at least four times, at equal intervals; for an oscillation to show, after every step. The last points lie within <see cref="PlateauOptions.Window"/>.</param>
    /// <param name="options">Tolerances, window, threads and cancellation.</param>
    /// <remarks>
    /// <para>
    /// Suspected is a training whose loss is flat, whose gradient is small and whose parameters hover, all three in the last records and by the numbers of <see cref="PlateauSigns"/>. Then Newton's steps −Σ gᵢ/λᵢ·vᵢ, which go to critical points of any index,
    /// lead from the record of the least gradient to the critical point, if there is one within reach, and <see cref="CriticalPoint"/> says what it is; curvature within 1e-8 of ‖H‖ is left out of the step. For nets past <see cref="PlateauOptions.MostDense"/> parameters
    /// the ends of the spectrum at that record decide, by <see cref="Lanczos"/>, beyond their error bounds and 1e-6 of ‖H‖.
    /// </para>
    /// <para>
    /// Apart from that, steps whose cosine is below −½ in the mean and whose length does not halve within the window, along which the curvature is at least half of λmax, are an oscillation at the edge of stability (Cohen et al. 2021), see <see cref="StabilityThreshold"/>.
    /// </para>
    /// <para>
    /// No product where no sign asks for one. Else n products and O(n³) time for each of a few steps and a classification; past the limit the products of Lanczos. O(n²), or Lanczos', memory.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentException">There are fewer than four records, or a point is none of the objective's.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static PlateauReport<T> Examine<T>(
        Objective<T> objective,
        IReadOnlyList<TrainingPoint<T>> history,
        PlateauOptions? options = null
    )
        where T : ITensorTree<T>
    {
        const string operation = "PlateauDetector.Examine";
        Require.NotNull(objective, operation);
        Require.NotNull(history, operation);
        objective.RequireParameters(operation);
        Require.That(history.Count >= 4, $"[{operation}] got {history.Count} records; expected at least 4");
        options ??= new();
        TrainingPoint<T>[] records = [.. history];
        foreach (var record in records)
            Require.NotNull(record, operation);
        var window = records[^Math.Min(options.Window, records.Length)..];
        var points = Array.ConvertAll(window, record => objective.Ravel(operation, record.Point));
        var signs = PlateauSigns.Of(
            Array.ConvertAll(records, record => record.Loss),
            Array.ConvertAll(records, record => record.GradientNorm),
            points
        );
        var report = new PlateauReport<T>
        {
            Verdict = PlateauVerdict.NoPlateau,
            Signs = signs,
            LossIsFlat = signs.LossTrend <= options.LossTolerance,
            GradientIsSmall = signs.GradientShare <= options.GradientTolerance || signs.Elasticity <= options.GradientTolerance,
            Hovers = signs.Drift <= options.DriftTolerance,
            Critical = null,
            Distance = double.NaN,
            Smallest = double.NaN,
            Largest = double.NaN,
            AlongStep = double.NaN,
            Products = 0,
        };
        if (signs.Turning <= TurnsBack && signs.StepRatio >= 0.5)
            report = AlongSteps(objective, points, report, options);
        if (report.Verdict == PlateauVerdict.Oscillation || !report.Suspected)
            return report;
        var least = Array.IndexOf(window, window.MinBy(record => record.GradientNorm)!);
        return points[^1].Length <= options.MostDense
            ? ByCriticalPoint(objective, points[least], points[^1], report, options)
            : BySpectrum(objective, points[least], report, options);
    }

    private static PlateauReport<T> AlongSteps<T>(
        Objective<T> objective,
        double[][] points,
        PlateauReport<T> report,
        PlateauOptions options
    )
        where T : ITensorTree<T>
    {
        var (hessian, step) = (objective.Hessian(points[^1]), (double[])points[^1].Clone());
        VectorLoops.AddScaled(-1, points[^2], step);
        var (along, pairs) = (DirectionalCurvature.Quotient(hessian, step), Lanczos.Largest(hessian, 1, Pairs(options)));
        var largest = pairs.Value is [var pair] ? pair.Value : double.NaN;
        return report with
        {
            Verdict = along > 0 && along >= largest / 2 ? PlateauVerdict.Oscillation : PlateauVerdict.NoPlateau,
            AlongStep = along,
            Largest = largest,
            Products = pairs.Products + 1,
        };
    }

    private static PlateauReport<T> ByCriticalPoint<T>(
        Objective<T> objective,
        double[] start,
        double[] last,
        PlateauReport<T> report,
        PlateauOptions options
    )
        where T : ITensorTree<T>
    {
        var reach = options.Reach * Math.Max(1, VectorLoops.Norm(last));
        var search = new NewtonSearch<T>(objective, reach, options);
        var found = search.From(start);
        report = report with { Products = report.Products + search.Products, Verdict = PlateauVerdict.Undecided };
        if (found is null)
            return report with { Smallest = search.Smallest, Largest = search.Largest };
        var point = CriticalPoint.Classify(
            objective,
            objective.Unravel(found),
            new() { Threads = options.Threads, Cancellation = options.Cancellation }
        );
        return report with
        {
            Critical = point,
            Distance = Polyline.Distance(found, last),
            Smallest = point.Lowest.Value,
            Largest = point.Highest.Value,
            Verdict =
                !point.IsCritical ? PlateauVerdict.Undecided
                : point.Index > 0 ? PlateauVerdict.Saddle
                : point.Nullity > 0 ? PlateauVerdict.Flat
                : PlateauVerdict.Minimum,
        };
    }

    private static PlateauReport<T> BySpectrum<T>(Objective<T> objective, double[] at, PlateauReport<T> report, PlateauOptions options)
        where T : ITensorTree<T>
    {
        var (smallest, largest) = Lanczos.BothEnds(objective.Hessian(at), 1, 1, Pairs(options));
        report = report with { Products = report.Products + smallest.Products + largest.Products, Verdict = PlateauVerdict.Undecided };
        if (smallest.Value.IsEmpty || largest.Value.IsEmpty)
            return report;
        var (low, high) = (smallest.Value[0], largest.Value[0]);
        var threshold = Math.Max(low.ErrorBound, Zero * Math.Max(smallest.Norm, largest.Norm));
        return report with
        {
            Smallest = low.Value,
            Largest = high.Value,
            Verdict =
                low.Value < -threshold ? PlateauVerdict.Saddle
                : smallest.Outcome != Outcome.Converged ? PlateauVerdict.Undecided
                : low.Value > threshold ? PlateauVerdict.Minimum
                : PlateauVerdict.Flat,
        };
    }

    private static EigenOptions Pairs(RunOptions options) => new() { Threads = options.Threads, Cancellation = options.Cancellation };
}
