using static AutoDiff.Ops;

namespace AutoDiff;

internal sealed partial class Transposes
{
    public Tensor? Of(Op.ArgSort op, Pulled y) => null;

    public Tensor? Of(Op.SearchSorted op, Pulled y) => null;

    public Tensor? Of(Op.CumulativeArgMax op, Pulled y) => null;

    public Tensor? Of(Op.LastPicks op, Pulled y) => null;

    public Tensor? Of(Op.SetSlice op, Pulled y) =>
        y.Argument == 1 ? Apply.Of(op, Tensor.Zeros(y[0].Shape), y.G) : Updated(op.Start, op.Step, y);

    public Tensor? Of(Op.AddSlice op, Pulled y) => y.Argument == 1 ? y.G : Updated(op.Start, op.Step, y);

    private static Tensor Updated(Ints start, Ints step, Pulled y) => SliceOf(y.G, start, Ints.Of(y[0].Shape.AsSpan()), step);
}
