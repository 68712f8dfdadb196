namespace AutoDiff;

/// <summary>The cotangents of parts of one node, slices and gathered elements, put together at once.</summary>
/// <remarks>Each taken back to the node's own size and added would cost that size: a loop over the rows of a matrix would be quadratic.</remarks>
internal static class Parts
{
    /// <summary>So few slices that do not lie side by side are padded and added, which needs no indices.</summary>
    private const int Few = 8;

    /// <summary>Positions up to this are exact in single precision.</summary>
    private const int MostPositions = 1 << 24;

    /// <summary>The cotangent of a part.</summary>
    /// <param name="Of">The node that is the part: a slice, or gathered elements.</param>
    /// <param name="Cotangent">Its cotangent.</param>
    /// <param name="Through">The transposed or reshaped node that it is a part of, where it is not one of the node itself.</param>
    internal readonly record struct Part(Apply Of, Tensor Cotangent, Apply? Through = null);

    /// <summary>The sum of all parts' cotangents and of what the node has besides; a few slices are added where they were cut out.</summary>
    /// <param name="sum">What the node has besides.</param>
    /// <param name="node">The node.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="seen">As in <see cref="Reverse"/>.</param>
    public static Tensor Added(Tensor? sum, Tensor node, List<Part> parts, Numbering seen)
    {
        if (sum is null)
            return Together(node, parts, seen);
        if (parts.Count > Few || parts.Exists(part => part is not { Through: null, Of.Op: Op.Slice }))
            return sum + Together(node, parts, seen);
        foreach (var part in parts)
            sum = Apply.Of(new Op.AddSlice(((Op.Slice)part.Of.Op).Start, ((Op.Slice)part.Of.Op).Step), part.Cotangent, sum);
        return sum;
    }

    /// <summary>The sum of all parts' cotangents, of the node's shape.</summary>
    private static Tensor Together(Tensor node, List<Part> parts, Numbering seen)
    {
        Tensor? sum = null;
        foreach (var alike in parts.GroupBy(part => (part.Through?.Op, part.Through?.Shape, Cut.Of(part.Of))))
        {
            var through = alike.First().Through;
            var whole = through?.Shape ?? node.Shape;
            var cotangent = alike.First().Of.Op is Op.Gather ? Gathered(whole, [.. alike]) : Sliced(alike.Key.Item3, whole, Merged(alike));
            if (through is not null)
                cotangent = Transposes.Of(new(through, cotangent, seen), 0)!;
            sum = sum is null ? cotangent : sum + cotangent;
        }
        return sum!;
    }

    private static Tensor Gathered(Shape whole, List<Part> parts)
    {
        var (first, axis) = (parts[0], ((Op.Gather)parts[0].Of.Op).BatchRank);
        if (parts.Count == 1)
            return Apply.Of(new Op.ScatterAdd(axis, whole[axis]), first.Cotangent, first.Of.Arguments[1]);
        var (updates, indices) = (new Tensor[parts.Count], new Tensor[parts.Count]);
        for (var i = 0; i < updates.Length; i++)
        {
            var picked = parts[i].Of.Arguments[1];
            updates[i] = Joined(parts[i].Cotangent, axis, picked.Rank - axis);
            indices[i] = Joined(picked, axis, picked.Rank - axis);
        }
        return Apply.Of(new Op.ScatterAdd(axis, whole[axis]), Ops.Concatenate(updates, axis), Ops.Concatenate(indices, axis));
    }

    /// <summary>The cotangents of each slice that was taken more than once, summed.</summary>
    private static List<(Op.Slice Slice, Tensor Cotangent)> Merged(IEnumerable<Part> parts)
    {
        var merged = new List<(Op.Slice Slice, Tensor Cotangent)>();
        var positions = new Dictionary<Op, int>();
        foreach (var part in parts)
        {
            if (positions.TryAdd(part.Of.Op, merged.Count))
                merged.Add(((Op.Slice)part.Of.Op, part.Cotangent));
            else
            {
                var at = positions[part.Of.Op];
                merged[at] = merged[at] with { Cotangent = merged[at].Cotangent + part.Cotangent };
            }
        }
        return merged;
    }

    private static Tensor Sliced(Cut cut, Shape whole, List<(Op.Slice Slice, Tensor Cotangent)> slices)
    {
        if (slices.Count > 1 && cut.First == cut.Last && SideBySide(cut.First, whole, slices) is { } rows)
            return Ops.Concatenate(rows, cut.First);
        if (slices.Count > Few && cut.Positions(whole) <= MostPositions)
            return cut.Scattered(whole, slices);
        return slices.Select(slice => Transposes.Unslice(slice.Slice, whole, slice.Cotangent)).Aggregate(Ops.Add);
    }

    /// <summary>The slices along an axis in order, zeros between them; null where two overlap or one leaves elements out.</summary>
    private static List<Tensor>? SideBySide(int axis, Shape whole, List<(Op.Slice Slice, Tensor Cotangent)> slices)
    {
        var rows = new List<Tensor>();
        var end = 0;
        foreach (var (slice, cotangent) in slices.OrderBy(slice => slice.Slice.Start[axis]))
        {
            var (start, length) = (slice.Start[axis], slice.Length[axis]);
            if (start < end || (slice.Step[axis] != 1 && length > 1))
                return null;
            if (start > end)
                rows.Add(Tensor.Zeros(whole.With(axis, start - end)));
            rows.Add(cotangent);
            end = start + length;
        }
        if (end < whole[axis])
            rows.Add(Tensor.Zeros(whole.With(axis, whole[axis] - end)));
        return rows;
    }

    /// <summary>x with <paramref name="count"/> axes from <paramref name="axis"/> on made one.</summary>
    private static Tensor Joined(Tensor x, int axis, int count)
    {
        var lengths = x.Shape.AsSpan();
        return Ops.Reshape(x, [.. lengths[..axis], Product(lengths.Slice(axis, count)), .. lengths[(axis + count)..]]);
    }

    private static int Product(ReadOnlySpan<int> lengths)
    {
        var product = 1;
        foreach (var length in lengths)
            product *= length;
        return product;
    }

    /// <summary>The axes of a part that are not whole: slices of one cut lie in one plane.</summary>
    /// <param name="First">The first of them; for gathered elements, the picked axis.</param>
    /// <param name="Last">The last of them; negative for gathered elements.</param>
    private readonly record struct Cut(int First, int Last)
    {
        public static Cut Of(Apply part)
        {
            if (part.Op is not Op.Slice slice)
                return new(((Op.Gather)part.Op).BatchRank, -1);
            var (whole, first, last) = (part.Arguments[0].Shape, 0, 0);
            for (var axis = whole.Rank - 1; axis >= 0; axis--)
            {
                if (slice.Length[axis] != whole[axis])
                    (first, last) = (axis, Math.Max(last, axis));
            }
            return new(first, last);
        }

        public long Positions(Shape whole)
        {
            var positions = 1L;
            for (var axis = First; axis <= Last; axis++)
                positions *= whole[axis];
            return positions;
        }

        /// <summary>Zeros of the whole's shape with each slice's cotangent added where it was cut out.</summary>
        public Tensor Scattered(Shape whole, List<(Op.Slice Slice, Tensor Cotangent)> slices)
        {
            var positions = new List<double>();
            var updates = new Tensor[slices.Count];
            for (var i = 0; i < updates.Length; i++)
            {
                Add(positions, slices[i].Slice, whole, First, 0);
                updates[i] = Joined(slices[i].Cotangent, First, Last - First + 1);
            }
            Shape picks = [.. whole.AsSpan()[..First], positions.Count];
            var indices = Ops.BroadcastTo(Constant.Owning([.. positions], [positions.Count]), picks);
            var scattered = Apply.Of(new Op.ScatterAdd(First, (int)Positions(whole)), Ops.Concatenate(updates, First), indices);
            return Ops.ReshapeTo(scattered, whole);
        }

        /// <summary>Appends the positions that a slice takes from the cut axes, seen as one.</summary>
        private void Add(List<double> positions, Op.Slice slice, Shape whole, int axis, int position)
        {
            if (axis > Last)
            {
                positions.Add(position);
                return;
            }
            for (var i = 0; i < slice.Length[axis]; i++)
                Add(positions, slice, whole, axis + 1, (position * whole[axis]) + slice.Start[axis] + (i * slice.Step[axis]));
        }
    }
}
