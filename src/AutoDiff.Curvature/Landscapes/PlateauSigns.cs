namespace AutoDiff.Curvature;

/// <summary>The signs of a plateau in the last records of a training, as numbers that no unit of the loss changes.</summary>
public sealed record PlateauSigns
{
    /// <summary>How many records were looked at.</summary>
    public required int Window { get; init; }

    /// <summary>The difference of the mean losses of the window's halves, relative to the largest magnitude of the loss in the whole history.</summary>
    public required double LossTrend { get; init; }

    /// <summary>The range of the loss in the window, relative to the same.</summary>
    public required double LossSpread { get; init; }

    /// <summary>The median gradient norm of the window, relative to the largest of the whole history.</summary>
    public required double GradientShare { get; init; }

    /// <summary>The median gradient norm times ‖x‖₂ of the last point, relative to the largest magnitude of the loss: the share of the loss that a step of the point's own length could change in first order.</summary>
    public required double Elasticity { get; init; }

    /// <summary>The largest |Δxᵢ| ⁄ max(1, |xᵢ|) from the window's first point to its last.</summary>
    public required double Drift { get; init; }

    /// <summary>The way gone in the window, relative to the straight way from its first point to its last; ∞ where it returned, NaN where nothing moved.</summary>
    public required double Wandering { get; init; }

    /// <summary>The mean cosine between successive steps: −1 where each turns back, 1 where all go one way; NaN where fewer than two moved.</summary>
    public required double Turning { get; init; }

    /// <summary>The mean length of the steps in the window's second half, relative to the first half's; NaN where nothing moved in the first.</summary>
    public required double StepRatio { get; init; }

    /// <summary>Reads the signs from points as vectors.</summary>
    internal static PlateauSigns Of(double[] losses, double[] norms, double[][] points)
    {
        var (window, half) = (points.Length, points.Length / 2);
        var last = losses.AsSpan(losses.Length - window).ToArray();
        var scale = VectorLoops.Largest(losses);
        var (steepest, median) = (VectorLoops.Largest(norms), Median(norms.AsSpan(norms.Length - window).ToArray()));
        var steps = new double[window - 1][];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = (double[])points[i + 1].Clone();
            VectorLoops.AddScaled(-1, points[i], steps[i]);
        }
        var lengths = Array.ConvertAll(steps, step => VectorLoops.Norm(step));
        var net = Polyline.Distance(points[0], points[^1]);
        return new()
        {
            Window = window,
            LossTrend = Ratio(Math.Abs(last[..half].Average() - last[half..].Average()), scale),
            LossSpread = Ratio(last.Max() - last.Min(), scale),
            GradientShare = Ratio(median, steepest),
            Elasticity = median == 0 ? 0 : median / scale * VectorLoops.Norm(points[^1]),
            Drift = Drifted(points[0], points[^1]),
            Wandering = lengths.Sum() / net,
            Turning = Turns(steps, lengths),
            StepRatio = lengths[half..].Average() / lengths[..half].Average(),
        };
    }

    // Nothing of nothing is nothing.
    private static double Ratio(double part, double whole) => part == 0 ? 0 : part / whole;

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return 0.5 * (values[(values.Length - 1) / 2] + values[values.Length / 2]);
    }

    private static double Drifted(double[] from, double[] to)
    {
        var drift = 0.0;
        for (var i = 0; i < from.Length; i++)
            drift = Math.Max(drift, Math.Abs(to[i] - from[i]) / Math.Max(1, Math.Abs(to[i])));
        return drift;
    }

    private static double Turns(double[][] steps, double[] lengths)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 1; i < steps.Length; i++)
        {
            if (lengths[i - 1] == 0 || lengths[i] == 0)
                continue;
            // Unit vectors, so that short steps do not underflow.
            var (back, ahead) = (Unit(steps[i - 1], lengths[i - 1]), Unit(steps[i], lengths[i]));
            (sum, count) = (sum + VectorLoops.Dot(back, ahead), count + 1);
        }
        return sum / count;
    }

    private static double[] Unit(double[] vector, double norm) => Array.ConvertAll(vector, value => value / norm);
}
