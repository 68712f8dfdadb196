using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>The parabola of Kneusel, Math for Deep Learning, chapter 11: 6x² − 12x + 3, whose minimum is at 1.</summary>
internal static class Parabola
{
    public static Tensor Loss(Tensor x) => (6 * Square(x)) - (12 * x) + 3;

    /// <summary>The parabola and the places of a walk on it, joined in their order.</summary>
    public static Panel Panel(string title, double from, double to, double[] walk)
    {
        var xs = Plane.Spaced(from, to, 200);
        return new(
            title,
            new("x"),
            new("f(x)"),
            [
                new Mark.Line(xs, [.. xs.Select(Value)]) { Name = "f" },
                new Mark.Line([.. walk], [.. walk.Select(Value)]) { Name = "steps", Dashed = true },
                new Mark.Scatter([.. walk], [.. walk.Select(Value)]) { Name = "steps" },
            ]
        );
    }

    private static double Value(double x) => (6 * x * x) - (12 * x) + 3;
}
