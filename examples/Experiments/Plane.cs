using System.Collections.Immutable;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>Functions of two numbers and walks over them, as marks, panels and checks.</summary>
internal static class Plane
{
    private const int Points = 61;

    /// <summary>Numbers equally far apart, both ends included.</summary>
    public static ImmutableArray<double> Spaced(double from, double to, int count = Points) =>
        [.. Enumerable.Range(0, count).Select(i => from + (i * (to - from) / (count - 1)))];

    /// <summary>Numbers whose ratios are equal, both ends included.</summary>
    public static ImmutableArray<double> SpacedByRatio(double from, double to, int count) =>
        [.. Spaced(Math.Log(from), Math.Log(to), count).Select(Math.Exp)];

    /// <summary>A function's values at all points of a grid, row by row, a row for each y.</summary>
    /// <param name="function">Of a point [2].</param>
    /// <param name="xs">The first coordinates.</param>
    /// <param name="ys">The second.</param>
    public static ImmutableArray<double> Values(Func<Tensor, Tensor> function, ImmutableArray<double> xs, ImmutableArray<double> ys)
    {
        double[] points = [.. ys.SelectMany(y => xs.SelectMany(x => new[] { x, y }))];
        return [.. Transforms.Vmap(function)(Tensor.Of(points, xs.Length * ys.Length, 2)).ToArray()];
    }

    /// <summary>Lines of equal values of a function.</summary>
    /// <param name="loss">Of a point [2].</param>
    /// <param name="x">The ends of the first axis.</param>
    /// <param name="y">The ends of the second.</param>
    /// <param name="levels">The values; none for about ten nice ones.</param>
    public static Mark Contour(
        Func<Tensor, Tensor> loss,
        (double From, double To) x,
        (double From, double To) y,
        ImmutableArray<double> levels = default
    )
    {
        var (xs, ys) = (Spaced(x.From, x.To), Spaced(y.From, y.To));
        return new Mark.Contour(xs, ys, Values(loss, xs, ys)) { Levels = levels.IsDefault ? [] : levels };
    }

    /// <summary>A walk; of its points those that lie within the axes, up to the first that does not.</summary>
    public static Mark Walk(string name, double[][] path, (double From, double To) x, (double From, double To) y)
    {
        var shown = path.TakeWhile(p => x.From <= p[0] && p[0] <= x.To && y.From <= p[1] && p[1] <= y.To).ToArray();
        return new Mark.Path([.. shown.Select(p => p[0])], [.. shown.Select(p => p[1])]) { Name = name };
    }

    /// <summary>Points that are marked by a cross.</summary>
    public static Mark Crosses(string name, params double[][] points) =>
        new Mark.Scatter([.. points.Select(p => p[0])], [.. points.Select(p => p[1])])
        {
            Name = name,
            Symbol = Symbol.Cross,
            Colour = 6,
        };

    /// <summary>Contours with walks over them.</summary>
    public static Panel Panel(
        string title,
        Func<Tensor, Tensor> loss,
        (double From, double To) x,
        (double From, double To) y,
        ImmutableArray<double> levels,
        double[][] minima,
        params (string Name, double[][] Path)[] walks
    ) =>
        new(
            title,
            new("x") { From = x.From, To = x.To },
            new("y") { From = y.From, To = y.To },
            [Contour(loss, x, y, levels), .. walks.Select(walk => Walk(walk.Name, walk.Path, x, y)), Crosses("minimum", minima)]
        );

    /// <summary>A value for each step, from the first on.</summary>
    public static Mark BySteps(string name, IEnumerable<double> values, int first = 0, int every = 1)
    {
        double[] all = [.. values];
        return new Mark.Line([.. Enumerable.Range(0, all.Length).Select(i => (double)(first + (i * every)))], [.. all]) { Name = name };
    }

    /// <summary>A point near the expected one, in both coordinates.</summary>
    public static Check Near(string what, double[] expected, double[] measured, double within) =>
        new(
            what,
            $"{Text(expected, 5)} ± {Check.Text(within)}",
            Text(measured, 5),
            expected.Zip(measured, (a, b) => Math.Abs(a - b)).All(distance => distance <= within)
        );

    /// <summary>A point in words.</summary>
    public static string Text(double[] point, int digits) =>
        $"({string.Join(", ", point.Select(value => value.ToString("F" + digits, System.Globalization.CultureInfo.InvariantCulture)))})";

    /// <summary>How far two points are apart.</summary>
    public static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
}
