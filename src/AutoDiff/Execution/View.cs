namespace AutoDiff;

/// <summary>A tensor as a strided look at a storage: element (i₀ … iₙ) lies at <c>Offset + Σ iₖ·Strides[k]</c>.</summary>
internal sealed class View(Storage storage, int offset, Shape shape, int[] strides)
{
    public Storage Storage { get; } = storage;

    public int Offset { get; } = offset;

    public Shape Shape { get; } = shape;

    public int[] Strides { get; } = strides;

    /// <summary>Whether the elements lie one after another in row-major order.</summary>
    public bool IsContiguous
    {
        get
        {
            var expected = 1;
            var lengths = Shape.AsSpan();
            for (var axis = lengths.Length - 1; axis >= 0; axis--)
            {
                if (lengths[axis] != 1 && Strides[axis] != expected && Shape.Size > 0)
                    return false;
                expected *= lengths[axis];
            }
            return true;
        }
    }

    /// <summary>Whether every element is one and the same.</summary>
    public bool IsSingle
    {
        get
        {
            for (var axis = 0; axis < Strides.Length; axis++)
            {
                if (Strides[axis] != 0 && Shape[axis] != 1)
                    return false;
            }
            return true;
        }
    }

    /// <summary>The whole of a storage.</summary>
    public static View Whole(Storage storage, Shape shape) => new(storage, 0, shape, RowMajor(shape));

    public static int[] RowMajor(Shape shape)
    {
        if (shape.Rank == 0)
            return [];
        var strides = new int[shape.Rank];
        var stride = 1;
        for (var axis = strides.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return strides;
    }

    public View Transpose(Ints permutation, Shape to) => Restride(to, axis => Strides[permutation[axis]]);

    public View Broadcast(Shape to)
    {
        var added = to.Rank - Shape.Rank;
        return Restride(to, axis => axis < added || Shape[axis - added] == 1 ? 0 : Strides[axis - added]);
    }

    public View Slice(Op.Slice op, Shape to)
    {
        var start = Offset;
        for (var axis = 0; axis < to.Rank && to.Size > 0; axis++)
            start += op.Start[axis] * Strides[axis];
        return new(Storage, start, to, Ints.From(to.Rank, axis => Strides[axis] * op.Step[axis]).AsSpan().ToArray());
    }

    public View Flip(Ints axes)
    {
        var start = Offset;
        foreach (var axis in axes)
            start += Shape.Size > 0 ? (Shape[axis] - 1) * Strides[axis] : 0;
        return new(
            Storage,
            start,
            Shape,
            Ints.From(Shape.Rank, axis => axes.Contains(axis) ? -Strides[axis] : Strides[axis]).AsSpan().ToArray()
        );
    }

    public View Windows(Op.Windows op, Shape to) =>
        Restride(
            to,
            axis =>
                axis == Shape.Rank ? Strides[op.Axis] * op.Dilation
                : axis == op.Axis ? Strides[axis] * op.Stride
                : Strides[axis]
        );

    /// <summary>The part that a padded tensor's own elements fill.</summary>
    public View Inside(Op.Pad op, Shape inner)
    {
        var start = Offset;
        for (var axis = 0; axis < inner.Rank && inner.Size > 0; axis++)
            start += op.Low[axis] * Strides[axis];
        return new(Storage, start, inner, Ints.From(inner.Rank, axis => Strides[axis] * (op.Interior[axis] + 1)).AsSpan().ToArray());
    }

    /// <summary>The elements from <paramref name="start"/> on along an axis.</summary>
    public View Part(int axis, int start, Shape part) =>
        new(Storage, part.Size > 0 ? Offset + (start * Strides[axis]) : Offset, part, Strides);

    /// <summary>The same elements under another shape, or null where no strides describe them.</summary>
    public View? Reshape(Shape to)
    {
        if (IsContiguous)
            return new(Storage, Offset, to, RowMajor(to));
        var result = new int[to.Rank];
        var (from, axis) = (0, 0);
        while (from < Shape.Rank || axis < to.Rank)
        {
            // The smallest runs of axes on either side that hold equally many elements.
            var (fromStart, axisStart) = (from, axis);
            long left = from < Shape.Rank ? Shape[from++] : 1,
                right = axis < to.Rank ? to[axis++] : 1;
            while (left != right)
            {
                if (left < right)
                    left *= Shape[from++];
                else
                    right *= to[axis++];
            }
            var stride = Collapsed(fromStart, from);
            if (stride is null)
                return null;
            for (var (i, step) = (axis - 1, stride.Value); i >= axisStart; step *= to[i--])
                result[i] = step;
        }
        return new(Storage, Offset, to, result);
    }

    /// <summary>The stride of a run of axes seen as one, or null where there is none.</summary>
    private int? Collapsed(int start, int end)
    {
        var (stride, expected, any) = (0, 0, false);
        for (var axis = end - 1; axis >= start; axis--)
        {
            if (Shape[axis] == 1)
                continue;
            if (any && Strides[axis] != expected)
                return null;
            if (!any)
                (stride, any) = (Strides[axis], true);
            expected = Strides[axis] * Shape[axis];
        }
        return stride;
    }

    private View Restride(Shape to, Func<int, int> stride) => new(Storage, Offset, to, Ints.From(to.Rank, stride).AsSpan().ToArray());
}
