namespace AutoDiff;

/// <summary>The shape rule of every op: the result's shape, or an error that names the op, what it got and what it expected.</summary>
internal sealed partial class ShapeRules : IOpTable<ReadOnlySpan<Tensor>, Shape>
{
    private static readonly ShapeRules Rules = new();

    private ShapeRules() { }

    /// <summary>The shape of an op's result.</summary>
    /// <exception cref="ArgumentException">The arguments do not fit the op.</exception>
    public static Shape Infer(Op op, ReadOnlySpan<Tensor> x)
    {
        var (least, most) = (op.Facts.Least, op.Facts.Most);
        Require.That(x.Length >= least && x.Length <= most, $"[{op.Name}] got {x.Length} tensors; expected {least}");
        foreach (var argument in x)
            Require.NotNull(argument, op.Name, "tensor");
        return op.Accept(Rules, x);
    }

    public Shape Of(Op.Map op, ReadOnlySpan<Tensor> x) => x[0].Shape;

    public Shape Of(Op.Ordered op, ReadOnlySpan<Tensor> x) => Sequences.Checked(op, x[0].Shape);

    public Shape Of(Op.Zip op, ReadOnlySpan<Tensor> x) => Same(op, x);

    public Shape Of(Op.Select op, ReadOnlySpan<Tensor> x) => Same(op, x);

    public Shape Of(Op.Reduce op, ReadOnlySpan<Tensor> x) => Reduce(op, x[0].Shape);

    public Shape Of(Op.ArgMax op, ReadOnlySpan<Tensor> x) => Result(op, Without(NonEmpty(op, x[0].Shape, op.Axis), op.Axis), x[0].Shape);

    public Shape Of(Op.CumulativeSum op, ReadOnlySpan<Tensor> x) => HasAxis(op, x[0].Shape, op.Axis);

    public Shape Of(Op.MatMul op, ReadOnlySpan<Tensor> x) => MatMul(op, x[0].Shape, x[1].Shape);

    public Shape Of(Op.Matrix op, ReadOnlySpan<Tensor> x) => MatrixShapes.Infer(op, x);

    public Shape Of(Op.Reshape op, ReadOnlySpan<Tensor> x) => Reshape(x[0].Shape, op.To);

    public Shape Of(Op.Transpose op, ReadOnlySpan<Tensor> x) => Transpose(x[0].Shape, op.Permutation);

    public Shape Of(Op.Broadcast op, ReadOnlySpan<Tensor> x) => Broadcast(x[0].Shape, op.To);

    public Shape Of(Op.Slice op, ReadOnlySpan<Tensor> x) => Slice(op, x[0].Shape);

    public Shape Of(Op.Pad op, ReadOnlySpan<Tensor> x) => Pad(op, x[0].Shape);

    public Shape Of(Op.Concatenate op, ReadOnlySpan<Tensor> x) => Concatenate(op, x);

    public Shape Of(Op.Flip op, ReadOnlySpan<Tensor> x) => Ascending(op, x[0].Shape, op.Axes);

    public Shape Of(Op.Gather op, ReadOnlySpan<Tensor> x) => Gather(op, x[0].Shape, x[1].Shape);

    public Shape Of(Op.ScatterAdd op, ReadOnlySpan<Tensor> x) => ScatterAdd(op, x[0].Shape, x[1].Shape);

    public Shape Of(Op.Windows op, ReadOnlySpan<Tensor> x) => Windows(op, x[0].Shape);

    public Shape Of(Op.OverlapAdd op, ReadOnlySpan<Tensor> x) => OverlapAdd(op, x[0].Shape);

    public Shape Of(Op.Fft op, ReadOnlySpan<Tensor> x) => Fft(x[0].Shape);

    public Shape Of(Op.Barrier op, ReadOnlySpan<Tensor> x) => x[0].Shape;

    public Shape Of(Op.Custom op, ReadOnlySpan<Tensor> x) => x[0].Shape;

    public Shape Of(Op.Callback op, ReadOnlySpan<Tensor> x)
    {
        foreach (var argument in x)
            Require.That(
                argument.Shape.AsSpan().StartsWith(op.Batch.AsSpan()),
                $"[Callback] got {argument.Shape}; expected the batch axes {op.Batch} first"
            );
        return [.. op.Batch.AsSpan(), .. op.Host.Result.AsSpan()];
    }

    public Shape Of(Op.Scan op, ReadOnlySpan<Tensor> x)
    {
        Require.NotNull(op.Loop, op.Name);
        var inputs = op.Loop.Body.Inputs;
        Require.That(x.Length == inputs.Length, $"[Scan] got {x.Length} tensors; expected {inputs.Length}");
        for (var i = 0; i < x.Length; i++)
        {
            var expected = i < inputs.Length - op.Loop.Slices.Length ? inputs[i].Shape : inputs[i].Shape.Insert(0, op.Loop.Length);
            Require.That(x[i].Shape.Equals(expected), $"[Scan] got {x[i].Shape} as argument {i}; expected {expected}");
        }
        return op.Loop.Packed;
    }

    public Shape Of(Op.While op, ReadOnlySpan<Tensor> x)
    {
        Require.NotNull(op.Loop, op.Name);
        return Chosen(op, op.Loop.Body.Inputs, x, op.Loop.Packed);
    }

    public Shape Of(Op.Cond op, ReadOnlySpan<Tensor> x)
    {
        Require.NotNull(op.Branches, op.Name);
        return Chosen(op, op.Branches.Inputs, x, op.Branches.Packed);
    }

    /// <summary>Of a scalar that decides and arguments like a body's inputs.</summary>
    private static Shape Chosen(Op op, Input[] inputs, ReadOnlySpan<Tensor> x, Shape result)
    {
        Require.That(x.Length == inputs.Length + 1, $"[{op.Name}] got {x.Length} tensors; expected {inputs.Length + 1}");
        for (var i = 0; i < x.Length; i++)
        {
            var expected = i == 0 ? [] : inputs[i - 1].Shape;
            Require.That(x[i].Shape.Equals(expected), $"[{op.Name}] got {x[i].Shape} as argument {i}; expected {expected}");
        }
        return result;
    }

    private static Shape Same(Op op, ReadOnlySpan<Tensor> x)
    {
        foreach (var argument in x)
            Require.That(
                argument.Shape.Equals(x[0].Shape),
                $"[{op.Name}] shapes differ: {x[0].Shape} and {argument.Shape}; expected equal shapes"
            );
        return x[0].Shape;
    }

    private static Shape HasAxis(Op op, Shape x, int axis)
    {
        Require.That(axis >= 0 && axis < x.Rank, $"[{op.Name}] axis {axis} is out of range; expected an axis of {x}");
        return x;
    }

    private static Shape NonEmpty(Op op, Shape x, int axis)
    {
        Require.That(HasAxis(op, x, axis)[axis] > 0, $"[{op.Name}] axis {axis} of {x} is empty; expected at least one element");
        return x;
    }

    /// <summary>Axes named twice would be counted twice.</summary>
    private static Shape Ascending(Op op, Shape x, Ints axes)
    {
        Require.NotNull(axes, op.Name);
        for (var i = 0; i < axes.Count; i++)
        {
            HasAxis(op, x, axes[i]);
            Require.That(i == 0 || axes[i] > axes[i - 1], $"[{op.Name}] got axes {axes} of {x}; expected them ascending, each once");
        }
        return x;
    }

    private static long[] Without(Shape x, params ReadOnlySpan<int> axes)
    {
        var kept = new long[x.Rank];
        var count = 0;
        for (var axis = 0; axis < kept.Length; axis++)
        {
            if (!axes.Contains(axis))
                kept[count++] = x[axis];
        }
        return kept[..count];
    }

    private static Shape Result(Op op, ReadOnlySpan<long> lengths, params ReadOnlySpan<Shape> operands) =>
        Shape.Result(op.Name, lengths, operands);

    private static Shape Reduce(Op.Reduce op, Shape x)
    {
        var row = Reductions.Of(op.Kind);
        Ascending(op, x, op.Axes);
        foreach (var axis in op.Axes)
        {
            Require.That(
                row.OfNothing is not null || x[axis] > 0,
                $"[{op.Name}] axis {axis} of {x} is empty; expected at least one element"
            );
        }
        return Result(op, Without(x, op.Axes.AsSpan()), x);
    }

    private static Shape MatMul(Op op, Shape left, Shape right)
    {
        Require.That(
            left.Rank >= 2 && left.Rank == right.Rank,
            $"[MatMul] ranks do not fit: left {left}, right {right}; expected [batch…,m,k] and [batch…,k,n]"
        );
        InnerFits(left, right);
        Require.That(
            left.AsSpan()[..^2].SequenceEqual(right.AsSpan()[..^2]),
            $"[MatMul] batch axes differ: left {left}, right {right}; expected equal lengths before the last two axes"
        );
        // A square factor leaves the other's shape, which is shared.
        return right[-1] == left[-1] ? left
            : left[-2] == left[-1] ? right
            : Shape.Result(nameof(Op.MatMul), (ReadOnlySpan<int>)[.. left.AsSpan()[..^1], right[-1]], left, right);
    }

    /// <summary>Refuses a product whose inner lengths differ; either operand may be a vector.</summary>
    public static void InnerFits(Shape left, Shape right) =>
        Require.That(
            left[-1] == right[right.Rank == 1 ? -1 : -2],
            $"[MatMul] inner dimensions differ: left {left}, right {right}; expected right {WithInner(right, left[-1])}"
        );

    private static string WithInner(Shape right, int inner) =>
        right.Rank == 1 ? $"[{inner}]" : $"[{string.Concat(right.SkipLast(2).Select(length => $"{length},"))}{inner},·]";

    private static long[] Lengths(Shape x)
    {
        var lengths = new long[x.Rank];
        for (var axis = 0; axis < lengths.Length; axis++)
            lengths[axis] = x[axis];
        return lengths;
    }

    private static Shape Reshape(Shape x, Shape to)
    {
        Require.NotNull(to, nameof(Op.Reshape));
        Require.That(x.Size == to.Size, $"[Reshape] got {x} of {x.Size} elements for {to}; expected {to.Size}");
        return to;
    }

    private static Shape Transpose(Shape x, Ints permutation)
    {
        Require.NotNull(permutation, nameof(Op.Transpose));
        var valid = permutation.Count == x.Rank;
        for (var axis = 0; axis < x.Rank; axis++)
            valid &= permutation.Contains(axis);
        Require.That(valid, $"[Transpose] got axes {permutation} for {x}; expected a permutation of its {x.Rank} axes");
        var lengths = new int[x.Rank];
        for (var axis = 0; axis < lengths.Length; axis++)
            lengths[axis] = x[permutation[axis]];
        return x.AsSpan().SequenceEqual(lengths) ? x : Shape.Of(lengths);
    }

    private static Shape Broadcast(Shape x, Shape to)
    {
        Require.NotNull(to, nameof(Op.Broadcast));
        Require.That(
            x.BroadcastsTo(to),
            $"[Broadcast] {x} does not broadcast to {to}; expected each length, from the last axis on, to be equal or 1"
        );
        return to;
    }

    private static Shape Slice(Op.Slice op, Shape x)
    {
        PerAxis(op, x, op.Start, op.Length, op.Step);
        for (var axis = 0; axis < x.Rank; axis++)
        {
            var (start, length, step) = (op.Start[axis], op.Length[axis], op.Step[axis]);
            Require.That(
                step > 0 && length >= 0 && start >= 0,
                $"[Slice] got start {start}, length {length}, step {step} for axis {axis} of {x}; expected a step above 0 and the others not negative"
            );
            Require.That(
                length == 0 ? start <= x[axis] : start + ((long)(length - 1) * step) < x[axis],
                $"[Slice] got start {start}, length {length}, step {step} for axis {axis} of {x}; expected positions before {x[axis]}"
            );
        }
        return Shape.Of(op.Length.AsSpan());
    }

    private static Shape Pad(Op.Pad op, Shape x)
    {
        PerAxis(op, x, op.Low, op.High, op.Interior);
        var lengths = new long[x.Rank];
        for (var axis = 0; axis < x.Rank; axis++)
        {
            var (low, high, interior) = (op.Low[axis], op.High[axis], op.Interior[axis]);
            Require.That(
                low >= 0 && high >= 0 && interior >= 0,
                $"[Pad] got low {op.Low}, high {op.High}, interior {op.Interior} for {x}; expected none negative"
            );
            lengths[axis] = (long)low + high + x[axis] + ((long)Math.Max(0, x[axis] - 1) * interior);
        }
        return Result(op, lengths, x);
    }

    private static void PerAxis(Op op, Shape x, params ReadOnlySpan<Ints> lists)
    {
        foreach (var list in lists)
        {
            Require.NotNull(list, op.Name);
            Require.That(
                list.Count == x.Rank,
                $"[{op.Name}] got {list.Count} numbers {list} for {x}; expected one for each of its {x.Rank} axes"
            );
        }
    }

    private static Shape Concatenate(Op.Concatenate op, ReadOnlySpan<Tensor> x)
    {
        var (first, axis) = (HasAxis(op, x[0].Shape, op.Axis), op.Axis);
        var lengths = Lengths(first);
        lengths[axis] = 0;
        foreach (var argument in x)
        {
            Require.That(
                argument.Rank == first.Rank && EqualBut(axis, argument.Shape, first),
                $"[Concatenate] {argument.Shape} does not fit {first} along axis {axis}; expected equal lengths on every other axis"
            );
            lengths[axis] += argument.Shape[axis];
        }
        return Result(op, lengths, first, x[^1].Shape);
    }

    private static bool EqualBut(int axis, Shape x, Shape y) =>
        x.AsSpan()[..axis].SequenceEqual(y.AsSpan()[..axis]) && x.AsSpan()[(axis + 1)..].SequenceEqual(y.AsSpan()[(axis + 1)..]);

    private static Shape Gather(Op.Gather op, Shape x, Shape indices)
    {
        var shared = op.BatchRank;
        Require.That(
            shared >= 0 && x.Rank > shared && indices.Rank >= shared,
            $"[Gather] got {x} at indices {indices} with {shared} batch axes; expected 0 to as many as both have, and an axis more of the first"
        );
        Require.That(
            x.AsSpan()[..shared].SequenceEqual(indices.AsSpan()[..shared]),
            $"[Gather] batch axes differ: {x} at indices {indices}; expected the first {shared} equal"
        );
        return Result(op, [.. Lengths(indices), .. Lengths(x)[(shared + 1)..]], x, indices);
    }

    private static Shape ScatterAdd(Op.ScatterAdd op, Shape updates, Shape indices)
    {
        Require.That(op.Length >= 0, $"[ScatterAdd] got length {op.Length}; expected at least 0");
        Require.That(
            op.BatchRank >= 0
                && indices.Rank >= op.BatchRank
                && updates.Rank >= indices.Rank
                && updates.AsSpan()[..indices.Rank].SequenceEqual(indices.AsSpan()),
            $"[ScatterAdd] got updates {updates}, indices {indices}, {op.BatchRank} batch axes; expected the updates' first axes to be the indices' axes, and the batch axes to be among them"
        );
        return Result(op, [.. Lengths(indices)[..op.BatchRank], op.Length, .. Lengths(updates)[indices.Rank..]], updates, indices);
    }

    private static Shape Windows(Op.Windows op, Shape x)
    {
        HasAxis(op, x, op.Axis);
        var lengths = Lengths(x);
        lengths[op.Axis] = WindowCount(op.Name, x, op.Axis, x[op.Axis], op.Size, op.Stride, op.Dilation);
        return Result(op, [.. lengths, op.Size], x);
    }

    /// <summary>How many windows fit an axis of <paramref name="x"/> that has <paramref name="length"/> elements once padded.</summary>
    public static long WindowCount(string operation, Shape x, int axis, long length, int size, int stride, int dilation)
    {
        Require.That(
            size > 0 && stride > 0 && dilation > 0,
            $"[{operation}] got size {size}, stride {stride}, dilation {dilation} for {x}; expected each above 0"
        );
        var reach = ((long)(size - 1) * dilation) + 1;
        Require.That(
            reach <= length,
            $"[{operation}] got a window of reach {reach} for axis {axis} of {x}; expected no more than {length}"
        );
        return ((length - reach) / stride) + 1;
    }

    private static Shape Fft(Shape x)
    {
        Require.That(x.Rank >= 2 && x[-2] == 2, $"[Fft] got {x}; expected [batch…,2,n]: real parts and imaginary ones");
        Require.That(
            x[-1] <= FourierTransform<double>.LongestLength,
            $"[Fft] got {x}; expected a last axis of at most {FourierTransform<double>.LongestLength}"
        );
        return x;
    }

    private static Shape OverlapAdd(Op.OverlapAdd op, Shape x)
    {
        HasAxis(op, x, op.Axis);
        Require.That(op.Axis < x.Rank - 1, $"[OverlapAdd] got axis {op.Axis} of {x}, the windows' own; expected an earlier one");
        OverlapFits(op.Name, x, op.Axis, x[op.Axis], x[-1], op.Length, op.Stride, op.Dilation);
        var lengths = Lengths(x)[..^1];
        lengths[op.Axis] = op.Length;
        return Result(op, lengths, x);
    }

    /// <summary>Refuses <paramref name="count"/> windows of <paramref name="size"/> elements that reach past an axis of <paramref name="length"/>.</summary>
    public static void OverlapFits(string operation, Shape x, int axis, int count, int size, long length, int stride, int dilation)
    {
        Require.That(
            stride > 0 && dilation > 0 && length >= 0,
            $"[{operation}] got stride {stride}, dilation {dilation}, length {length} for {x}; expected the first two above 0, the length at least 0"
        );
        var reach = count == 0 || size == 0 ? 0 : ((long)(count - 1) * stride) + ((long)(size - 1) * dilation) + 1;
        Require.That(
            reach <= length,
            $"[{operation}] got windows along axis {axis} of {x} that reach {reach}; expected no more than the length {length}"
        );
    }
}
