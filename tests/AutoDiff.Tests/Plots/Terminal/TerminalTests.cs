using AutoDiff.Plots;

namespace AutoDiff.Tests.Plots;

public sealed class TerminalTests
{
    [Fact]
    public void Look()
    {
        double[] t = [.. Enumerable.Range(0, 101).Select(i => i / 10.0)];
        double[] g = [.. Enumerable.Range(0, 21).Select(i => (i - 10) / 5.0)];
        Panel[] panels =
        [
            new("loss", new("step"), new("loss") { Scale = Scale.Log }, [
                new Mark.Line([.. t], [.. t.Select(x => Math.Exp(-x))]) { Name = "descent" },
                new Mark.Line([.. t], [.. t.Select(x => Math.Exp(-x/2))]) { Name = "momentum", Dashed = true },
                new Mark.Scatter([1, 2, 3], [1e-3, 1e-2, 1e-4]) { Name = "points" },
            ]),
            new("bars", new("kind"), new("count"), [
                new Mark.Bar(["red", "green", "blue"], [3, -1, 2.4]) { Name = "a" },
                new Mark.Bar(["red", "green", "blue"], [1, 2, double.NaN]) { Name = "b" },
            ]),
            new("hist", new("value"), new("count"), [new Mark.Histogram([.. t.Select(x => x * x)])]),
            new("heat", new("x"), new("y"), [new Mark.HeatMap([.. g], [.. g], [.. g.SelectMany(y => g.Select(x => x * x + y * y))])]),
            new("contour", new("x"), new("y"), [new Mark.Contour([.. g], [.. g], [.. g.SelectMany(y => g.Select(x => x * x / 4 + y * y))]), new Mark.Path([-1.5, 0, 1, 0.5, 0.2], [1.5, -1, 0.5, -0.3, 0]) { Name = "walk" }]),
            new("band", new("x"), new("y"), [new Mark.Band([.. t], [.. t.Select(x => Math.Sin(x) - 0.5)], [.. t.Select(x => Math.Sin(x) + 0.5)]), new Mark.Line([.. t], [.. t.Select(Math.Sin)])]),
            new("box", new("x"), new("y"), [new Mark.Box("one", [1, 2, 3, 4, 20]), new Mark.Box("two", [3, 4, 5, 8])]),
            new("arrows", new("x"), new("y"), [new Mark.Arrows([0, 0, 0, 0], [0, 0, 0, 0], [1, -1, 0, 0], [0, 1, 1, -1]), new Mark.Text([0.5], [0.5], ["words"]), new Mark.ErrorBar([1, 2], [1, 2], [0.5, 1], [1.5, 2.5])]),
        ];
        File.WriteAllText("/tmp/shows/look.txt", string.Join("\n\n", panels.Select(p => Terminal.Of(p, 80, 20))));
    }
}
