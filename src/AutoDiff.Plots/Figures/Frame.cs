namespace AutoDiff.Plots;

/// <summary>A mark's shapes, from the lowest, in the colour of a place in the palette; −1 for the colour of text.</summary>
internal sealed record Layer(Mark Mark, ImmutableArray<Shape> Shapes)
{
    public int Colour => Mark.Colour ?? -1;
}

/// <summary>A panel resolved: what its axes show, its marks as shapes from the lowest, its legend.</summary>
internal sealed partial record Frame(Panel Panel, Domain X, Domain Y)
{
    /// <summary>Those of bars and boxes, in their order; empty where the X axis has numbers.</summary>
    public ImmutableArray<string> Categories { get; private init; } = [];

    /// <summary>The values from the first to the last shade of heat maps; null where there is none.</summary>
    public Domain? Shades { get; private init; }

    /// <summary>The values of contour lines that are coloured by shades, in their order.</summary>
    public ImmutableArray<Tick> Levels { get; private init; } = [];

    public ImmutableArray<Layer> Layers { get; private init; } = [];

    /// <summary>Names, each with the layers of that name.</summary>
    public ImmutableArray<(string Name, ImmutableArray<Layer> Layers)> Legend { get; private init; } = [];

    /// <exception cref="ArgumentException">A mark or an axis is not such that it can be drawn.</exception>
    public static Frame Of(Panel told)
    {
        var panel = Colours.Over([told])[0];
        ImmutableArray<string> categories = [.. panel.Marks.SelectMany(Extents.Categories).Distinct(StringComparer.Ordinal)];
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
            Levels = Ticks.At([.. contours.SelectMany(grid => grid.Levels()).Distinct().Order()]),
        };
        ImmutableArray<Layer> layers = [.. panel.Marks.Select(mark => new Layer(mark, [.. frame.Shapes(mark)]))];
        var named = layers.Where(layer => layer.Mark is { Name: not null, Colour: not null } and not (Mark.HeatMap or Mark.Text));
        return frame with
        {
            Layers = layers,
            Legend =
            [
                .. named.GroupBy(layer => layer.Mark.Name!, StringComparer.Ordinal).Select(same => (same.Key, same.ToImmutableArray())),
            ],
        };

        bool IsShown(Point point) => double.IsFinite(x.Forward(point.X)) && double.IsFinite(y.Forward(point.Y));
    }

    /// <summary>The X axis's ticks: round numbers, or every category.</summary>
    public ImmutableArray<Tick> XTicks(int count) =>
        Categories.IsEmpty ? X.Ticks(count) : [.. Categories.Select((category, i) => new Tick(i, category))];
}
