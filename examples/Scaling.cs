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
        var scaled = new double[features.GetLength(0), features.GetLength(1)];
        for (var j = 0; j < scaled.GetLength(1); j++)
        {
            var column = Standardized([.. Enumerable.Range(0, scaled.GetLength(0)).Select(i => features[i, j])]);
            for (var i = 0; i < column.Length; i++)
                scaled[i, j] = column[i];
        }
        return scaled;
    }

    private static double[] Standardized(double[] x)
    {
        if (Array.TrueForAll(x, value => value == x[0]))
            return new double[x.Length];
        // By a power of two, which rounds nothing, to magnitudes up to 2: then no sum of squares overflows.
        var unit = Math.ScaleB(1, Math.ILogB(x.Max(Math.Abs)));
        var mean = x.Average(value => value / unit);
        var deviations = Array.ConvertAll(x, value => (value / unit) - mean);
        var spread = Math.Sqrt(deviations.Average(deviation => deviation * deviation));
        return Array.ConvertAll(deviations, deviation => deviation / spread);
    }

    private static double[,] Divided(double[,] features)
    {
        var largest = features.Cast<double>().Max(Math.Abs);
        var scaled = (double[,])features.Clone();
        for (var i = 0; i < scaled.GetLength(0); i++)
        {
            for (var j = 0; j < scaled.GetLength(1); j++)
                scaled[i, j] /= largest == 0 ? 1 : largest;
        }
        return scaled;
    }
}
