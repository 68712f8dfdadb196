using System.Diagnostics;

namespace AutoDiff.Examples;

/// <summary>What is done to features before the net sees them.</summary>
public enum Scaling
{
    /// <summary>Each feature to mean 0 and standard deviation 1 over the rows; a constant one to 0.</summary>
    Standard,

    /// <summary>All features divided by the largest magnitude in the file.</summary>
    Max,

    /// <summary>Nothing.</summary>
    None,
}

/// <summary>The scalings, each on features [rows, features].</summary>
internal static class Scalings
{
    public static double[,] Apply(this Scaling scaling, double[,] features) =>
        scaling switch
        {
            Scaling.Standard => Standardized(features),
            Scaling.Max => Divided(features),
            Scaling.None => features,
            _ => throw new UnreachableException(),
        };

    public static string Describe(this Scaling scaling) =>
        scaling switch
        {
            Scaling.Standard => "each to mean 0, standard deviation 1",
            Scaling.Max => "divided by the largest magnitude",
            Scaling.None => "as they are",
            _ => throw new UnreachableException(),
        };

    private static double[,] Standardized(double[,] features)
    {
        var (rows, columns) = (features.GetLength(0), features.GetLength(1));
        var scaled = new double[rows, columns];
        for (var j = 0; j < columns; j++)
        {
            var (constant, sum) = (true, 0.0);
            for (var i = 0; i < rows; i++)
                (constant, sum) = (constant && features[i, j] == features[0, j], sum + features[i, j]);
            if (constant)
                continue;
            var (mean, squares) = (sum / rows, 0.0);
            for (var i = 0; i < rows; i++)
                squares += (features[i, j] - mean) * (features[i, j] - mean);
            for (var i = 0; i < rows; i++)
                scaled[i, j] = (features[i, j] - mean) / Math.Sqrt(squares / rows);
        }
        return scaled;
    }

    private static double[,] Divided(double[,] features)
    {
        var largest = features.Cast<double>().Max(Math.Abs);
        var scaled = (double[,])features.Clone();
        if (largest == 0)
            return scaled;
        for (var i = 0; i < scaled.GetLength(0); i++)
        {
            for (var j = 0; j < scaled.GetLength(1); j++)
                scaled[i, j] /= largest;
        }
        return scaled;
    }
}
