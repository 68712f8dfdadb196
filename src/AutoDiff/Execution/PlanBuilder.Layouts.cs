namespace AutoDiff;

internal sealed partial class PlanBuilder<T>
{
    private readonly Dictionary<int, View> _turned = [];

    /// <summary>The result of a node that is computed into a block of its own, laid out as suits its operands.</summary>
    private View Whole(Node at, params ReadOnlySpan<View> operands) =>
        Tall.Suits(at.Shape, operands) ? Tall.Whole(New(at.Shape.Size, at.Id), at.Shape) : View.Whole(New(at.Shape.Size, at.Id), at.Shape);

    public View? Of(Op.Reduce op, Node at)
    {
        var x = Argument(at.Id, 0);
        if (IsOfWindows(op, x))
        {
            var reduced = Whole(at);
            Emit(at.Id, new WindowReduceStep<T>(op.Kind, op.Axes, x, reduced.Storage));
            return reduced;
        }
        if (!Tall.Is(x.Shape) || op.Axes.Contains(0) || x.IsContiguous || x.Strides[0] == 0)
        {
            var y = View.Whole(New(at.Shape.Size, at.Id), at.Shape);
            Emit(at.Id, new ReduceStep<T>(op.Kind, op.Axes, x, y.Storage));
            return y;
        }
        var target = New(at.Shape.Size, at.Id);
        Emit(at.Id, new ReduceStep<T>(op.Kind, Ints.From(op.Axes.Count, i => op.Axes[i] - 1), Tall.Turned(x), target));
        return Tall.Whole(target, at.Shape);
    }

    /// <summary>Whether a reduction's windows lie side by side in rows, several of them one above another.</summary>
    private static bool IsOfWindows(Op.Reduce op, View x) =>
        Reductions.Of(op.Kind).Fold is not null
        && x.IsContiguous
        && WindowRows.Fit(x.Shape, op.Axes)
        && new WindowRows(x.Shape, op.Axes).Taps.Length is > 1 and <= WindowRows.MostEach;

    public View? Of(Op.Pad op, Node at)
    {
        var x = Argument(at.Id, 0);
        var y = Whole(at, x);
        Emit(at.Id, new FillStep<T>(y.Storage, T.CreateTruncating(op.Value)));
        Emit(at.Id, new CopyStep<T>(x, y.Inside(op, x.Shape), add: false));
        return y;
    }

    public View? Of(Op.Concatenate op, Node at)
    {
        View[] parts = [.. Enumerable.Range(0, _graph.Arguments(at.Id).Length).Select(i => Argument(at.Id, i))];
        var (y, start) = (Whole(at, parts), 0);
        if (IsJoin(op, y, parts))
        {
            Emit(at.Id, new JoinStep<T>(parts, y, op.Axis));
            return y;
        }
        foreach (var x in parts)
        {
            Emit(at.Id, new CopyStep<T>(x, y.Part(op.Axis, start, x.Shape), add: false));
            start += x.Shape[op.Axis];
        }
        return y;
    }

    private static bool IsJoin(Op.Concatenate op, View y, View[] parts) =>
        op.Axis > 0
        && y.IsContiguous
        && y.Shape[0] >= Tall.Fewest
        && y.Shape.Size / y.Shape[0] <= JoinStep<T>.MostNumbers
        && Array.Exists(parts, part => !part.IsContiguous && part.Shape.Size > 0);

    /// <summary>A slice of many examples' numbers, which others are taken from as well, is one of a copy that has them number by number.</summary>
    public View? Of(Op.Slice op, Node at)
    {
        var source = _uses.Same(_graph.Arguments(at.Id)[0]);
        var x = _views[source]!;
        if (Tall.IsSliced(x, at.Shape) && _uses.Count(source) > 1)
            x = Turned(source, x);
        return x.Slice(op, at.Shape);
    }

    private View Turned(int source, View x)
    {
        if (!_turned.TryGetValue(source, out var copy))
        {
            copy = Tall.Whole(New(x.Shape.Size, source), x.Shape);
            _turned.Add(source, copy);
            Emit(source, new JoinStep<T>([x], copy, 1));
        }
        return copy;
    }

    private void AddFused(ReadOnlySpan<int> members)
    {
        _fused.Begin(members);
        var shape = _graph.Nodes[members[^1]].Shape;
        var turned = Tall.Suits(shape, _fused.Operands);
        var targets = new Storage[_fused.Targets.Count];
        for (var i = 0; i < targets.Length; i++)
        {
            var member = _fused.Targets[i];
            targets[i] = New(shape.Size, member);
            _views[member] = turned ? Tall.Whole(targets[i], shape) : View.Whole(targets[i], shape);
        }
        Emit(members[^1], _fused.Build(targets, turned));
    }
}
