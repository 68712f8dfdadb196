namespace AutoDiff;

/// <summary>What a list of indices picks from a shape: a range of every axis, and the shape that is left.</summary>
/// <param name="Start">The first position along each axis.</param>
/// <param name="Length">How many.</param>
/// <param name="Shape">Without the axes of positions, with the new ones.</param>
internal sealed record IndexSelection(Ints Start, Ints Length, Shape Shape)
{
    public Ints Step => Ints.Repeat(1, Start.Count);

    public static IndexSelection Of(ReadOnlySpan<TensorIndex> indices, Shape shape, string operation)
    {
        var (named, rests) = (0, 0);
        foreach (var index in indices)
        {
            named += index.Of is TensorIndex.Kind.Position or TensorIndex.Kind.Range ? 1 : 0;
            rests += index.Of == TensorIndex.Kind.Rest ? 1 : 0;
        }
        if (named > shape.Rank || rests > 1)
            Require.That(
                false,
                $"[{operation}] got [{string.Join(", ", indices.ToArray())}] for {shape}; expected at most {shape.Rank} positions and ranges, and Ellipsis at most once"
            );
        var (start, length, result) = (new List<int>(), new List<int>(), new List<int>());
        foreach (var index in indices)
        {
            if (index.Of == TensorIndex.Kind.New)
                result.Add(1);
            else if (index.Of == TensorIndex.Kind.Rest)
                Whole(shape.Rank - named);
            else
                Pick(index);
        }
        Whole(shape.Rank - start.Count);
        return new([.. start], [.. length], [.. result]);

        void Whole(int count)
        {
            for (var i = 0; i < count; i++)
            {
                length.Add(shape[start.Count]);
                result.Add(shape[start.Count]);
                start.Add(0);
            }
        }

        void Pick(TensorIndex index)
        {
            var size = shape[start.Count];
            var (from, to) = (index.Range.Start.GetOffset(size), index.Range.End.GetOffset(size));
            var isPosition = index.Of == TensorIndex.Kind.Position;
            if (isPosition)
                to = from + 1;
            Require.That(
                from >= 0 && from <= to && to <= size,
                $"[{operation}] got {index} for axis {start.Count} of {shape}; expected {(isPosition ? size == 0 ? "no position, as the axis is empty" : $"{-size} to {size - 1}" : $"a range within 0..{size}")}"
            );
            start.Add(from);
            length.Add(to - from);
            if (!isPosition)
                result.Add(to - from);
        }
    }

    /// <summary>The picked elements.</summary>
    public Tensor From(Tensor x) => Ops.ReshapeTo(Ops.SliceOf(x, Start, Length, Step), Shape);
}
