using System.Collections.Immutable;

namespace AutoDiff.Plots;

/// <summary>A mark's shapes in the colour of a place in the palette; −1 for the colour of text.</summary>
internal sealed record Layer(Mark Mark, int Colour, ImmutableArray<Shape> Shapes);

/// <summary>A panel resolved: what its axes show, its marks as shapes, its legend.</summary>
/// <param name="Panel">The panel.</param>
/// <param name="X">What the axis to the right shows; places of categories are 0, 1, … in their order.</param>
/// <param name="Y">What the axis upward shows.</param>
/// <param name="Categories">Those of bars and boxes, in their order; empty where the X axis has numbers.</param>
/// <param name="Layers">From the lowest to the topmost.</param>
/// <param name="Legend">Names, each with the layers of that name.</param>
/// <param name="Shades">The values from the first to the last shade of heat maps; null where there is none.</param>
/// <param name="Levels">The values of contour lines that are coloured by shades, in their order.</param>
internal sealed record Frame(
    Panel Panel,
    Domain X,
    Domain Y,
    ImmutableArray<string> Categories,
    ImmutableArray<Layer> Layers,
    ImmutableArray<(string Name, ImmutableArray<Layer> Layers)> Legend,
    Domain? Shades,
    ImmutableArray<double> Levels
)
{
    /// <exception cref="ArgumentException">A mark or an axis is not such that it can be drawn.</exception>
    public static Frame Of(Panel panel)
    {
        if (panel.Marks.IsDefault)
            throw new ArgumentException($"[Panel {panel.Title}] got no marks (a default array); expected marks, or an empty array");
        foreach (var mark in panel.Marks)
            Checks.Check(mark);
        ImmutableArray<string> categories = [.. panel.Marks.SelectMany(mark => Extents.Categories(mark)).Distinct(StringComparer.Ordinal)];
        var xAxis = categories.IsEmpty ? panel.X : new(panel.X.Label) { From = -0.5, To = categories.Length - 0.5 };
        var extents = panel.Marks.Select(mark => Extents.Of(mark, xAxis.Scale, panel.Y.Scale)).ToArray();
        Point[] points = [.. extents.SelectMany(extent => extent.Points).Where(IsShown)];
        Point[] ends = [.. extents.SelectMany(extent => extent.Ends)];
        var maps = panel.Marks.OfType<Mark.HeatMap>().ToArray();
        var values = maps.SelectMany(map => map.Values).ToArray();
        var shapes = new Shapes(
            panel.Marks,
            categories,
            Domain.Of(xAxis, points.Select(point => point.X), ends.Select(point => point.X)),
            Domain.Of(panel.Y, points.Select(point => point.Y), ends.Select(point => point.Y)),
            maps.Length > 0 ? Domain.Of(new Axis("") { Scale = maps[0].Scale }, values, values) : null,
            maps.Length > 0
                ? []
                :
                [
                    .. panel
                        .Marks.OfType<Mark.Contour>()
                        .Where(grid => grid.Colour is null)
                        .SelectMany(grid => grid.Levels())
                        .Distinct()
                        .Order(),
                ]
        );
        var colours = Colours(panel.Marks);
        ImmutableArray<Layer> layers = [.. panel.Marks.Select((mark, i) => new Layer(mark, colours[i], [.. shapes.Of(mark)]))];
        var legend = layers
            .Where(layer => layer.Mark is { Name: not null } and not (Mark.HeatMap or Mark.Contour { Colour: null } or Mark.Text))
            .GroupBy(layer => layer.Mark.Name!, StringComparer.Ordinal);
        return new(
            panel,
            shapes.X,
            shapes.Y,
            categories,
            layers,
            [.. legend.Select(same => (same.Key, same.ToImmutableArray()))],
            shapes.Shades,
            shapes.Levels
        );

        bool IsShown(Point point) => double.IsFinite(xAxis.Scale.Forward(point.X)) && double.IsFinite(panel.Y.Scale.Forward(point.Y));
    }

    /// <summary>The X axis's ticks: round numbers, or every category.</summary>
    public ImmutableArray<Tick> XTicks(int count) =>
        Categories.IsEmpty ? X.Ticks(count) : [.. Categories.Select((category, i) => new Tick(i, category))];

    /// <summary>Each mark's place in the palette: told, or its name's, or the next that no other has; −1 for those that have shades or are text.</summary>
    private static int[] Colours(ImmutableArray<Mark> marks)
    {
        var taken = marks.Select(mark => mark.Colour).OfType<int>().ToHashSet();
        var named = marks
            .Where(mark => mark is { Name: not null, Colour: not null })
            .DistinctBy(mark => mark.Name)
            .ToDictionary(mark => mark.Name!, mark => mark.Colour!.Value, StringComparer.Ordinal);
        return [.. marks.Select(Place)];

        int Place(Mark mark)
        {
            if (mark.Colour is { } told)
                return told;
            if (mark is Mark.HeatMap or Mark.Contour or Mark.Text { Name: null })
                return -1;
            var name = mark.Name ?? (mark is Mark.Box ? "" : null); // boxes without a name are told apart by their categories
            if (name is not null && named.TryGetValue(name, out var same))
                return same;
            var next = Enumerable.Range(0, taken.Count + 1).First(taken.Add);
            return name is null ? next : named[name] = next;
        }
    }
}
