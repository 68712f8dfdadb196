using Xunit;

namespace AutoDiff.Properties;

/// <summary>What stands before the first number of a large graph, counted in bytes a node: as much at ten times the nodes, and no more than it needs.</summary>
public sealed class FirstCallLaws
{
    private const int Nodes = 10_000;

    // Tables that double have up to twice the entries they need.
    private const double MostGrowth = 1.3;

    /// <summary>The most bytes a node for tracing, simplifying and planning: what it takes, and a tenth.</summary>
    public static TheoryData<string, string, int, int, int> Rows =>
        new()
        {
            { "chain", "gradient", 335, 275, 665 },
            { "chain", "H·v", 295, 250, 535 },
            { "recurrence", "gradient", 470, 255, 620 },
            { "recurrence", "H·v", 400, 245, 545 },
            { "rows", "gradient", 650, 235, 515 },
        };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_node_costs_as_much_among_many_as_among_few(string program, string order, int trace, int simplify, int plan)
    {
        var size = (int)(1000 * Nodes / Cost(1000)["nodes"]);
        var (few, many) = (Cost(size), Cost(10 * size));
        Assert.InRange(many["nodes"], 9 * Nodes, 11 * Nodes);
        var text = "";
        foreach (var (count, most) in new[] { ("bytes to trace", trace), ("bytes to simplify", simplify), ("bytes to plan", plan) })
        {
            var (before, after) = (few[count] / few["nodes"], many[count] / many["nodes"]);
            if (after > most || after > MostGrowth * before)
                text += $"{count}: {before:F0} a node of {few["nodes"]}, {after:F0} a node of {many["nodes"]}, at most {most}; ";
        }
        Assert.True(text.Length == 0, text);

        Dictionary<string, double> Cost(int size)
        {
            var (point, loss) = Programs.All[program](size);
            return Properties.Cost.Of(Properties.Cost.Orders[order](loss), point);
        }
    }
}
