using System.Numerics;

namespace AutoDiff;

/// <summary>Gives the values of a fused group registers: operands first, then targets, then scratch tiles that are used again once dead.</summary>
/// <remarks>One builder serves all groups of a plan, so that a group costs little beside its step.</remarks>
internal sealed class FusedBuilder<T>(Graph graph, Fusion fusion, View?[] views)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Dead = int.MaxValue;

    private readonly List<View> _operands = [];
    private readonly Dictionary<int, int> _registers = [];
    private readonly Dictionary<int, int> _lastUse = [];
    private readonly Stack<int> _free = [];
    private List<int> _members = [];

    /// <summary>Turns to a group, whose operands all have their views.</summary>
    public void Begin(List<int> members)
    {
        _members = members;
        _operands.Clear();
        _registers.Clear();
        _lastUse.Clear();
        _free.Clear();
        Targets.Clear();
        var group = fusion.GroupOf(members[0]);
        foreach (var id in members)
        {
            if (id == members[^1] || fusion.Outputs.Contains(id))
                Targets.Add(id);
            foreach (var argument in graph.Arguments(id))
            {
                var source = fusion.Same(argument);
                _lastUse[source] = id;
                if (fusion.GroupOf(source) == group || _registers.ContainsKey(source))
                    continue;
                _registers.Add(source, _operands.Count);
                _operands.Add(views[source]!);
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
        var tiles = 0;
        var code = new Instruction[_members.Count];
        for (var i = 0; i < code.Length; i++)
        {
            var id = _members[i];
            var arguments = graph.Arguments(id);
            int x = Register(arguments, 0),
                y = Register(arguments, 1),
                z = Register(arguments, 2);
            // An elementwise operation may write to its own operand, so what dies here is free for its result.
            foreach (var argument in arguments)
            {
                var source = fusion.Same(argument);
                if (_lastUse[source] == id && _registers[source] >= first && _registers[source] != Dead)
                {
                    _free.Push(_registers[source]);
                    _registers[source] = Dead;
                }
            }
            if (!_registers.TryGetValue(id, out var target))
            {
                target = _free.TryPop(out var register) ? register : first + tiles++;
                _registers.Add(id, target);
            }
            code[i] = new(((Apply)graph.Nodes[id]).Op, x, y, z, target);
        }
        return new([.. _operands], targets, code, tiles, graph.Nodes[_members[^1]].Shape);
    }

    private int Register(ReadOnlySpan<int> arguments, int index) =>
        index < arguments.Length ? _registers[fusion.Same(arguments[index])] : -1;
}
