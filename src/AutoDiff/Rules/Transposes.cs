using static AutoDiff.MatrixRules;
using static AutoDiff.Ops;
using static AutoDiff.Slopes;

namespace AutoDiff;

/// <summary>The transpose of every op's derivative in an argument, a row each: the argument's cotangent from the result's; null where it is 0.</summary>
internal sealed partial class Transposes : IOpTable<Pulled, Tensor?>
{
    private static readonly Transposes Rules = new();

    private Transposes() { }

    /// <summary>The cotangent of an argument of y = op(x…).</summary>
    public static Tensor? Of(Pulled y, int argument)
    {
        y.Argument = argument;
        return y.Op.Accept(Rules, y);
    }

    public Tensor? Of(Op.Map op, Pulled y) => Times(Unaries.Of(op).Slope?.Invoke(y.X, y.Node), y.G);

    public Tensor? Of(Op.Ordered op, Pulled y) => Times(Unaries.Of(op).Slope?.Invoke(y.X, y.Node), y.G);

    public Tensor? Of(Op.Zip op, Pulled y)
    {
        var row = Binaries.Of(op.Function);
        return Times((y.Argument == 0 ? row.SlopeX : row.SlopeY)?.Invoke(y[0], y[1], y.Node), y.G);
    }

    public Tensor? Of(Op.Select op, Pulled y) => y.Argument == 1 ? Where(y[0], y.G, 0) : Where(y[0], 0, y.G);

    public Tensor? Of(Op.Reduce op, Pulled y)
    {
        var spread = BroadcastTo(KeepAxes(y.G, y.X.Shape, op.Axes), y.X.Shape);
        return Reductions.Of(op.Kind).Slope is { } slope ? slope(op.Axes, y.X, y.Node) * spread : spread;
    }

    public Tensor? Of(Op.ArgMax op, Pulled y) => null;

    public Tensor? Of(Op.CumulativeSum op, Pulled y) => CumulativeSum(y.G, op.Axis, !op.Reverse);

    public Tensor? Of(Op.MatMul op, Pulled y) => y.Argument == 0 ? MatMul(y.G, SwapLast(y[1])) : MatMul(SwapLast(y[0]), y.G);

    public Tensor? Of(Op.Matrix op, Pulled y) => MatrixFunctions.Of(op.Function).Cotangent(new([.. y.Arguments], y.Node), y.G, y.Argument);

    public Tensor? Of(Op.Reshape op, Pulled y) => ReshapeTo(y.G, y.X.Shape);

    public Tensor? Of(Op.Transpose op, Pulled y) => Transpose(y.G, Inverse(op.Permutation).AsSpan());

    public Tensor? Of(Op.Broadcast op, Pulled y) => SumTo(y.G, y.X.Shape);

    public Tensor? Of(Op.Slice op, Pulled y) => Unslice(op, y.X.Shape, y.G);

    public Tensor? Of(Op.Pad op, Pulled y) =>
        Apply.Of(new Op.Slice(op.Low, Ints.Of(y.X.Shape.AsSpan()), Ints.From(y.G.Rank, axis => op.Interior[axis] + 1)), y.G);

    public Tensor? Of(Op.Concatenate op, Pulled y) => SliceAxis(y.G, op.Axis, y.Start(op.Axis), y.X.Shape[op.Axis], 1);

    public Tensor? Of(Op.Flip op, Pulled y) => Flip(y.G, op.Axes.AsSpan());

    public Tensor? Of(Op.Gather op, Pulled y) => Apply.Of(new Op.ScatterAdd(op.BatchRank, y.X.Shape[op.BatchRank]), y.G, y[1]);

    public Tensor? Of(Op.ScatterAdd op, Pulled y) => Apply.Of(new Op.Gather(op.BatchRank), y.G, y[1]);

    public Tensor? Of(Op.Windows op, Pulled y) => OverlapAdd(y.G, op.Axis, y.X.Shape[op.Axis], op.Stride, op.Dilation);

    public Tensor? Of(Op.OverlapAdd op, Pulled y) => Unoverlap(y.G, op.Axis, y.X.Shape, op.Stride, op.Dilation);

    public Tensor? Of(Op.Draw op, Pulled y) => null;

    public Tensor? Of(Op.Gamma op, Pulled y) => null;

    public Tensor? Of(Op.SplitKey op, Pulled y) => null;

    public Tensor? Of(Op.FoldIn op, Pulled y) => null;

    // The matrix of the transform is symmetric; of its real form [[C, S], [−S, C]] the transpose has S negated.
    public Tensor? Of(Op.Fft op, Pulled y) => Apply.Of(new Op.Fft(!op.Inverse), y.G);

    public Tensor? Of(Op.Barrier op, Pulled y) => y.G;

    public Tensor? Of(Op.Custom op, Pulled y) => y.ByRule(op.Rule);

    public Tensor? Of(Op.Callback op, Pulled y) => throw CustomRules.Missing(op);

    public Tensor? Of(Op.Scan op, Pulled y) => y.AtOnce(() => Loops.Pull(op.Loop, y.Node, y.G, y.Wanted));

    public Tensor? Of(Op.While op, Pulled y) => throw WhileLoops.Irreversible();

    public Tensor? Of(Op.Cond op, Pulled y) => y.AtOnce(() => Conditionals.Pull(op.Branches, y.Node, y.G, y.Wanted));

    /// <summary>g summed over the axes along which <paramref name="shape"/> was repeated to g's shape.</summary>
    public static Tensor SumTo(Tensor g, Shape shape)
    {
        var added = g.Rank - shape.Rank;
        var (repeated, count) = (new int[g.Rank], 0);
        for (var axis = 0; axis < repeated.Length; axis++)
        {
            if (axis < added || (shape[axis - added] == 1 && g.Shape[axis] != 1))
                repeated[count++] = axis;
        }
        return ReshapeTo(Reduce(Reduction.Sum, g, Ints.Of(repeated.AsSpan(0, count))), shape);
    }

    /// <summary>A slice's cotangent among zeros: those between its elements, and as high padding what lies behind its last step.</summary>
    public static Tensor Unslice(Op.Slice slice, Shape shape, Tensor g)
    {
        var high = Ints.From(shape.Rank, axis => shape[axis] - slice.Start[axis] - ((slice.Length[axis] - 1) * slice.Step[axis]) - 1);
        return Apply.Of(new Op.Pad(slice.Start, high, Ints.From(shape.Rank, axis => slice.Step[axis] - 1), 0), g);
    }

    public static Ints Inverse(Ints permutation)
    {
        var inverse = new int[permutation.Count];
        for (var i = 0; i < inverse.Length; i++)
            inverse[permutation[i]] = i;
        return Ints.Of(inverse);
    }

    // An axis longer than the windows' reach has elements that no window reads.
    private static Tensor Unoverlap(Tensor g, int axis, Shape windows, int stride, int dilation)
    {
        if (windows.Size == 0)
            return Tensor.Zeros(windows);
        var reach = ((windows[axis] - 1) * stride) + ((windows[-1] - 1) * dilation) + 1;
        return Windows(SliceAxis(g, axis, 0, reach, 1), axis, windows[-1], stride, dilation);
    }
}
