using AutoDiff.Plots;

namespace AutoDiff.Tests.Plots;

public sealed class TerminalTests
{
    [Fact]
    public void Look()
    {
        File.WriteAllText("/tmp/shows/look.txt", string.Join("\n", SamplePanels.Marks.Select(p => $"---{p.Kind}\n" + Terminal.Of(SamplePanels.Of(p.Mark), 40, 13))));
        foreach (var p in SamplePanels.Marks) File.WriteAllText($"/tmp/shows/vl/{p.Kind}.vl.json", VegaLite.Of(SamplePanels.Of(p.Mark with { Name = "named" }, new Mark.Line([0, 1, 2], [0.5, 1, 2]) { Name = "other", Dashed = true })));
        foreach (var p in SamplePanels.Scales) File.WriteAllText($"/tmp/shows/vl/scale-{p.Kind}.vl.json", VegaLite.Of(new("title", new("x"){ Scale = p.Scale}, new("y") {Scale = p.Scale}, [new Mark.Line([-10, 0, 1, 10, 100], [-100, -10, 10, 100, 4000])])));
        File.WriteAllText("/tmp/shows/vl/bars.vl.json", VegaLite.Of(SamplePanels.Of(new Mark.Bar(["p", "q"], [1, 2]) { Name = "a" }, new Mark.Bar(["p", "q"], [2, 3]) { Name = "b" })));
    }
}
