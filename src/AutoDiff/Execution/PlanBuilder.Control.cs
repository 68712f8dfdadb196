namespace AutoDiff;

internal sealed partial class PlanBuilder<T>
{
    public View? Of(Op.Scan op, Node at)
    {
        var (x, y) = (AllContiguous(at), Whole(at));
        Emit(at.Id, new ScanStep<T>(op.Loop, x, y.Storage, _margin > 0));
        return y;
    }

    public View? Of(Op.While op, Node at)
    {
        var (x, y) = (AllContiguous(at), Whole(at));
        Emit(at.Id, new WhileStep<T>(op.Loop, x, y.Storage, _margin > 0));
        return y;
    }

    public View? Of(Op.Cond op, Node at)
    {
        var (x, y) = (AllContiguous(at), Whole(at));
        Emit(at.Id, new CondStep<T>(op.Branches, x, y.Storage, _margin > 0));
        return y;
    }

    private View[] AllContiguous(Node at)
    {
        var x = new View[_graph.Arguments(at.Id).Length];
        for (var i = 0; i < x.Length; i++)
            x[i] = Contiguous(at.Id, i);
        return x;
    }
}
