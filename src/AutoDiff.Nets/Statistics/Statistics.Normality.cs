namespace AutoDiff.Nets;

public static partial class Statistics
{
    private const int MostShapiroWilk = 5000;

    /// <summary>The skewness m₃ ⁄ m₂^1.5 of central moments; NaN of equal values.</summary>
    /// <param name="x">The values.</param>
    /// <exception cref="ArgumentException">There are none, or one is not finite.</exception>
    public static double Skewness(ReadOnlySpan<double> x)
    {
        Moments.Check("Statistics.Skewness", x);
        return Moment(x, 3);
    }

    /// <summary>The excess kurtosis m₄ ⁄ m₂² − 3 of central moments, 0 for a normal distribution; NaN of equal values.</summary>
    /// <param name="x">The values.</param>
    /// <exception cref="ArgumentException">There are none, or one is not finite.</exception>
    public static double Kurtosis(ReadOnlySpan<double> x)
    {
        Moments.Check("Statistics.Kurtosis", x);
        return Moment(x, 4) - 3;
    }

    /// <summary>D'Agostino and Pearson's test of whether a sample comes from a normal distribution: K² = Z² of skewness + Z² of kurtosis, by χ² of 2 degrees.</summary>
    /// <param name="x">At least 8 values; equal ones give NaN.</param>
    /// <remarks>
    /// Sources: D'Agostino (1970) for the skewness, Anscombe and Glynn (1983) for the kurtosis, whose Z is rough below 20 values.
    /// A skewness of 0 gives Z = 0, where SciPy puts the Z of another skewness.
    /// </remarks>
    /// <exception cref="ArgumentException">There are fewer than 8 values, or one is not finite.</exception>
    public static SignificanceResult DAgostinoPearson(ReadOnlySpan<double> x)
    {
        const string operation = "Statistics.DAgostinoPearson";
        Moments.Check(operation, x);
        Require.That(x.Length >= 8, $"[{operation}] got {x.Length} values; expected at least 8");
        var (skewness, kurtosis) = (SkewnessScore(Moment(x, 3), x.Length), KurtosisScore(Moment(x, 4), x.Length));
        var statistic = (skewness * skewness) + (kurtosis * kurtosis);
        return new(statistic, Math.Exp(-statistic / 2));
    }

    /// <summary>Shapiro and Wilk's test of whether a sample comes from a normal distribution.</summary>
    /// <param name="x">3 to 5000 values; equal ones give NaN.</param>
    /// <returns>W, 1 for what looks most normal, and its p-value.</returns>
    /// <remarks>Source: Royston (1995), algorithm AS R94, without censoring.</remarks>
    /// <exception cref="ArgumentException">There are fewer than 3 or more than 5000 values, or one is not finite.</exception>
    public static SignificanceResult ShapiroWilk(ReadOnlySpan<double> x)
    {
        const string operation = "Statistics.ShapiroWilk";
        Moments.Check(operation, x);
        var n = x.Length;
        Require.That(n is >= 3 and <= MostShapiroWilk, $"[{operation}] got {n} values; expected 3 to {MostShapiroWilk}");
        var sorted = x.ToArray();
        Array.Sort(sorted);
        if (sorted[0] == sorted[^1])
            return new(double.NaN, double.NaN);
        var weights = ShapiroWilkWeights(n);
        // By the range and from the middle, so that no square over- or underflows.
        var (middle, range) = (sorted[n / 2], (sorted[^1] / 2) - (sorted[0] / 2));
        var scaled = Array.ConvertAll(sorted, value => ((value / 2) - (middle / 2)) / range);
        var mean = Moments.Mean(scaled);
        var (product, squares, weightSquares) = (0.0, 0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            product += weights[i] * (scaled[i] - mean);
            squares += (scaled[i] - mean) * (scaled[i] - mean);
            weightSquares += weights[i] * weights[i];
        }
        // 1 − W as a product, since W is close to 1.
        var root = Math.Sqrt(squares * weightSquares);
        var rest = (root - product) * (root + product) / (squares * weightSquares);
        return new(1 - rest, ShapiroWilkPValue(rest, n));
    }

    private static double Moment(ReadOnlySpan<double> x, int order)
    {
        var variance = Moments.CentralMoment(x, 2);
        return variance > 0 ? Moments.CentralMoment(x, order) / Math.Pow(variance, order / 2.0) : double.NaN;
    }

    private static double SkewnessScore(double skewness, double n)
    {
        var y = skewness * Math.Sqrt((n + 1) * (n + 3) / (6 * (n - 2)));
        var beta = 3 * ((n * n) + (27 * n) - 70) * (n + 1) * (n + 3) / ((n - 2) * (n + 5) * (n + 7) * (n + 9));
        var w = Math.Sqrt(2 * (beta - 1)) - 1;
        return Math.Asinh(y / Math.Sqrt(2 / (w - 1))) / Math.Sqrt(0.5 * Math.Log(w));
    }

    private static double KurtosisScore(double kurtosis, double n)
    {
        var mean = 3 * (n - 1) / (n + 1);
        var variance = 24 * n * (n - 2) * (n - 3) / ((n + 1) * (n + 1) * (n + 3) * (n + 5));
        var x = (kurtosis - mean) / Math.Sqrt(variance);
        var skewness = 6 * ((n * n) - (5 * n) + 2) / ((n + 7) * (n + 9)) * Math.Sqrt(6 * (n + 3) * (n + 5) / (n * (n - 2) * (n - 3)));
        var a = 6 + (8 / skewness * ((2 / skewness) + Math.Sqrt(1 + (4 / (skewness * skewness)))));
        var ratio = (1 - (2 / a)) / (1 + (x * Math.Sqrt(2 / (a - 4))));
        return (1 - (2 / (9 * a)) - Math.Cbrt(ratio)) / Math.Sqrt(2 / (9 * a));
    }

    /// <summary>The weights of sorted values, against each other from both ends: expected normal order statistics, the outer ones corrected.</summary>
    private static double[] ShapiroWilkWeights(int n)
    {
        var weights = new double[n];
        if (n == 3)
            return [-Math.Sqrt(0.5), 0, Math.Sqrt(0.5)];
        var scores = new double[n / 2];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = -Tails.NormalQuantile((i + 0.625) / (n + 0.25));
        var squares = 2 * Moments.Sum(scores, score => score * score);
        var (norm, u) = (Math.Sqrt(squares), 1 / Math.Sqrt(n));
        double[] outer = [(scores[0] / norm) + Polynomial(u, 0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056)];
        if (n > 5)
            outer = [outer[0], (scores[1] / norm) + Polynomial(u, 0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633)];
        var (left, right) = (squares, 1.0);
        for (var i = 0; i < outer.Length; i++)
            (left, right) = (left - (2 * scores[i] * scores[i]), right - (2 * outer[i] * outer[i]));
        var factor = Math.Sqrt(left / right);
        for (var i = 0; i < scores.Length; i++)
        {
            var weight = i < outer.Length ? outer[i] : scores[i] / factor;
            (weights[i], weights[n - 1 - i]) = (-weight, weight);
        }
        return weights;
    }

    private static double ShapiroWilkPValue(double rest, int n)
    {
        if (n == 3)
            return Math.Max(0, 6 / Math.PI * (Math.Asin(Math.Sqrt(1 - rest)) - Math.Asin(Math.Sqrt(0.75))));
        var (y, log) = (Math.Log(rest), Math.Log(n));
        var z =
            n <= 11
                ? (-Math.Log(-2.273 + (0.459 * n) - y) - Polynomial(n, 0.544, -0.39978, 0.025054, -6.714e-4))
                    / Math.Exp(Polynomial(n, 1.3822, -0.77857, 0.062767, -0.0020322))
                : (y - Polynomial(log, -1.5861, -0.31082, -0.083751, 0.0038915)) / Math.Exp(Polynomial(log, -0.4803, -0.082676, 0.0030302));
        return Tails.Normal(z);
    }

    private static double Polynomial(double x, params ReadOnlySpan<double> coefficients)
    {
        var sum = 0.0;
        for (var i = coefficients.Length - 1; i >= 0; i--)
            sum = (sum * x) + coefficients[i];
        return sum;
    }
}
