namespace AutoDiff.Plots;

/// <summary>Each mark's place in the palette: told, or its name's, or the next that is free.</summary>
internal static class Colours
{
    /// <summary>How many the palette has.</summary>
    public const int Count = 8;

    /// <summary>Panels whose marks have their colours; null stays for grids, which have shades, and for texts without a name.</summary>
    /// <exception cref="ArgumentException">A mark cannot be drawn.</exception>
    public static ImmutableArray<Panel> Over(ImmutableArray<Panel> panels)
    {
        foreach (var panel in panels)
            if (panel.Marks.IsDefault)
                throw new ArgumentException($"[Panel {panel.Title}] got no marks (a default array); expected an array");
        foreach (var mark in panels.SelectMany(panel => panel.Marks))
            Checks.Check(mark);
        var told = panels.SelectMany(panel => panel.Marks).Where(mark => mark is { Name: not null, Colour: not null });
        var named = told.GroupBy(mark => mark.Name!, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.First().Colour!.Value, StringComparer.Ordinal);
        return [.. panels.Select(panel => panel with { Marks = Over(panel.Marks, named) })];
    }

    private static ImmutableArray<Mark> Over(ImmutableArray<Mark> marks, Dictionary<string, int> named)
    {
        var taken = marks.Select(Known).OfType<int>().ToHashSet();
        return [.. marks.Select(mark => mark with { Colour = Known(mark) ?? Next(mark) })];

        int? Known(Mark mark) => mark.Colour ?? (Key(mark) is { } key && named.TryGetValue(key, out var colour) ? colour : null);

        int? Next(Mark mark)
        {
            if (mark is Mark.Grid or Mark.Text { Name: null })
                return null;
            var free = Enumerable.Range(0, taken.Count + 1).Except(taken);
            if (Key(mark) is not { } key)
                return free.First(taken.Add);
            // Rather one that no name of another panel has.
            var next = Enumerable.Range(0, Count).Except(taken.Concat(named.Values)).Concat(free).First();
            taken.Add(next);
            return named[key] = next;
        }
    }

    // Boxes without a name are told apart by their categories.
    private static string? Key(Mark mark) => mark is Mark.Grid ? null : mark.Name ?? (mark is Mark.Box ? "" : null);
}
