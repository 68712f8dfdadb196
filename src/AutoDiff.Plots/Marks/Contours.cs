namespace AutoDiff.Plots;

/// <summary>Lines of equal values on a grid, by marching squares.</summary>
internal static class Contours
{
    /// <summary>The values that get a line, in their order: those told, or round ones, by ratio where the values span decades.</summary>
    public static ImmutableArray<double> Levels(this Mark.Contour grid)
    {
        double[] values = [.. grid.Values.Where(double.IsFinite).Order()];
        if (!grid.Levels.IsEmpty || values.Length == 0)
            return [.. grid.Levels.Where(double.IsFinite).Distinct().Order()];
        var (low, few, high) = (values[0], values[values.Length / 20], values[^1]); // below few lie 5 %
        var decades = low >= 0 && few > 0 && high / few >= 20;
        var axis = new Axis("") { Scale = decades ? Scale.Log : Scale.Linear };
        var ticks = Domain.Of(axis, [decades ? Math.Max(low, few / 10) : low, high]).Ticks(decades ? 14 : 10);
        return [.. ticks.Select(tick => tick.Value).Where(level => level > low && level < high)];
    }

    /// <summary>The lines of one value, each point where the value is crossed between two neighbours; closed ones end where they start.</summary>
    public static IEnumerable<ImmutableArray<Point>> Lines(this Mark.Contour grid, double level)
    {
        var ends = Segments(grid, level)
            .SelectMany(segment => new[] { segment, (From: segment.To, To: segment.From) })
            .ToLookup(segment => segment.From, segment => segment.To);
        var seen = new HashSet<int>();
        foreach (var start in ends.OrderBy(end => end.Count()).Select(end => end.Key).Where(seen.Add)) // open lines from an end
        {
            var line = new List<int> { start };
            while (ends[line[^1]].Where(seen.Add).Take(1).ToArray() is [var next])
                line.Add(next);
            if (line.Count > 2 && ends[start].Contains(line[^1]))
                line.Add(start);
            yield return [.. line.Select(edge => Crossing(grid, edge, level))];
        }
    }

    // An edge of the grid is twice its first point's place, and one more where it goes to the next row.
    private static IEnumerable<(int From, int To)> Segments(Mark.Contour grid, double level)
    {
        var (width, values) = (grid.X.Length, grid.Values);
        for (var cell = 0; cell < values.Length - width; cell++)
        {
            if (cell % width == width - 1)
                continue;
            double[] corners = [values[cell], values[cell + 1], values[cell + 1 + width], values[cell + width]];
            int[] edges = [2 * cell, 2 * (cell + 1) + 1, 2 * (cell + width), 2 * cell + 1];
            int[] crossed = [.. edges.Where((_, i) => corners[i] >= level != corners[(i + 1) % 4] >= level)];
            var isSaddle = crossed.Length == 4; // joined by its middle's value
            var turned = isSaddle && corners.Sum(corner => corner / 4) >= level != corners[0] >= level ? 1 : 0;
            for (var i = 0; corners.All(double.IsFinite) && i < crossed.Length; i += 2)
                yield return (crossed[i + turned], crossed[(i + 1 + turned) % crossed.Length]);
        }
    }

    private static Point Crossing(Mark.Contour grid, int edge, double level)
    {
        var (row, column) = Math.DivRem(edge / 2, grid.X.Length);
        var (down, right) = edge % 2 == 1 ? (1, 0) : (0, 1);
        var (a, b) = (grid.Values[edge / 2] / 2, grid.Values[edge / 2 + down * grid.X.Length + right] / 2);
        var part = Math.Clamp((level / 2 - a) / (b - a), 0, 1);
        return Point.Between(new(grid.X[column], grid.Y[row]), new(grid.X[column + right], grid.Y[row + down]), part);
    }
}
