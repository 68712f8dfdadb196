namespace AutoDiff;

public abstract partial record Op
{
    /// <summary>The positions along <paramref name="Axis"/> of the first <paramref name="Count"/> elements in order; equal ones keep theirs, NaN is last.</summary>
    public sealed record ArgSort(int Axis, int Count, bool Descending) : Op
    {
        internal override OpFacts Facts => OpFacts.ArgSort;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>Arguments (sorted [batch…, length], values [batch…, picks…]): how many of the sorted numbers are below each value, or not above it where <paramref name="Right"/>.</summary>
    public sealed record SearchSorted(bool Right) : Op
    {
        internal override OpFacts Facts => OpFacts.SearchSorted;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>The position along <paramref name="Axis"/> of the largest element so far, of equals the one met first; from the end when <paramref name="Reverse"/>.</summary>
    public sealed record CumulativeArgMax(int Axis, bool Reverse) : Op
    {
        internal override OpFacts Facts => OpFacts.CumulativeArgMax;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>Of indices [batch…, picks…]: for each of <paramref name="Length"/> places, [batch…, length], the last pick that names it; for one that none names its own position behind all picks.</summary>
    public sealed record LastPicks(int BatchRank, int Length) : Op
    {
        internal override OpFacts Facts => OpFacts.LastPicks;

        /// <summary>How many positions there are: those of the picks, and behind them those of the places.</summary>
        internal static int Positions(Shape indices, int batchRank, int length)
        {
            var picks = 1L;
            for (var axis = batchRank; axis < indices.Rank; axis++)
                picks *= indices[axis];
            return (int)Math.Min(int.MaxValue, length + picks);
        }

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>Arguments (y, x): x with the elements <c>Start[i] + j·Step[i]</c> along each axis i, as many as y has, replaced by y's; steps are positive.</summary>
    /// <remarks>y comes first, so that a depth-first walk has all that y needs of x behind it before x is changed in its place.</remarks>
    public sealed record SetSlice(Ints Start, Ints Step) : Op
    {
        internal override OpFacts Facts => OpFacts.SetSlice;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }

    /// <summary>Arguments (y, x): x with y added to the elements that <see cref="SetSlice"/> would replace.</summary>
    public sealed record AddSlice(Ints Start, Ints Step) : Op
    {
        internal override OpFacts Facts => OpFacts.AddSlice;

        internal override TResult Accept<TContext, TResult>(IOpTable<TContext, TResult> table, TContext at) => table.Of(this, at);
    }
}
