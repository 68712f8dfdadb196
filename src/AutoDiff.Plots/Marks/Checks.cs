using System.Collections.Immutable;

namespace AutoDiff.Plots;

/// <summary>What a mark must hold to be drawn.</summary>
internal static class Checks
{
    /// <exception cref="ArgumentException">The mark's data do not fit each other.</exception>
    public static void Check(Mark mark)
    {
        var problem = mark switch
        {
            Mark.Line m => Lengths(("X", Size(m.X)), ("Y", Size(m.Y))),
            Mark.Path m => Lengths(("X", Size(m.X)), ("Y", Size(m.Y))),
            Mark.Step m => Lengths(("X", Size(m.X)), ("Y", Size(m.Y))),
            Mark.Scatter m => Lengths(("X", Size(m.X)), ("Y", Size(m.Y)), ("Labels", Size(m.Labels) == 0 ? Size(m.X) : Size(m.Labels))),
            Mark.Bar m => Lengths(("Categories", Size(m.Categories)), ("Heights", Size(m.Heights))) ?? Repeated(m.Categories),
            Mark.Histogram m => Lengths(("Values", Size(m.Values))) ?? (m.Bins < 1 ? $"got {m.Bins} bins; expected 1 or more" : null),
            Mark.Box m => m.Category is null ? "got no category" : Lengths(("Values", Size(m.Values))),
            Mark.ErrorBar m => Lengths(("X", Size(m.X)), ("Y", Size(m.Y)), ("Low", Size(m.Low)), ("High", Size(m.High))),
            Mark.Band m => Lengths(("X", Size(m.X)), ("Low", Size(m.Low)), ("High", Size(m.High))),
            Mark.HeatMap m => Grid(m.X, m.Y, m.Values),
            Mark.Contour m => Grid(m.X, m.Y, m.Values) ?? Lengths(("Levels", Size(m.Levels))),
            Mark.Arrows m => Lengths(("X", Size(m.X)), ("Y", Size(m.Y)), ("Dx", Size(m.Dx)), ("Dy", Size(m.Dy))),
            Mark.Text m => Lengths(("X", Size(m.X)), ("Y", Size(m.Y)), ("Words", Size(m.Words))),
            _ => "got no mark",
        };
        problem ??= mark.Colour < 0 ? $"got colour {mark.Colour}; expected 0 or more" : null;
        if (problem is not null)
            throw new ArgumentException($"[Mark.{mark?.GetType().Name}] {problem}");
    }

    private static int Size<T>(ImmutableArray<T> items) => items.IsDefault ? -1 : items.Length;

    private static string? Lengths(params ReadOnlySpan<(string Name, int Size)> items)
    {
        foreach (var (name, size) in items)
            if (size != items[0].Size || size < 0)
                return size < 0
                    ? $"got no {name} (a default array); expected numbers, or an empty array"
                    : $"got {items[0].Name} of length {items[0].Size}, {name} of length {size}; expected equal lengths";
        return null;
    }

    private static string? Repeated(ImmutableArray<string> categories) =>
        categories.GroupBy(category => category, StringComparer.Ordinal).FirstOrDefault(same => same.Key is null || same.Count() > 1)
            is { } same
            ? $"got {same.Count()} bars of category {same.Key ?? "null"}; expected one each"
            : null;

    private static string? Grid(ImmutableArray<double> x, ImmutableArray<double> y, ImmutableArray<double> values) =>
        Lengths(("X", Math.Min(0, Size(x))), ("Y", Math.Min(0, Size(y))), ("Values", Math.Min(0, Size(values))))
        ?? (
            x.Length * (long)y.Length != values.Length
                ? $"got {values.Length} values on a grid of {y.Length} rows of {x.Length}; expected {x.Length * (long)y.Length}"
            : !Rises(x) || !Rises(y) ? "got X or Y that do not rise; expected finite numbers, each above the one before"
            : null
        );

    private static bool Rises(ImmutableArray<double> places) =>
        places.All(double.IsFinite) && places.Zip(places.Skip(1)).All(pair => pair.First < pair.Second);
}
