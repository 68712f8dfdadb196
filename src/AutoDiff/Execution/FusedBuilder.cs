using System.Numerics;

namespace AutoDiff;

/// <summary>Gives the values of a fused group registers: operands first, then targets, then scratch tiles that are used again once dead.</summary>
internal sealed class FusedBuilder<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Graph _graph;
    private readonly Fusion _fusion;
    private readonly List<int> _members;
    private readonly List<View> _operands = [];
    private readonly Dictionary<int, int> _registers = [];
    private readonly Dictionary<int, int> _lastUse = [];

    public FusedBuilder(Graph graph, Fusion fusion, List<int> members, Func<int, View> view)
    {
        (_graph, _fusion, _members) = (graph, fusion, members);
        var outputs = fusion.Outputs;
        var group = fusion.GroupOf(members[0]);
        foreach (var id in members)
        {
            if (id == members[^1] || outputs.Contains(id))
                Targets.Add(id);
            foreach (var argument in graph.Arguments(id))
            {
                var source = fusion.Same(argument);
                _lastUse[source] = id;
                if (fusion.GroupOf(source) == group || _registers.ContainsKey(source))
                    continue;
                _registers.Add(source, _operands.Count);
                _operands.Add(view(source));
            }
        }
    }

    /// <summary>The members whose values are kept, ascending; the last member is one.</summary>
    public List<int> Targets { get; } = [];

    public FusedStep<T> Build(Storage[] targets)
    {
        for (var i = 0; i < Targets.Count; i++)
            _registers.Add(Targets[i], _operands.Count + i);
        var first = _operands.Count + Targets.Count;
        var (free, tiles) = (new Stack<int>(), 0);
        var code = new Instruction[_members.Count];
        for (var i = 0; i < code.Length; i++)
        {
            var id = _members[i];
            var arguments = _graph.Arguments(id);
            int x = Register(arguments, 0), y = Register(arguments, 1), z = Register(arguments, 2);
            // An elementwise operation may write to its own operand, so what dies here is free for its result.
            foreach (var argument in arguments)
            {
                var source = _fusion.Same(argument);
                if (_lastUse[source] == id && _registers[source] >= first && _registers[source] < int.MaxValue)
                {
                    free.Push(_registers[source]);
                    _registers[source] = int.MaxValue;
                }
            }
            if (!_registers.TryGetValue(id, out var target))
            {
                target = free.TryPop(out var register) ? register : first + tiles++;
                _registers.Add(id, target);
            }
            code[i] = new(((Apply)_graph.Nodes[id]).Op, x, y, z, target);
        }
        return new([.. _operands], targets, code, tiles, _graph.Nodes[_members[^1]].Shape);
    }

    private int Register(ReadOnlySpan<int> arguments, int index) => index < arguments.Length ? _registers[_fusion.Same(arguments[index])] : -1;
}
