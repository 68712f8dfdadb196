namespace AutoDiff.Nets;

/// <summary>Sums of a sample that lose no digits: exact zeros for equal values.</summary>
internal static class Moments
{
    /// <summary>Checks that there are values, all of them finite.</summary>
    public static void Check(string operation, ReadOnlySpan<double> x, string what = "x")
    {
        Require.That(x.Length > 0, $"[{operation}] got no values for {what}; expected at least 1");
        Require.Finite(operation, what, x);
    }

    /// <summary>The sum of f(x), its rounding errors added up beside it (Neumaier 1974).</summary>
    public static double Sum(ReadOnlySpan<double> x, Func<double, double> f)
    {
        var (sum, error) = (0.0, 0.0);
        foreach (var value in x)
        {
            var term = f(value);
            var next = sum + term;
            error += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
            sum = next;
        }
        return sum + error;
    }

    /// <summary>The mean; the value itself where all are equal.</summary>
    public static double Mean(ReadOnlySpan<double> x)
    {
        var mean = Sum(x, value => value) / x.Length;
        // Once more from there: what the division rounded off would stay as a variance of equal values.
        return mean + (Sum(x, value => value - mean) / x.Length);
    }

    /// <summary>Σ(x − mean)ᵏ ⁄ n.</summary>
    public static double CentralMoment(ReadOnlySpan<double> x, int order)
    {
        var mean = Mean(x);
        return Sum(x, value => Power(value - mean, order)) / x.Length;
    }

    /// <summary>Σ(x − mean)² ⁄ (n − 1); NaN of a single value.</summary>
    public static double Variance(ReadOnlySpan<double> x)
    {
        var mean = Mean(x);
        return Sum(x, value => Power(value - mean, 2)) / (x.Length - 1);
    }

    /// <summary>x − y, value by value.</summary>
    public static double[] Differences(string operation, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Check(operation, x);
        Check(operation, y, "y");
        Require.That(x.Length == y.Length, $"[{operation}] got {x.Length} and {y.Length} values; expected pairs");
        var differences = new double[x.Length];
        for (var i = 0; i < differences.Length; i++)
            differences[i] = x[i] - y[i];
        return differences;
    }

    private static double Power(double x, int order)
    {
        var power = x;
        for (var i = 1; i < order; i++)
            power *= x;
        return power;
    }
}
