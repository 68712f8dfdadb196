namespace AutoDiff.Curvature;

/// <summary>Points [K] of n coordinates joined by straight pieces.</summary>
internal static class Polyline
{
    public static double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var difference = y.ToArray();
        VectorLoops.AddScaled(-1, x, difference);
        return VectorLoops.Norm(difference);
    }

    /// <summary>The length up to each point [K], from 0.</summary>
    public static double[] ArcLength(double[][] points)
    {
        var length = new double[points.Length];
        for (var i = 1; i < points.Length; i++)
            length[i] = length[i - 1] + Distance(points[i - 1], points[i]);
        return length;
    }

    /// <summary>As many points as <paramref name="count"/> at equal distances along the pieces, the ends among them.</summary>
    public static double[][] Spread(double[][] points, int count)
    {
        var (length, spread) = (ArcLength(points), new double[count][]);
        (spread[0], spread[^1]) = (points[0], points[^1]);
        for (var (i, piece) = (1, 1); i < count - 1; i++)
        {
            var at = length[^1] * i / (count - 1);
            while (piece < points.Length - 1 && length[piece] < at)
                piece++;
            var whole = length[piece] - length[piece - 1];
            spread[i] = Between(points[piece - 1], points[piece], whole == 0 ? 0 : (at - length[piece - 1]) / whole);
        }
        return spread;
    }

    /// <summary>The point x + t·(y − x).</summary>
    public static double[] Between(double[] x, double[] y, double t)
    {
        var point = (double[])x.Clone();
        VectorLoops.AddScaled(-t, x, t, y, point);
        return point;
    }
}
