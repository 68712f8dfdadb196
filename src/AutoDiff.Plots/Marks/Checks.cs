namespace AutoDiff.Plots;

/// <summary>What a mark must hold to be drawn.</summary>
internal static class Checks
{
    /// <exception cref="ArgumentException">The mark's data do not fit each other.</exception>
    public static void Check(Mark mark)
    {
        if (Problem(mark) is { } problem)
            throw new ArgumentException($"[Mark.{mark?.GetType().Name}] {problem}");
    }

    private static string? Problem(Mark mark) =>
        mark switch
        {
            null => "got no mark (null); expected one",
            { Colour: < 0 } => $"got colour {mark.Colour}; expected 0 or more",
            Mark.Contour { Levels.IsDefault: true } => "got no Levels (a default array); expected an array",
            Mark.Grid m => Grid(m),
            Mark.Histogram { Bins: < 1 } m => $"got {m.Bins} bins; expected 1 or more",
            Mark.Box { Category: null } => "got no category; expected its name",
            Mark.Bar { Categories.IsDefault: false } m
                when m.Categories.Any(name => name is null)
                    || m.Categories.Distinct(StringComparer.Ordinal).Count() < m.Categories.Length =>
                "got a category twice, or null; expected one bar for each",
            _ => Lengths(Column.Of(mark)),
        };

    private static string? Lengths(ImmutableArray<Column> columns) =>
        columns.FirstOrDefault(column => column.Count < 0) is { } missing ? $"got no {missing.Name} (a default array); expected an array"
        : columns.All(column => column.Count == columns[0].Count) ? null
        : $"got {string.Join(", ", columns.Select(column => $"{column.Name} of length {column.Count}"))}; expected equal lengths";

    private static string? Grid(Mark.Grid m) =>
        Array.Exists([m.X, m.Y, m.Values], numbers => numbers.IsDefault) ? "got no X, Y or Values (a default array); expected arrays"
        : m.Values.Length != (long)m.X.Length * m.Y.Length
            ? $"got {m.Values.Length} values on {m.X.Length} × {m.Y.Length} points; expected a value for each point"
        : Rises(m.X) && Rises(m.Y) ? null
        : "got an X or Y that does not rise; expected finite numbers, each above the one before";

    private static bool Rises(ImmutableArray<double> numbers) =>
        numbers.All(double.IsFinite) && numbers.Zip(numbers.Skip(1)).All(pair => pair.First < pair.Second);
}
