using System.Numerics;
using System.Runtime.InteropServices;

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
    private readonly int[] _uses = Cleared(views.Length);
    private readonly int[] _partner = Cleared(views.Length);
    private readonly List<int> _members = [];
    private readonly List<Instruction> _code = [];

    /// <summary>The members whose values are kept, ascending; the last member is one, and its twin where two end the group.</summary>
    public List<int> Targets { get; } = [];

    /// <summary>What the group reads.</summary>
    public ReadOnlySpan<View> Operands => CollectionsMarshal.AsSpan(_operands);

    /// <summary>Turns to a group, whose operands all have their views.</summary>
    public void Begin(ReadOnlySpan<int> members)
    {
        _members.Clear();
        _members.AddRange(members);
        AddRepeated();
        Pair();
        _operands.Clear();
        _sources.Clear();
        _free.Clear();
        Targets.Clear();
        var group = fusion.GroupOf(members[0]);
        foreach (var id in _members)
        {
            if (id == _members[^1] || fusion.IsEnd(id) || uses.IsOutput(id))
                Targets.Add(id);
            foreach (var argument in graph.Arguments(id))
            {
                var source = uses.Same(argument);
                _lastUse[source] = Math.Max(_lastUse[source], IsFirst(id) ? _partner[id] : id);
                if (fusion.GroupOf(source) == group || fusion.IsRepeated(source) || _registers[source] != None)
                    continue;
                _registers[source] = _operands.Count;
                _operands.Add(views[source]!);
                _sources.Add(source);
            }
        }
    }

    /// <summary>The group's step, through examples last where it is <paramref name="turned"/>.</summary>
    public FusedStep<T> Build(Storage[] targets, bool turned)
    {
        for (var i = 0; i < Targets.Count; i++)
            _registers[Targets[i]] = _operands.Count + i;
        var firstTile = _operands.Count + Targets.Count;
        var tiles = 0;
        _code.Clear();
        Span<int> arguments = stackalloc int[3];
        foreach (var id in _members)
        {
            if (IsFirst(id))
                continue;
            var op = ((Apply)graph.Nodes[id]).Op;
            var (first, second, reversed) = (op, (Binary?)null, false);
            arguments.Fill(None);
            if (_partner[id] == None)
            {
                for (var i = 0; i < graph.Arguments(id).Length; i++)
                    arguments[i] = uses.Same(graph.Arguments(id)[i]);
            }
            else
            {
                var inner = graph.Arguments(_partner[id]);
                (arguments[0], arguments[1]) = (uses.Same(inner[0]), uses.Same(inner[^1])); // a square's factors are one
                (first, second) = (((Apply)graph.Nodes[_partner[id]]).Op, ((Op.Zip)op).Function);
                reversed = uses.Same(graph.Arguments(id)[1]) == _partner[id];
                arguments[2] = uses.Same(graph.Arguments(id)[reversed ? 0 : 1]);
            }
            var (x, y, z) = (Register(arguments[0]), Register(arguments[1]), Register(arguments[2]));
            // An elementwise operation may write to its own operand, so what dies here is free for its result.
            foreach (var source in arguments)
            {
                if (source != None && _lastUse[source] == id && _registers[source] >= firstTile)
                {
                    _free.Push(_registers[source]);
                    _registers[source] = Dead;
                }
            }
            if (fusion.TwinOf(id) is var twin && twin >= 0 && twin < id)
                continue; // computed with it
            var target = Target(id);
            if (twin < 0)
                _code.Add(new(first, second, reversed, x, y, z, target));
            else if (op is Op.Map(var function) && Unaries.Of(function).Twins!.First == function)
                _code.Add(new(op, null, false, x, None, None, target, Target(twin)));
            else
                _code.Add(new(((Apply)graph.Nodes[twin]).Op, null, false, x, None, None, Target(twin), target));
        }
        Clear(_sources);
        Clear(_members);
        var shape = graph.Nodes[_members[^1]].Shape;
        return turned
            ? new([.. _operands.Select(Tall.Turned)], targets, [.. _code], tiles, Tall.Turned(shape))
            : new([.. _operands], targets, [.. _code], tiles, shape);

        int Target(int id) =>
            _registers[id] != None ? _registers[id] : _registers[id] = _free.TryPop(out var register) ? register : firstTile + tiles++;
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
            _registers[id] = _lastUse[id] = _uses[id] = _partner[id] = None;
    }

    private int Register(int source) => source == None ? None : _registers[source];

    /// <summary>Whether a later member computes this one in the same pass: the partner of a second is the smaller of the two.</summary>
    private bool IsFirst(int id) => _partner[id] > id;

    /// <summary>Joins an operation to the only one that uses its result, where a kernel runs both in one pass.</summary>
    private void Pair()
    {
        foreach (var id in _members)
        {
            foreach (var argument in graph.Arguments(id))
                _uses[uses.Same(argument)] = Math.Max(_uses[uses.Same(argument)], 0) + 1;
        }
        for (var i = _members.Count - 1; i >= 0; i--)
        {
            var id = _members[i];
            if (
                _partner[id] != None
                || graph.Nodes[id] is not Apply { Op: Op.Zip(var function) }
                || !Pairs.IsSecond(Binaries.Of(function).Kernel)
            )
                continue;
            foreach (var argument in graph.Arguments(id))
            {
                var source = uses.Same(argument);
                if (CanComeFirst(source))
                {
                    (_partner[id], _partner[source]) = (source, id);
                    break;
                }
            }
        }
    }

    private bool CanComeFirst(int id) =>
        _uses[id] == 1
        && _partner[id] == None
        && !uses.IsOutput(id)
        && (fusion.GroupOf(id) == fusion.GroupOf(_members[^1]) || fusion.IsRepeated(id))
        && graph.Nodes[id] is Apply { Op: var op }
        && FusedInstruction<T>.FirstOfPair(op) is not null;
}
