namespace AutoDiff;

internal sealed partial class PlanBuilder<T>
{
    public View? Of(Op.ArgSort op, Node at)
    {
        var (y, x) = (Whole(at), Contiguous(at.Id, 0));
        var inner = Product(x.Shape, op.Axis + 1);
        Emit(at.Id, new ArgSortStep<T>(x, y.Storage, x.Shape[op.Axis], inner, op.Count, op.Descending));
        return y;
    }

    public View? Of(Op.SearchSorted op, Node at)
    {
        var (y, values, sorted) = (Whole(at), Contiguous(at.Id, 1), Contiguous(at.Id, 0));
        Emit(at.Id, new SearchSortedStep<T>(sorted, values, y.Storage, sorted.Shape[-1], op.Right));
        return y;
    }

    public View? Of(Op.CumulativeArgMax op, Node at)
    {
        var (y, x) = (Whole(at), Contiguous(at.Id, 0));
        Emit(at.Id, new CumulativeArgMaxStep<T>(x, y.Storage, x.Shape[op.Axis], Product(x.Shape, op.Axis + 1), op.Reverse));
        return y;
    }

    public View? Of(Op.LastPicks op, Node at)
    {
        var (y, indices) = (Whole(at), Contiguous(at.Id, 0));
        Emit(at.Id, new LastPicksStep<T>(indices, y.Storage, Product(indices.Shape, 0, op.BatchRank), op.Length));
        return y;
    }

    public View? Of(Op.SetSlice op, Node at) => Updated(at, op.Start, op.Step, add: false);

    public View? Of(Op.AddSlice op, Node at) => Updated(at, op.Start, op.Step, add: true);

    private View Updated(Node at, Ints start, Ints step, bool add)
    {
        var (update, x) = (Argument(at.Id, 0), Argument(at.Id, 1));
        var y = Whole(at, x);
        var part = y.Slice(new Op.Slice(start, Ints.Of(update.Shape.AsSpan()), step), update.Shape);
        Emit(at.Id, new UpdateStep<T>(x, update, y, part, add));
        return y;
    }
}
