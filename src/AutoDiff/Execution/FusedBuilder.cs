using System.Numerics;

namespace AutoDiff;

/// <summary>Gives the values of a fused group registers: operands first, then targets, then scratch tiles that are used again once dead.</summary>
/// <remarks>One builder serves all groups of a plan, so that a group costs little beside its step.</remarks>
internal sealed class FusedBuilder<T>(Graph graph, Uses uses, Fusion fusion, View?[] views)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int None = -1;
    private const int Dead = -2;

    private readonly List<View> _operands = [];
    private readonly List<int> _sources = [];
    private readonly Stack<int> _free = [];

    // By node, so that a group touches only its own entries; every entry is None between groups.
    private readonly int[] _registers = Cleared(views.Length);
    private readonly int[] _lastUse = Cleared(views.Length);
    private readonly List<int> _members = [];

    /// <summary>The members whose values are kept, ascending; the last member is one.</summary>
    public List<int> Targets { get; } = [];

    /// <summary>Turns to a group, whose operands all have their views.</summary>
    public void Begin(List<int> members)
    {
        _members.Clear();
        _members.AddRange(members);
        AddRepeated();
        _operands.Clear();
        _sources.Clear();
        _free.Clear();
        Targets.Clear();
        var group = fusion.GroupOf(members[0]);
        foreach (var id in _members)
        {
            if (id == _members[^1] || uses.IsOutput(id))
                Targets.Add(id);
            foreach (var argument in graph.Arguments(id))
            {
                var source = uses.Same(argument);
                _lastUse[source] = id;
                if (fusion.GroupOf(source) == group || fusion.IsRepeated(source) || _registers[source] != None)
                    continue;
                _registers[source] = _operands.Count;
                _operands.Add(views[source]!);
                _sources.Add(source);
            }
        }
    }

    /// <summary>The group's step.</summary>
    public FusedStep<T> Build(Storage[] targets)
    {
        for (var i = 0; i < Targets.Count; i++)
            _registers[Targets[i]] = _operands.Count + i;
        var first = _operands.Count + Targets.Count;
        var tiles = 0;
        var code = new Instruction[_members.Count];
        for (var i = 0; i < code.Length; i++)
        {
            var id = _members[i];
            var arguments = graph.Arguments(id);
            var (x, y, z) = (Register(arguments, 0), Register(arguments, 1), Register(arguments, 2));
            // An elementwise operation may write to its own operand, so what dies here is free for its result.
            foreach (var argument in arguments)
            {
                var source = uses.Same(argument);
                if (_lastUse[source] == id && _registers[source] >= first)
                {
                    _free.Push(_registers[source]);
                    _registers[source] = Dead;
                }
            }
            if (_registers[id] == None)
                _registers[id] = _free.TryPop(out var register) ? register : first + tiles++;
            code[i] = new(((Apply)graph.Nodes[id]).Op, x, y, z, _registers[id]);
        }
        Clear(_sources);
        Clear(_members);
        return new([.. _operands], targets, code, tiles, graph.Nodes[_members[^1]].Shape);
    }

    /// <summary>Takes in the nodes that every group computes for itself, each before its first use.</summary>
    private void AddRepeated()
    {
        for (var i = 0; i < _members.Count; i++)
        {
            foreach (var argument in graph.Arguments(_members[i]))
            {
                var source = uses.Same(argument);
                if (fusion.IsRepeated(source) && !_members.Contains(source))
                    _members.Add(source);
            }
        }
        _members.Sort();
    }

    private static int[] Cleared(int count)
    {
        var entries = new int[count];
        Array.Fill(entries, None);
        return entries;
    }

    private void Clear(List<int> ids)
    {
        foreach (var id in ids)
            _registers[id] = _lastUse[id] = None;
    }

    private int Register(ReadOnlySpan<int> arguments, int index) =>
        index < arguments.Length ? _registers[uses.Same(arguments[index])] : None;
}
