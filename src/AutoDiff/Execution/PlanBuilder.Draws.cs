namespace AutoDiff;

internal sealed partial class PlanBuilder<T>
{
    public View? Of(Op.Draw op, Node at)
    {
        var (y, keys) = (Whole(at), Contiguous(at.Id, 0));
        Emit(at.Id, new DrawStep<T>(op, keys, y.Storage));
        return y;
    }

    public View? Of(Op.Gamma op, Node at)
    {
        var (y, concentrations, keys) = (Whole(at), Contiguous(at.Id, 1), Contiguous(at.Id, 0));
        Emit(at.Id, new GammaStep<T>(keys, concentrations, y.Storage));
        return y;
    }

    public View? Of(Op.SplitKey op, Node at)
    {
        var (y, keys) = (Whole(at), Contiguous(at.Id, 0));
        Emit(at.Id, new SplitKeyStep<T>(op.Count, keys, y.Storage));
        return y;
    }

    public View? Of(Op.FoldIn op, Node at)
    {
        var (y, numbers, keys) = (Whole(at), Contiguous(at.Id, 1), Contiguous(at.Id, 0));
        Emit(at.Id, new FoldInStep<T>(keys, numbers, y.Storage));
        return y;
    }
}
