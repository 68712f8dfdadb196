namespace AutoDiff.Plots;

/// <summary>What a renderer draws, in the square from (0, 0), below on the left, to (1, 1); nothing of it lies outside.</summary>
internal abstract record Shape
{
    private Shape() { }

    /// <summary>Its place from 0 to 1 among the shades of a heat map or of contours' levels; null for its layer's colour.</summary>
    public double? Shade { get; init; }

    /// <summary>Lines through points, with gaps.</summary>
    public sealed record Stroke(ImmutableArray<Point> Points, string Tip = "", bool Dashed = false, bool Thin = false) : Shape;

    /// <summary>What a closed line surrounds, see-through.</summary>
    public sealed record Area(ImmutableArray<Point> Points) : Shape;

    /// <summary>A rectangle; what is said of it may be empty.</summary>
    public sealed record Block(Point Low, Point High, string Tip = "", bool Faint = false) : Shape;

    /// <summary>Points, and what is said of each; no words for none.</summary>
    public sealed record Dots(ImmutableArray<Point> Points, Symbol Symbol, double Radius, ImmutableArray<string> Tips) : Shape;

    /// <summary>Arrows' heads at points, as one comes from others.</summary>
    public sealed record Heads(ImmutableArray<(Point From, Point At)> Points) : Shape;

    /// <summary>Words beside a point.</summary>
    public sealed record Words(Point At, string Text) : Shape;
}
