namespace AutoDiff.Nets;

public static partial class Statistics
{
    private const string NameOfTTest = "Statistics.TTest";

    /// <summary>Student's t-test of one sample: whether its mean is <paramref name="mean"/>.</summary>
    /// <param name="x">The values; a single one gives NaN.</param>
    /// <param name="mean">The mean under the null hypothesis.</param>
    /// <param name="alternative">What is held against it.</param>
    /// <remarks>Equal values, whose deviation is 0, give t = ±∞ and NaN where their mean is the expected one.</remarks>
    /// <exception cref="ArgumentException">There are no values, or a number is not finite.</exception>
    public static TTestResult TTest(ReadOnlySpan<double> x, double mean, Alternative alternative = Alternative.TwoSided)
    {
        Moments.Check(NameOfTTest, x);
        Require.Finite(NameOfTTest, nameof(mean), [mean]);
        return OneSample(NameOfTTest, x, mean, alternative);
    }

    /// <summary>Student's t-test of two samples of equal variance: whether their means are equal.</summary>
    /// <param name="x">The first sample.</param>
    /// <param name="y">The second sample, of any size.</param>
    /// <param name="alternative">What is held against it.</param>
    /// <remarks>Variances are pooled; a sample of one value has none and adds none. Two single values give NaN.</remarks>
    /// <exception cref="ArgumentException">A sample is empty, or a value is not finite.</exception>
    public static TTestResult TTest(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Alternative alternative = Alternative.TwoSided)
    {
        Moments.Check(NameOfTTest, x);
        Moments.Check(NameOfTTest, y, "y");
        var (n, m) = (x.Length, y.Length);
        var error = PooledDeviation(x, y) * Math.Sqrt((1.0 / n) + (1.0 / m));
        return Result(NameOfTTest, (Moments.Mean(x) - Moments.Mean(y)) / error, n + m - 2, alternative);
    }

    /// <summary>Student's t-test of pairs: whether the mean of x − y is 0.</summary>
    /// <param name="x">The first of each pair.</param>
    /// <param name="y">The second of each pair.</param>
    /// <param name="alternative">What is held against it.</param>
    /// <exception cref="ArgumentException">There are no pairs, their numbers differ, or a value is not finite.</exception>
    public static TTestResult PairedTTest(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Alternative alternative = Alternative.TwoSided)
    {
        const string operation = "Statistics.PairedTTest";
        return OneSample(operation, Moments.Differences(operation, x, y), 0, alternative);
    }

    /// <summary>Welch's t-test of two samples whose variances may differ: whether their means are equal.</summary>
    /// <param name="x">The first sample; a single value gives NaN.</param>
    /// <param name="y">The second sample, of any size; a single value gives NaN.</param>
    /// <param name="alternative">What is held against it.</param>
    /// <remarks>Degrees of freedom by Welch and Satterthwaite; 1 where both variances are 0, and t is ±∞ or NaN.</remarks>
    /// <exception cref="ArgumentException">A sample is empty, or a value is not finite.</exception>
    public static TTestResult WelchTTest(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Alternative alternative = Alternative.TwoSided)
    {
        const string operation = "Statistics.WelchTTest";
        Moments.Check(operation, x);
        Moments.Check(operation, y, "y");
        var (u, v) = (Moments.Variance(x) / x.Length, Moments.Variance(y) / y.Length);
        // As parts of their sum, whose square may underflow.
        var (a, b) = (u / (u + v), v / (u + v));
        var degrees = u + v == 0 ? 1 : 1 / ((a * a / (x.Length - 1)) + (b * b / (y.Length - 1)));
        return Result(operation, (Moments.Mean(x) - Moments.Mean(y)) / Math.Sqrt(u + v), degrees, alternative);
    }

    private static TTestResult OneSample(string operation, ReadOnlySpan<double> x, double mean, Alternative alternative)
    {
        var error = Math.Sqrt(Moments.Variance(x) / x.Length);
        return Result(operation, (Moments.Mean(x) - mean) / error, x.Length - 1, alternative);
    }

    private static TTestResult Result(string operation, double t, double degrees, Alternative alternative)
    {
        CheckAlternative(operation, alternative);
        return new(t, Tails.Student(t, degrees, alternative), degrees);
    }

    /// <summary>√((Σ(x − mean)² + Σ(y − mean)²) ⁄ (n + m − 2)).</summary>
    private static double PooledDeviation(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var squares = (Moments.CentralMoment(x, 2) * x.Length) + (Moments.CentralMoment(y, 2) * y.Length);
        return Math.Sqrt(squares / (x.Length + y.Length - 2));
    }
}
