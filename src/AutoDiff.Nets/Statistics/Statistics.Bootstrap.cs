namespace AutoDiff.Nets;

public static partial class Statistics
{
    // Positions drawn at once, whatever the number of resamples.
    private const int Drawn = 1 << 16;

    /// <summary>The interval of any statistic of a sample, from samples drawn out of it with replacement.</summary>
    /// <param name="x">The values.</param>
    /// <param name="statistic">The statistic; it may change its array, and keeps none.</param>
    /// <param name="key">The key of the draws: the same key, the same bits.</param>
    /// <param name="resamples">How many samples are drawn, at least 2; SciPy's default.</param>
    /// <param name="level">The share of experiments in which the interval holds what is estimated, above 0 and below 1.</param>
    /// <param name="method">How the interval is made; SciPy's default.</param>
    /// <remarks>
    /// Memory holds one resample, 65,536 drawn positions (or those of one resample) and the statistics. The first resamples of more are those of fewer. BCa is NaN where
    /// all resampled statistics lie on one side of the sample's. Sources: Efron, Tibshirani (1993), chapters 13 and 14; percentiles interpolate linearly.
    /// </remarks>
    /// <exception cref="ArgumentException">There are no values, one is not finite, or a setting is out of range.</exception>
    public static BootstrapResult Bootstrap(
        ReadOnlySpan<double> x,
        Func<double[], double> statistic,
        Key key,
        int resamples = 9999,
        double level = 0.95,
        BootstrapMethod method = BootstrapMethod.BCa
    )
    {
        const string operation = "Statistics.Bootstrap";
        Moments.Check(operation, x);
        Require.NotNull(statistic, operation);
        Require.NotNull(key, operation);
        Require.That(resamples >= 2, $"[{operation}] got {resamples} resamples; expected at least 2");
        CheckLevel(operation, level);
        Require.That(Enum.IsDefined(method), $"[{operation}] got method {(int)method}; expected a named one");
        return Bootstrapped(x, statistic, Resampled(x, statistic, key, resamples), level, method);
    }

    /// <summary>What statistics of resamples say, which are sorted thereby.</summary>
    internal static BootstrapResult Bootstrapped(
        ReadOnlySpan<double> x,
        Func<double[], double> statistic,
        double[] values,
        double level,
        BootstrapMethod method
    )
    {
        var estimate = statistic(x.ToArray());
        var error = Math.Sqrt(Moments.Variance(values));
        Array.Sort(values);
        var tail = (1 - level) / 2;
        var (low, high) = method switch
        {
            BootstrapMethod.Percentile => (Percentile(values, tail), Percentile(values, 1 - tail)),
            BootstrapMethod.Basic => ((2 * estimate) - Percentile(values, 1 - tail), (2 * estimate) - Percentile(values, tail)),
            BootstrapMethod.BCa => Accelerated(x, statistic, estimate, values, tail),
        };
        return new(estimate, error, new(low, high, level));
    }

    private static double[] Resampled(ReadOnlySpan<double> x, Func<double[], double> statistic, Key key, int resamples)
    {
        var (values, resample) = (new double[resamples], new double[x.Length]);
        var rows = Math.Max(1, Drawn / x.Length);
        for (var first = 0; first < resamples; first += rows)
        {
            var count = Math.Min(rows, resamples - first);
            var positions = key.FoldIn((ulong)(first / rows)).Integers([count, x.Length], x.Length).ToArray();
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j < resample.Length; j++)
                    resample[j] = x[(int)positions[(i * resample.Length) + j]];
                values[first + i] = statistic(resample);
            }
        }
        return values;
    }

    private static (double Low, double High) Accelerated(
        ReadOnlySpan<double> x,
        Func<double[], double> statistic,
        double estimate,
        double[] values,
        double tail
    )
    {
        // Values equal to the estimate lie half on either side.
        var below =
            values.Sum(value =>
                value < estimate ? 1.0
                : value == estimate ? 0.5
                : 0
            ) / values.Length;
        var bias = Tails.NormalQuantile(below);
        var acceleration = Acceleration(x, statistic);
        return (End(tail), End(1 - tail));

        double End(double part)
        {
            var z = bias + Tails.NormalQuantile(part);
            return Percentile(values, Tails.Normal(-(bias + (z / (1 - (acceleration * z))))));
        }
    }

    /// <summary>Σd³ ⁄ 6(Σd²)^1.5 of the deviations d from their mean of the statistics with one value left out; 0 where there are none.</summary>
    private static double Acceleration(ReadOnlySpan<double> x, Func<double[], double> statistic)
    {
        if (x.Length == 1)
            return 0;
        var values = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
            values[i] = statistic([.. x[..i], .. x[(i + 1)..]]);
        var mean = Moments.Mean(values);
        var squares = Moments.Sum(values, value => (mean - value) * (mean - value));
        return squares == 0 ? 0 : Moments.Sum(values, value => Math.Pow(mean - value, 3)) / (6 * Math.Pow(squares, 1.5));
    }

    /// <summary>The quantile of sorted values, interpolated linearly; NaN of NaN.</summary>
    internal static double Percentile(double[] sorted, double part)
    {
        if (double.IsNaN(part))
            return part;
        var position = part * (sorted.Length - 1);
        var (low, high) = ((int)Math.Floor(position), (int)Math.Ceiling(position));
        return sorted[low] + ((position - low) * (sorted[high] - sorted[low]));
    }
}
