namespace AutoDiff;

public static partial class Ops
{
    /// <summary>The same elements in row-major order under another shape; one length may be −1 and is then derived.</summary>
    /// <exception cref="ArgumentException">The sizes differ, or more than one length is −1.</exception>
    public static Tensor Reshape(Tensor x, params ReadOnlySpan<int> shape)
    {
        Require.NotNull(x, nameof(Reshape));
        var lengths = shape.ToArray();
        var (open, known) = (-1, 1.0);
        for (var i = 0; i < lengths.Length; i++)
        {
            Require.That(
                lengths[i] >= 0 || (lengths[i] == -1 && open < 0),
                $"[Reshape] got [{string.Join(',', lengths)}] for {x.Shape}; expected lengths of at least 0, at most one of them −1"
            );
            if (lengths[i] < 0)
                open = i;
            else
                known *= lengths[i];
        }
        var size = x.Shape.Size;
        Require.That(
            open < 0 ? known == size : known > 0 && size % known == 0,
            $"[Reshape] got [{string.Join(',', lengths)}] for {x.Shape}; expected a shape of {size} elements"
        );
        if (open >= 0)
            lengths[open] = (int)(size / known);
        return ReshapeTo(x, Shape.Of(lengths));
    }

    /// <summary>The same elements in row-major order under another shape of the same size.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static Tensor ReshapeTo(Tensor x, Shape shape)
    {
        Require.NotNull(x, nameof(ReshapeTo));
        Require.NotNull(shape, nameof(ReshapeTo));
        Require.That(x.Shape.Size == shape.Size, $"[ReshapeTo] got {shape} for {x.Shape}; expected a shape of {x.Shape.Size} elements");
        return x.Shape.Equals(shape) ? x : Apply.Of(new Op.Reshape(shape), x);
    }

    /// <summary>The axes in the given order, or in reverse order where none is given.</summary>
    /// <exception cref="ArgumentException">The axes are no permutation.</exception>
    public static Tensor Transpose(Tensor x, params ReadOnlySpan<int> axes)
    {
        Require.NotNull(x, nameof(Transpose));
        var rank = x.Rank;
        var permutation = axes.IsEmpty ? Ints.From(rank, axis => rank - 1 - axis) : Ints.Of(axes);
        var moves = permutation.Count != rank;
        for (var axis = 0; axis < rank && !moves; axis++)
            moves = permutation[axis] != axis;
        return moves ? Apply.Of(new Op.Transpose(permutation), x) : x;
    }

    /// <summary>The axis <paramref name="from"/> moved to position <paramref name="to"/>, the others in their order.</summary>
    public static Tensor MoveAxis(Tensor x, int from, int to)
    {
        Require.NotNull(x, nameof(MoveAxis));
        (from, to) = (Require.Axis(from, x.Shape, nameof(MoveAxis)), Require.Axis(to, x.Shape, nameof(MoveAxis)));
        var axes = new int[x.Rank];
        // Those between the two places move up by one, towards where the axis was.
        for (var axis = 0; axis < axes.Length; axis++)
        {
            axes[axis] =
                axis == to ? from
                : axis >= from && axis < to ? axis + 1
                : axis <= from && axis > to ? axis - 1
                : axis;
        }
        return Transpose(x, axes);
    }

    /// <summary>x repeated along new leading axes and axes of length 1, by NumPy's rules.</summary>
    /// <exception cref="ArgumentException">x does not broadcast to the shape.</exception>
    public static Tensor BroadcastTo(Tensor x, Shape shape)
    {
        Require.NotNull(x, nameof(BroadcastTo));
        Require.NotNull(shape, nameof(BroadcastTo));
        Require.That(
            x.Shape.BroadcastsTo(shape),
            $"[BroadcastTo] got {shape} for {x.Shape}; expected each length, from the last axis on, to be equal, or that of the tensor 1"
        );
        return x.Shape.Equals(shape) ? x : Apply.Of(new Op.Broadcast(shape), x);
    }

    /// <summary>x with an axis of length 1 put in before <paramref name="axis"/>.</summary>
    public static Tensor ExpandDims(Tensor x, int axis)
    {
        Require.NotNull(x, nameof(ExpandDims));
        return ReshapeTo(x, x.Shape.Insert(Require.Axis(axis, x.Shape, nameof(ExpandDims), added: 1), 1));
    }

    /// <summary>Along one axis the elements start, start + step, … before <paramref name="end"/>; negative positions count from the end, a negative step walks back.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis; negative axes count from the end.</param>
    /// <param name="start">The first position; null for the first in the step's direction.</param>
    /// <param name="end">The position before which to stop; null for beyond the last.</param>
    /// <param name="step">The stride between elements, not 0.</param>
    /// <remarks>Positions beyond the axis are clipped, as in NumPy.</remarks>
    public static Tensor Slice(Tensor x, int axis, int? start = null, int? end = null, int step = 1)
    {
        Require.NotNull(x, nameof(Slice));
        Require.That(step != 0, $"[Slice] got step 0 for {x.Shape}; expected a step above or below 0");
        axis = Require.Axis(axis, x.Shape, nameof(Slice));
        var length = x.Shape[axis];
        var (low, high) = step > 0 ? (0, length) : (-1, length - 1);
        var from = Clip(start, step > 0 ? 0 : length - 1);
        var to = Clip(end, step > 0 ? length : -1);
        var reach = step > 0 ? to - from : from - to;
        if (reach <= 0)
            return SliceAxis(x, axis, 0, 0, 1);
        // A step past the axis is as good as any other: it is never taken.
        var stride = (int)Math.Min(Math.Abs((long)step), length);
        var count = ((reach - 1) / stride) + 1;
        return step > 0
            ? SliceAxis(x, axis, from, count, stride)
            : Flip(SliceAxis(x, axis, from - ((count - 1) * stride), count, stride), axis);

        int Clip(int? position, int otherwise) => position is not { } p ? otherwise : Math.Clamp(p < 0 ? p + length : p, low, high);
    }

    /// <summary>The sub-tensor at one position of an axis, which the result lacks; negative positions count from the end.</summary>
    /// <exception cref="ArgumentException">The position is out of range.</exception>
    public static Tensor Take(Tensor x, int axis, int position)
    {
        Require.NotNull(x, nameof(Take));
        axis = Require.Axis(axis, x.Shape, nameof(Take));
        var length = x.Shape[axis];
        Require.That(
            position >= -length && position < length,
            $"[Take] got position {position} for axis {axis} of {x.Shape}; expected {-length} to {length - 1}"
        );
        return ReshapeTo(SliceAxis(x, axis, position < 0 ? position + length : position, 1, 1), x.Shape.Without([axis]));
    }

    /// <summary>x with <paramref name="low"/>[i] elements of <paramref name="value"/> before and <paramref name="high"/>[i] after it along each axis i.</summary>
    /// <exception cref="ArgumentException">There is not one number for each axis, one is negative, or the result is too large for an array.</exception>
    public static Tensor Pad(Tensor x, Ints low, Ints high, double value = 0)
    {
        Require.NotNull(x, nameof(Pad));
        Require.NotNull(low, nameof(Pad));
        Require.NotNull(high, nameof(Pad));
        return Apply.Of(new Op.Pad(low, high, Ints.Repeat(0, x.Rank), value), x);
    }

    /// <summary>The tensors one after another along an axis; every other axis has equal lengths.</summary>
    /// <exception cref="ArgumentException">No tensor is given, or their shapes do not fit.</exception>
    public static Tensor Concatenate(IReadOnlyList<Tensor> tensors, int axis = 0)
    {
        Require.NotNull(tensors, nameof(Concatenate));
        Require.That(tensors.Count > 0, $"[Concatenate] got no tensors; expected at least one");
        foreach (var tensor in tensors)
            Require.NotNull(tensor, nameof(Concatenate));
        axis = Require.Axis(axis, tensors[0].Shape, nameof(Concatenate));
        return tensors.Count == 1 ? tensors[0] : Apply.Of(new Op.Concatenate(axis), [.. tensors]);
    }

    /// <summary>Tensors of one shape as the slices of a new axis.</summary>
    /// <exception cref="ArgumentException">No tensor is given, or their shapes differ.</exception>
    public static Tensor Stack(IReadOnlyList<Tensor> tensors, int axis = 0)
    {
        Require.NotNull(tensors, nameof(Stack));
        Require.That(tensors.Count > 0, $"[Stack] got no tensors; expected at least one");
        foreach (var tensor in tensors)
        {
            Require.NotNull(tensor, nameof(Stack));
            Require.That(
                tensor.Shape.Equals(tensors[0].Shape),
                $"[Stack] shapes differ: {tensors[0].Shape} and {tensor.Shape}; expected equal shapes"
            );
        }
        axis = Require.Axis(axis, tensors[0].Shape, nameof(Stack), added: 1);
        Shape.Result(nameof(Stack), [tensors.Count, .. tensors[0].Shape], tensors[0].Shape);
        return Concatenate([.. tensors.Select(tensor => ExpandDims(tensor, axis))], axis);
    }

    /// <summary>x cut along an axis into consecutive parts of the given lengths.</summary>
    /// <exception cref="ArgumentException">The lengths do not sum to the axis's length.</exception>
    public static Tensor[] Split(Tensor x, Ints lengths, int axis = 0)
    {
        Require.NotNull(x, nameof(Split));
        var along = Require.Axis(axis, x.Shape, nameof(Split));
        Require.NotNull(lengths, nameof(Split));
        Require.That(
            lengths.Sum(length => (long)length) == x.Shape[along] && lengths.All(length => length >= 0),
            $"[Split] got lengths {lengths} for axis {along} of {x.Shape}; expected none negative and a sum of {x.Shape[along]}"
        );
        var start = 0;
        var parts = new Tensor[lengths.Count];
        for (var i = 0; i < parts.Length; start += lengths[i++])
            parts[i] = SliceAxis(x, along, start, lengths[i], 1);
        return parts;
    }

    /// <summary>The elements in reverse order along the axes, or along all where none is given.</summary>
    public static Tensor Flip(Tensor x, params ReadOnlySpan<int> axes)
    {
        Require.NotNull(x, nameof(Flip));
        return Apply.Of(new Op.Flip(Axes(x, axes, nameof(Flip))), x);
    }

    /// <summary>The slices of x at <paramref name="indices"/> along an axis: NumPy's take, or with <paramref name="batchAxes"/> a take for each position of the leading axes.</summary>
    /// <param name="x">The tensor [batch…, …, length, …].</param>
    /// <param name="indices">Positions 0 … length − 1, whole numbers, [batch…, picks…]. No derivative flows to them.</param>
    /// <param name="axis">The axis picked from; it becomes the axes picks….</param>
    /// <param name="batchAxes">How many leading axes x and the indices share, at most <paramref name="axis"/>.</param>
    /// <remarks>An index out of range or not whole is reported when the graph runs. A slice picked twice gets both cotangents.</remarks>
    public static Tensor Gather(Tensor x, Tensor indices, int axis = 0, int batchAxes = 0)
    {
        Require.NotNull(x, nameof(Gather));
        Require.NotNull(indices, nameof(Gather));
        axis = Require.Axis(axis, x.Shape, nameof(Gather));
        Require.That(
            batchAxes >= 0 && batchAxes <= axis && batchAxes <= indices.Rank,
            $"[Gather] got {batchAxes} batch axes for axis {axis} of x {x.Shape} at indices {indices.Shape}; expected 0 to {Math.Min(axis, indices.Rank)}"
        );
        Require.That(
            x.Shape.AsSpan()[..batchAxes].SequenceEqual(indices.Shape.AsSpan()[..batchAxes]),
            $"[Gather] batch axes differ: x {x.Shape} at indices {indices.Shape}; expected the first {batchAxes} equal"
        );
        Shape.Result(
            nameof(Gather),
            [.. x.Shape.AsSpan()[..axis], .. indices.Shape.AsSpan()[batchAxes..], .. x.Shape.AsSpan()[(axis + 1)..]],
            x.Shape,
            indices.Shape
        );
        var picked = Apply.Of(new Op.Gather(batchAxes), MoveAxis(x, axis, batchAxes), indices);
        // [batch…, picks…, between…, rest…] → [batch…, between…, picks…, rest…]
        var (picks, between) = (indices.Rank - batchAxes, axis - batchAxes);
        return Transpose(
            picked,
            [
                .. Enumerable.Range(0, batchAxes),
                .. Enumerable.Range(batchAxes + picks, between),
                .. Enumerable.Range(batchAxes, picks),
                .. Enumerable.Range(batchAxes + picks + between, picked.Rank - batchAxes - picks - between),
            ]
        );
    }

    /// <summary>Zeros with <paramref name="length"/> slices along the first axis, each update [picks…, rest…] added to the slice at its index [picks…].</summary>
    /// <exception cref="ArgumentException">The updates' first axes are not the indices' axes, or the length is negative.</exception>
    /// <remarks>Indices are whole numbers in 0 … length − 1, checked when the graph runs; equal indices accumulate, in order, where they are many with what their additions round off.</remarks>
    public static Tensor ScatterAdd(Tensor updates, Tensor indices, int length)
    {
        Require.NotNull(updates, nameof(ScatterAdd));
        Require.NotNull(indices, nameof(ScatterAdd));
        return Apply.Of(new Op.ScatterAdd(0, length), updates, indices);
    }

    /// <summary>1 at each class index of <paramref name="classes"/> along a new last axis, else 0; an index outside 0 … count − 1 gives zeros.</summary>
    /// <exception cref="ArgumentException">The count is negative, or the result is too large for an array.</exception>
    public static Tensor OneHot(Tensor classes, int count)
    {
        Require.NotNull(classes, nameof(OneHot));
        Require.That(count >= 0, $"[OneHot] got count {count} for {classes.Shape}; expected at least 0");
        Shape.Result(nameof(OneHot), [.. classes.Shape, count], classes.Shape);
        return Equal(ExpandDims(classes, -1), Tensor.Range(count, nameof(OneHot)));
    }

    /// <summary>x repeated <paramref name="counts"/>[i] times along each axis i.</summary>
    /// <exception cref="ArgumentException">There is not one count for each axis, one is negative, or the result is too large for an array.</exception>
    public static Tensor Tile(Tensor x, params ReadOnlySpan<int> counts)
    {
        Require.NotNull(x, nameof(Tile));
        var valid = counts.Length == x.Rank;
        foreach (var count in counts)
            valid &= count >= 0;
        Require.That(
            valid,
            $"[Tile] got counts [{string.Join(',', counts.ToArray())}] for {x.Shape}; expected one for each axis, none negative"
        );
        var (ones, repeated, tiled) = (new List<int>(), new List<int>(), new List<long>());
        for (var axis = 0; axis < x.Rank; axis++)
        {
            ones.AddRange([1, x.Shape[axis]]);
            repeated.AddRange([counts[axis], x.Shape[axis]]);
            tiled.Add((long)counts[axis] * x.Shape[axis]);
        }
        var result = Shape.Result(nameof(Tile), [.. tiled], x.Shape);
        return ReshapeTo(BroadcastTo(ReshapeTo(x, [.. ones]), [.. repeated]), result);
    }

    /// <summary>The diagonal of the last two axes: elements (i, i + offset), [batch…, count].</summary>
    /// <exception cref="ArgumentException">x has fewer than two axes, or the offset leaves no diagonal.</exception>
    public static Tensor Diagonal(Tensor x, int offset = 0)
    {
        Require.NotNull(x, nameof(Diagonal));
        Require.That(x.Rank >= 2, $"[Diagonal] got {x.Shape}; expected at least two axes");
        var (rows, columns) = (x.Shape[-2], x.Shape[-1]);
        Require.That(
            (offset > -rows && offset < columns) || (offset == 0 && x.Shape.Size == 0),
            $"[Diagonal] got offset {offset} for {x.Shape}; expected {1 - rows} to {columns - 1}"
        );
        var count = Math.Min(rows - Math.Max(0, -offset), columns - Math.Max(0, offset));
        var flat = ReshapeTo(x, Shape.Result(nameof(Diagonal), [.. x.Shape.SkipLast(2), (long)rows * columns], x.Shape));
        return count <= 0
            ? SliceAxis(flat, flat.Rank - 1, 0, 0, 1)
            : SliceAxis(flat, flat.Rank - 1, offset >= 0 ? offset : -offset * columns, count, columns + 1);
    }

    /// <summary>Square matrices [batch…, n + |offset|, n + |offset|] with x [batch…, n] on the given diagonal and zeros elsewhere.</summary>
    /// <exception cref="ArgumentException">x is a scalar or its last axis empty, or the result is too large for an array.</exception>
    public static Tensor DiagonalMatrix(Tensor x, int offset = 0)
    {
        Require.NotNull(x, nameof(DiagonalMatrix));
        Require.That(x.Rank >= 1 && x.Shape[-1] > 0, $"[DiagonalMatrix] got {x.Shape}; expected a last axis of at least one element");
        var length = x.Shape[-1] + Math.Abs((long)offset);
        var result = Shape.Result(nameof(DiagonalMatrix), [.. x.Shape.SkipLast(1), length, length], x.Shape);
        var (size, last) = ((int)length, x.Rank - 1);
        // Counted from an empty batch, a matrix may be longer than any array.
        if (result.Size == 0)
            return Tensor.Zeros(result);
        var low = offset >= 0 ? offset : -offset * size;
        var high = (size * size) - low - ((x.Shape[-1] - 1) * (size + 1)) - 1;
        var flat = Apply.Of(new Op.Pad(At(last, low), At(last, high), At(last, size), 0), x);
        return ReshapeTo(flat, result);

        Ints At(int axis, int value) => Ints.From(x.Rank, i => i == axis ? value : 0);
    }

    /// <summary>The last two axes with the elements above diagonal <paramref name="offset"/> set to 0.</summary>
    public static Tensor LowerTriangle(Tensor x, int offset = 0) => Triangle(x, offset, lower: true, nameof(LowerTriangle));

    /// <summary>The last two axes with the elements below diagonal <paramref name="offset"/> set to 0.</summary>
    public static Tensor UpperTriangle(Tensor x, int offset = 0) => Triangle(x, offset, lower: false, nameof(UpperTriangle));

    /// <summary>Sliding windows of <paramref name="size"/> elements along an axis, as a new last axis; the axis itself becomes the windows' position.</summary>
    /// <exception cref="ArgumentException">A window does not fit, or a parameter is not positive.</exception>
    public static Tensor Windows(Tensor x, int axis, int size, int stride = 1, int dilation = 1)
    {
        Require.NotNull(x, nameof(Windows));
        return Apply.Of(new Op.Windows(Require.Axis(axis, x.Shape, nameof(Windows)), size, stride, dilation), x);
    }

    /// <summary>The transpose of <see cref="Windows"/>: windows [.., count, .., size] added into an axis of <paramref name="length"/> elements.</summary>
    /// <exception cref="ArgumentException">The windows reach past the length, or a parameter is not positive.</exception>
    public static Tensor OverlapAdd(Tensor x, int axis, int length, int stride = 1, int dilation = 1)
    {
        Require.NotNull(x, nameof(OverlapAdd));
        return Apply.Of(new Op.OverlapAdd(Require.Axis(axis, x.Shape, nameof(OverlapAdd)), length, stride, dilation), x);
    }

    internal static Tensor SliceAxis(Tensor x, int axis, int start, int length, int step)
    {
        if (start == 0 && length == x.Shape[axis] && step == 1)
            return x;
        var shape = x.Shape;
        return Apply.Of(new Op.Slice(At(0, start), Ints.From(shape.Rank, i => i == axis ? length : shape[i]), At(1, step)), x);

        Ints At(int otherwise, int value) => Ints.From(shape.Rank, i => i == axis ? value : otherwise);
    }

    private static Tensor Triangle(Tensor x, int offset, bool lower, string operation)
    {
        Require.NotNull(x, operation);
        Require.That(x.Rank >= 2, $"[{operation}] got {x.Shape}; expected at least two axes");
        var diagonal = Tensor.Range(x.Shape[-1], operation) - ExpandDims(Tensor.Range(x.Shape[-2], operation), 1);
        return Where(lower ? diagonal <= offset : diagonal >= offset, x, 0);
    }

    /// <summary>The axes as ascending positions, all of them where none is given.</summary>
    private static Ints Axes(Tensor x, ReadOnlySpan<int> axes, string operation)
    {
        Require.NotNull(x, operation);
        if (axes.IsEmpty)
            return Ints.From(x.Rank, axis => axis);
        var sorted = axes.ToArray();
        for (var i = 0; i < sorted.Length; i++)
            sorted[i] = Require.Axis(sorted[i], x.Shape, operation);
        Array.Sort(sorted);
        for (var i = 1; i < sorted.Length; i++)
            Require.That(sorted[i] != sorted[i - 1], $"[{operation}] got axis {sorted[i]} of {x.Shape} twice; expected each axis once");
        return Ints.Of(sorted);
    }
}
