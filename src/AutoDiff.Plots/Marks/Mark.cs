namespace AutoDiff.Plots;

/// <summary>What stands in a panel: data, and how they are shown.</summary>
/// <remarks>Where a number is NaN or infinite, a line has a gap and a point is left out.</remarks>
public abstract record Mark
{
    private Mark() { }

    /// <summary>What the legend calls it; null where it has no entry. A heat map's or contours' name stands over their bar of shades.</summary>
    public string? Name { get; init; }

    /// <summary>Its place in the palette, from 0; null for the next one that is free. Marks of one name have one colour.</summary>
    public int? Colour { get; init; }

    /// <summary>Marks at points.</summary>
    public abstract record Series(ImmutableArray<double> X, ImmutableArray<double> Y) : Mark;

    /// <summary>Marks over a grid; the values row by row, a row for each Y.</summary>
    public abstract record Grid(ImmutableArray<double> X, ImmutableArray<double> Y, ImmutableArray<double> Values) : Mark;

    /// <summary>Points joined by straight lines, in their order.</summary>
    public sealed record Line(ImmutableArray<double> X, ImmutableArray<double> Y) : Series(X, Y)
    {
        /// <summary>Whether it is dashed.</summary>
        public bool Dashed { get; init; }
    }

    /// <summary>A walk over the plane: a line with a dot at its start, small ones between, and an arrow's head at its end.</summary>
    public sealed record Path(ImmutableArray<double> X, ImmutableArray<double> Y) : Series(X, Y);

    /// <summary>Each value holds until the next one's place.</summary>
    public sealed record Step(ImmutableArray<double> X, ImmutableArray<double> Y) : Series(X, Y);

    /// <summary>Points.</summary>
    public sealed record Scatter(ImmutableArray<double> X, ImmutableArray<double> Y) : Series(X, Y)
    {
        /// <summary>The shape of each.</summary>
        public Symbol Symbol { get; init; }

        /// <summary>What is said of each where it is pointed at; empty for its numbers.</summary>
        public ImmutableArray<string> Labels { get; init; } = [];
    }

    /// <summary>A bar for each category, from 0 up or down; several such marks stand side by side.</summary>
    public sealed record Bar(ImmutableArray<string> Categories, ImmutableArray<double> Heights) : Mark;

    /// <summary>How many values fall into each of equally wide bins.</summary>
    public sealed record Histogram(ImmutableArray<double> Values) : Mark
    {
        /// <summary>How many bins; 20 by default.</summary>
        public int Bins { get; init; } = 20;
    }

    /// <summary>Median, quartiles, whiskers to the furthest values within 1.5 interquartile ranges, and each value beyond (Tukey 1977).</summary>
    public sealed record Box(string Category, ImmutableArray<double> Values) : Mark;

    /// <summary>A point with the ends of its error's bar.</summary>
    public sealed record ErrorBar(
        ImmutableArray<double> X,
        ImmutableArray<double> Y,
        ImmutableArray<double> Low,
        ImmutableArray<double> High
    ) : Series(X, Y);

    /// <summary>What lies between two curves.</summary>
    public sealed record Band(ImmutableArray<double> X, ImmutableArray<double> Low, ImmutableArray<double> High) : Mark;

    /// <summary>A colour for each cell of a grid, whose middles are X and Y.</summary>
    public sealed record HeatMap(ImmutableArray<double> X, ImmutableArray<double> Y, ImmutableArray<double> Values) : Grid(X, Y, Values)
    {
        /// <summary>How values become colours; linear by default.</summary>
        public Scale Scale { get; init; } = Scale.Linear;
    }

    /// <summary>Lines of equal values over a grid of points.</summary>
    public sealed record Contour(ImmutableArray<double> X, ImmutableArray<double> Y, ImmutableArray<double> Values) : Grid(X, Y, Values)
    {
        /// <summary>The values that get a line; empty for about ten round ones, by ratio where the values span decades.</summary>
        public ImmutableArray<double> Levels { get; init; } = [];
    }

    /// <summary>An arrow from each point, as long as told in the axes' units.</summary>
    public sealed record Arrows(ImmutableArray<double> X, ImmutableArray<double> Y, ImmutableArray<double> Dx, ImmutableArray<double> Dy)
        : Series(X, Y);

    /// <summary>Words at points.</summary>
    public sealed record Text(ImmutableArray<double> X, ImmutableArray<double> Y, ImmutableArray<string> Words) : Series(X, Y);
}
