using System.CommandLine;

namespace AutoDiff.Benchmarks;

/// <summary>What a large graph costs before its first number, phase by phase and node by node.</summary>
internal static class FirstCommand
{
    private static readonly string[] Columns =
    [
        "graph",
        "nodes",
        "trace",
        "differentiate",
        "settle",
        "flatten",
        "simplify",
        "plan",
        "first call",
    ];

    public static Command Create()
    {
        var nodes = Options.Count("--nodes", 500_000, "About how many nodes the graphs have.");
        var rounds = Options.Rounds(3);
        var only = new Option<string?>("--case") { HelpName = "TEXT", Description = "Only the graphs whose names contain this." };
        var bytes = new Option<bool>("--bytes") { Description = "Bytes allocated a node instead of microseconds." };
        var command = new Command("first", "Time the first call of large graphs, in microseconds a node.") { nodes, rounds, only, bytes };
        command.SetAction(parse =>
        {
            foreach (var graph in LargeGraph.All(2_000))
                Phases(graph); // what the compiler does is not counted
            var chosen = LargeGraph
                .All(parse.GetValue(nodes))
                .Where(graph => graph.Name.Contains(parse.GetValue(only) ?? "", StringComparison.Ordinal));
            Terminal.Write(1, Columns, chosen.Select(graph => Row(graph, parse.GetValue(rounds), parse.GetValue(bytes))));
        });
        return command;
    }

    private static string[] Row(LargeGraph graph, int rounds, bool bytes)
    {
        var all = Enumerable.Range(0, rounds).Select(_ => Phases(graph)).ToArray();
        var nodes = all[0].Nodes;
        var cells = Enumerable
            .Range(0, all[0].Phases.Length)
            .Select(i => Clock.Median(all.Select(round => bytes ? round.Phases[i].Bytes : round.Phases[i].Seconds * 1e6)) / nodes);
        return [graph.Name, $"{nodes:N0}", .. cells.Select(cell => Terminal.Number(cell))];
    }

    private static (int Nodes, (double Seconds, double Bytes)[] Phases) Phases(LargeGraph graph)
    {
        Input[] inputs = [.. graph.Point.Select((leaf, i) => new Input(leaf.Shape, $"x{i}"))];
        TreeList<Tensor> point = [.. inputs];
        Tensor[] outputs = [];
        Graph flat = null!;
        var trace = Measured(() => graph.Value(point));
        var both = Measured(() => outputs = [.. graph.Derivative(point)]);
        var nodes = Walk.Order(outputs).Count;
        var settle = Measured(() => Evaluation.Evaluate(LinearParts.SettledResiduals(outputs, inputs)!));
        var flatten = Measured(() => flat = Graph.Of(inputs, outputs));
        var simplify = Measured(() => flat = Simplification.Simplify(flat));
        var plan = Measured(() => Plan<double>.Of(flat));
        (flat, outputs) = (null!, []);
        var first = Measured(() => Transforms.Compile(graph.Derivative).For(graph.Point));
        return (nodes, [trace, (both.Seconds - trace.Seconds, both.Bytes - trace.Bytes), settle, flatten, simplify, plan, first]);
    }

    private static (double Seconds, double Bytes) Measured(Action action)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var seconds = Clock.Seconds(action);
        return (seconds, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
