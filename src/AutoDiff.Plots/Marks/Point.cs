namespace AutoDiff.Plots;

/// <summary>A place in the plane; a gap of a line where it is not finite.</summary>
internal readonly record struct Point(double X, double Y)
{
    public static Point Gap { get; } = new(double.NaN, double.NaN);
    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y);

    /// <summary>A part of the way from one to another.</summary>
    public static Point Between(Point from, Point to, double part) =>
        new(from.X * (1 - part) + to.X * part, from.Y * (1 - part) + to.Y * part);
}
