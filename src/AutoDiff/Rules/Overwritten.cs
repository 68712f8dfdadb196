namespace AutoDiff;

/// <summary>The cotangents of tensors whose parts were replaced one after another: each replaced part is 0 in that of the tensor before.</summary>
/// <remarks>
/// A replacement's own cotangent is taken from the whole that no part is 0 of yet, where they do not overlap: so the zeros are written in one place, if anything
/// reads them at all. Each replacement taken from a whole of its own would make that many wholes, and a loop over the rows of a matrix quadratic.
/// </remarks>
internal sealed class Overwritten
{
    /// <summary>A part of which fewer than so many find room in the whole is kept no account of: it takes long, and saves few wholes.</summary>
    private const int Few = 4;

    private readonly Dictionary<Tensor, Zeroed> _zeroed = new(ReferenceEqualityComparer.Instance);

    /// <summary>The cotangent of what replaced a part.</summary>
    public Tensor Updates(Op.SetSlice op, Shape part, Tensor g)
    {
        var cut = Cut.Of(op, part, g.Shape);
        var whole = cut.IsSmall && _zeroed.TryGetValue(g, out var zeroed) && zeroed.IsBeside(cut) ? zeroed.Whole : g;
        return Ops.SliceOf(whole, op.Start, Ints.Of(part.AsSpan()), op.Step);
    }

    /// <summary>The cotangent of what the part was replaced in: that of the result with zeros for the part.</summary>
    public Tensor Rest(Op.SetSlice op, Shape part, Tensor g)
    {
        var cut = Cut.Of(op, part, g.Shape);
        var rest = Apply.Of(op, Tensor.Zeros(part), g);
        if (!cut.IsSmall)
            return rest;
        // Whoever takes more from g itself starts anew.
        if (!_zeroed.Remove(g, out var zeroed) || !zeroed.Add(cut))
        {
            zeroed = new(g, cut.First, cut.Last);
            zeroed.Add(cut);
        }
        _zeroed.Add(rest, zeroed);
        return rest;
    }

    /// <summary>A cotangent before any part of it was made 0, and the parts, which cut the same axes.</summary>
    private sealed class Zeroed(Tensor whole, int first, int last)
    {
        private readonly HashSet<long> _positions = [];

        public Tensor Whole => whole;

        public bool IsBeside(Cut cut) => cut.First == first && cut.Last == last && !cut.Positions().Any(_positions.Contains);

        public bool Add(Cut cut)
        {
            if (cut.First != first || cut.Last != last)
                return false;
            _positions.UnionWith(cut.Positions());
            return true;
        }
    }

    /// <summary>A part by the axes that it does not take whole.</summary>
    private readonly record struct Cut(Op.SetSlice Op, Shape Part, Shape Whole, int First, int Last)
    {
        public static Cut Of(Op.SetSlice op, Shape part, Shape whole)
        {
            var (first, last) = (0, -1);
            for (var axis = whole.Rank - 1; axis >= 0; axis--)
            {
                if (part[axis] != whole[axis])
                    (first, last) = (axis, Math.Max(last, axis));
            }
            return new(op, part, whole, first, last);
        }

        public bool IsSmall
        {
            get
            {
                var (taken, all) = (1L, 1L);
                for (var axis = First; axis <= Last; axis++)
                    (taken, all) = (taken * Part[axis], all * Whole[axis]);
                return taken * Few <= all;
            }
        }

        /// <summary>The positions that it takes from these axes, seen as one.</summary>
        public IEnumerable<long> Positions() => Positions(First, 0);

        private IEnumerable<long> Positions(int axis, long position)
        {
            if (axis > Last)
                return [position];
            var (op, part, whole, cut) = (Op, Part, Whole, this);
            return Enumerable
                .Range(0, part[axis])
                .SelectMany(i => cut.Positions(axis + 1, (position * whole[axis]) + op.Start[axis] + (i * op.Step[axis])));
        }
    }
}
