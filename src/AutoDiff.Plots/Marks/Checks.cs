namespace AutoDiff.Plots;

/// <summary>What a mark must hold to be drawn.</summary>
internal static class Checks
{
    /// <exception cref="ArgumentException">The mark's data do not fit each other.</exception>
    public static void Check(Mark mark)
    {
        var problem = mark switch
        {
            Mark.Scatter m => Lengths(("X", Size(m.X)), ("Y", Size(m.Y)), ("Labels", Size(m.Labels) == 0 ? Size(m.X) : Size(m.Labels))),
            Mark.ErrorBar m => Lengths(("X", Size(m.X)), ("Y", Size(m.Y)), ("Low", Size(m.Low)), ("High", Size(m.High))),
            Mark.Arrows m => Lengths(("X", Size(m.X)), ("Y", Size(m.Y)), ("Dx", Size(m.Dx)), ("Dy", Size(m.Dy))),
            Mark.Text m => Lengths(("X", Size(m.X)), ("Y", Size(m.Y)), ("Words", Size(m.Words))),
            Mark.Series m => Lengths(("X", Size(m.X)), ("Y", Size(m.Y))),
            Mark.Bar m => Lengths(("Categories", Size(m.Categories)), ("Heights", Size(m.Heights))) ?? Repeated(m.Categories),
            Mark.Histogram { Bins: < 1 } m => $"got {m.Bins} bins; expected 1 or more",
            Mark.Histogram m => Lengths(("Values", Size(m.Values))),
            Mark.Box m => m.Category is null ? "got no category; expected its name" : Lengths(("Values", Size(m.Values))),
            Mark.Band m => Lengths(("X", Size(m.X)), ("Low", Size(m.Low)), ("High", Size(m.High))),
            Mark.Contour { Levels.IsDefault: true } => "got no Levels (a default array); expected an array",
            Mark.Grid m => Grid(m),
            _ => "got no mark (null); expected one",
        };
        problem ??= mark.Colour < 0 ? $"got colour {mark.Colour}; expected 0 or more" : null;
        if (problem is not null)
            throw new ArgumentException($"[Mark.{mark?.GetType().Name}] {problem}");
    }

    private static int Size<T>(ImmutableArray<T> items) => items.IsDefault ? -1 : items.Length;

    private static string? Lengths(params (string Name, int Size)[] items) =>
        items.FirstOrDefault(item => item.Size < 0) is { Name: { } name } ? $"got no {name} (a default array); expected an array"
        : items.All(item => item.Size == items[0].Size) ? null
        : $"got {string.Join(", ", items.Select(item => $"{item.Name} of length {item.Size}"))}; expected equal lengths";

    private static string? Repeated(ImmutableArray<string> names) =>
        names.Contains(null!) || names.Distinct().Count() < names.Length
            ? "got a category twice, or null; expected one bar for each"
            : null;

    private static string? Grid(Mark.Grid m)
    {
        var (x, y, values) = (Size(m.X), Size(m.Y), Size(m.Values));
        if (x < 0 || y < 0 || values != (long)x * y)
            return $"got {values} values on {x} × {y} points; expected a value for each point, and no default array";
        var rises = new[] { m.X, m.Y }.All(axis =>
            axis.All(double.IsFinite) && axis.Zip(axis.Skip(1)).All(pair => pair.First < pair.Second)
        );
        return rises ? null : "got an X or Y that does not rise; expected finite numbers, each above the one before";
    }
}
