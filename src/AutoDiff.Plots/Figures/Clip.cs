namespace AutoDiff.Plots;

/// <summary>What of lines and areas lies in the square from (0, 0) to (1, 1) (Sutherland and Hodgman 1974).</summary>
internal static class Clip
{
    // How far inside of each side a point lies.
    private static readonly ImmutableArray<Func<Point, double>> Sides = [p => p.X, p => 1 - p.X, p => p.Y, p => 1 - p.Y];

    public static ImmutableArray<Point> Line(IEnumerable<Point> points) =>
        [.. Sides.Aggregate(points, (all, side) => Cut(all, side, Point.Gap))];

    public static ImmutableArray<Point> Area(IEnumerable<Point> points) =>
        Sides.Aggregate(points.ToImmutableArray(), (all, side) => all.IsEmpty ? all : [.. Cut(all, side, all[^1])]);

    public static bool Holds(Point point) => point is { X: >= 0 and <= 1, Y: >= 0 and <= 1 };

    private static IEnumerable<Point> Cut(IEnumerable<Point> points, Func<Point, double> side, Point before)
    {
        var isOpen = !before.IsFinite;
        foreach (var point in points)
        {
            var (was, depth) = (side(before), side(point));
            var crosses = (was < 0 && depth >= 0) || (was >= 0 && depth < 0);
            if (isOpen && (double.IsNaN(depth) || (crosses && was < 0)))
                yield return Point.Gap;
            if (crosses)
                yield return Point.Between(before, point, was / (was - depth));
            if (depth >= 0)
                yield return point;
            before = point;
        }
    }
}
