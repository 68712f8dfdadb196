using System.Collections.Immutable;
using System.Globalization;
using AutoDiff.Curvature;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>How a loss over two numbers and the critical points on it are drawn, and their table.</summary>
internal static class SurfacePlot
{
    public static ImmutableArray<string> Columns { get; } = ["function", "point", "value", "kind", "index", "eigenvalues"];

    /// <summary>Numbers equally far apart, both ends included.</summary>
    public static double[] Steps(double from, double to, int count) => [.. Plane.Spaced(from, to, count)];

    /// <summary>The loss on a grid of <paramref name="count"/> × <paramref name="count"/> points of a rectangle.</summary>
    public static LandscapePlane Grid(
        Objective<Tensor> loss,
        (double From, double To) x,
        (double From, double To) y,
        int count,
        CancellationToken cancellation
    ) =>
        Landscape.Plane(
            loss,
            Tensor.Zeros([2]),
            Tensor.Of([1.0, 0.0]),
            Tensor.Of([0.0, 1.0]),
            Steps(x.From, x.To, count),
            Steps(y.From, y.To, count),
            new() { Cancellation = cancellation }
        );

    public static Mark.Contour Contour(LandscapePlane plane, ImmutableArray<double> levels = default) =>
        new(plane.X, plane.Y, plane.Losses) { Levels = levels.IsDefault ? [] : levels };

    /// <summary>Levels that lie the closer the nearer they are to the lowest: <c>lowest + first·ratioⁱ</c>.</summary>
    public static ImmutableArray<double> Levels(double lowest, double first, double ratio, int count) =>
        [.. Enumerable.Range(0, count).Select(i => lowest + (first * Math.Pow(ratio, i)))];

    /// <summary>A point of two numbers where it is.</summary>
    public static PlacedPoint Place(CriticalPoint<Tensor> point) => new(point.Point[0].Item(), point.Point[1].Item(), point);

    /// <summary>A scatter for each kind that occurs: minima, saddles by index, maxima, degenerate ones.</summary>
    public static ImmutableArray<Mark> Marks(IEnumerable<PlacedPoint> points) =>
        [
            .. points
                .GroupBy(one => Name(one.Point))
                .OrderBy(group => group.First().Point.Index)
                .Select(group => new Mark.Scatter([.. group.Select(one => one.X)], [.. group.Select(one => one.Y)])
                {
                    Name = group.Key,
                    Symbol = Symbol(group.First().Point),
                    Colour = Colour(group.First().Point),
                    Labels = [.. group.Select(one => $"{group.Key}: {Check.Text(one.Point.Loss)}")],
                }),
        ];

    /// <summary>A row of the table of critical points.</summary>
    public static ImmutableArray<string> Row(string function, CriticalPoint<Tensor> point) =>
        [
            function,
            $"({string.Join(", ", point.Point.ToArray().Select(x => Number(x, 1e-12)))})",
            Number(point.Loss, 1e-12),
            Name(point.Kind),
            $"{point.Index}",
            Eigenvalues(point),
        ];

    /// <summary>The eigenvalues with their error bounds.</summary>
    public static string Eigenvalues(CriticalPoint<Tensor> point) =>
        string.Join(
            ", ",
            point.Eigenvalues.Zip(
                point.ErrorBounds,
                (value, bound) => $"{Number(value, bound)} ± {bound.ToString("0e0", CultureInfo.InvariantCulture)}"
            )
        );

    /// <summary>A kind in words.</summary>
    public static string Name(CriticalPointKind kind) =>
        kind == CriticalPointKind.NotCritical ? "not critical" : kind.ToString().ToLowerInvariant();

    private static string Name(CriticalPoint<Tensor> point) =>
        point.Kind == CriticalPointKind.Saddle ? $"saddle, index {point.Index}" : Name(point.Kind);

    private static Symbol Symbol(CriticalPoint<Tensor> point) =>
        point.Kind switch
        {
            CriticalPointKind.Minimum => Plots.Symbol.Circle,
            CriticalPointKind.Saddle => Plots.Symbol.Cross,
            CriticalPointKind.Maximum => Plots.Symbol.Triangle,
            _ => Plots.Symbol.Square,
        };

    private static int Colour(CriticalPoint<Tensor> point) =>
        point.Kind switch
        {
            CriticalPointKind.Minimum => 0,
            CriticalPointKind.Saddle when point.Index == 1 => 1,
            CriticalPointKind.Saddle => 4,
            CriticalPointKind.Maximum => 2,
            _ => 3,
        };

    /// <summary>Six digits, and 0 for what is 0 but for its error.</summary>
    private static string Number(double value, double error) => Check.Text(Math.Abs(value) <= error ? 0 : value);
}

/// <summary>A critical point and where it stands in a panel.</summary>
internal sealed record PlacedPoint(double X, double Y, CriticalPoint<Tensor> Point);
