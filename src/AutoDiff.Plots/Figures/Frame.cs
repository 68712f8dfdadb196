namespace AutoDiff.Plots;

/// <summary>A mark's shapes in the colour of a place in the palette; −1 for the colour of text.</summary>
internal sealed record Layer(Mark Mark, int Colour, ImmutableArray<Shape> Shapes);

/// <summary>A panel resolved: what its axes show, its marks as shapes from the lowest, its legend.</summary>
internal sealed partial record Frame(Panel Panel, Domain X, Domain Y)
{
    /// <summary>Those of bars and boxes, in their order; empty where the X axis has numbers.</summary>
    public ImmutableArray<string> Categories { get; private init; } = [];

    /// <summary>The values from the first to the last shade of heat maps; null where there is none.</summary>
    public Domain? Shades { get; private init; }

    /// <summary>The values of contour lines that are coloured by shades, in their order.</summary>
    public ImmutableArray<double> Levels { get; private init; } = [];

    public ImmutableArray<Layer> Layers { get; private init; } = [];

    /// <summary>Names, each with the layers of that name.</summary>
    public ImmutableArray<(string Name, ImmutableArray<Layer> Layers)> Legend { get; private init; } = [];

    /// <exception cref="ArgumentException">A mark or an axis is not such that it can be drawn.</exception>
    public static Frame Of(Panel panel)
    {
        if (panel.Marks.IsDefault)
            throw new ArgumentException($"[Panel {panel.Title}] got no marks (a default array); expected an array");
        foreach (var mark in panel.Marks)
            Checks.Check(mark);
        ImmutableArray<string> categories = [.. panel.Marks.SelectMany(mark => Extents.Categories(mark)).Distinct()];
        var xAxis = categories.IsEmpty ? panel.X : new(panel.X.Label) { From = -0.5, To = categories.Length - 0.5 };
        var (x, y) = (xAxis.Scale, panel.Y.Scale);
        Point[] points = [.. panel.Marks.SelectMany(mark => Extents.Points(mark, x, y)).Where(IsShown)];
        Point[] ends = [.. panel.Marks.SelectMany(mark => Extents.Ends(mark, x, y))];
        Mark.HeatMap[] maps = [.. panel.Marks.OfType<Mark.HeatMap>()];
        double[] values = [.. maps.SelectMany(map => map.Values)];
        var contours = panel.Marks.OfType<Mark.Contour>().Where(grid => grid.Colour is null && maps.Length == 0);
        var frame = new Frame(
            panel,
            Domain.Of(xAxis, points.Select(point => point.X), ends.Select(point => point.X)),
            Domain.Of(panel.Y, points.Select(point => point.Y), ends.Select(point => point.Y))
        )
        {
            Categories = categories,
            Shades = maps is [var first, ..] ? Domain.Of(new Axis("") { Scale = first.Scale }, values, values) : null,
            Levels = [.. contours.SelectMany(grid => grid.Levels()).Distinct().Order()],
        };
        ImmutableArray<Layer> layers =
        [
            .. panel.Marks.Zip(Colours(panel.Marks), (mark, colour) => new Layer(mark, colour, [.. frame.Shapes(mark)])),
        ];
        var named = layers.Where(layer =>
            layer.Mark is { Name: not null } and not (Mark.HeatMap or Mark.Contour { Colour: null } or Mark.Text)
        );
        return frame with
        {
            Layers = layers,
            Legend = [.. named.GroupBy(layer => layer.Mark.Name!).Select(same => (same.Key, same.ToImmutableArray()))],
        };

        bool IsShown(Point point) => double.IsFinite(x.Forward(point.X)) && double.IsFinite(y.Forward(point.Y));
    }

    /// <summary>The X axis's ticks: round numbers, or every category.</summary>
    public ImmutableArray<Tick> XTicks(int count) =>
        Categories.IsEmpty ? X.Ticks(count) : [.. Categories.Select((category, i) => new Tick(i, category))];

    /// <summary>Each mark's place in the palette: told, or its name's, or the next that no other has; −1 for those that have shades or are text.</summary>
    private static IEnumerable<int> Colours(ImmutableArray<Mark> marks)
    {
        var taken = marks.Select(mark => mark.Colour).OfType<int>().ToHashSet();
        var told = marks.Where(mark => mark is { Name: not null, Colour: not null }).DistinctBy(mark => mark.Name);
        var named = told.ToDictionary(mark => mark.Name!, mark => mark.Colour!.Value);
        foreach (var mark in marks)
        {
            var name = mark.Name ?? (mark is Mark.Box ? "" : null); // boxes without a name are told apart by their categories
            if (mark.Colour is null && mark is Mark.Grid or Mark.Text { Name: null })
                yield return -1;
            else if (mark.Colour is { } colour || (name is not null && named.TryGetValue(name, out colour)))
                yield return colour;
            else
            {
                var next = Enumerable.Range(0, taken.Count + 1).First(taken.Add);
                yield return name is null ? next : named[name] = next;
            }
        }
    }
}
