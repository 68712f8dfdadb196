namespace AutoDiff;

/// <summary>A view taken as matrices [batch…, rows, columns] that no strides describe: windows of a signal, say.</summary>
/// <param name="View">What is looked at.</param>
/// <param name="Layout">Where a matrix's elements lie behind its first.</param>
/// <param name="Batch">The shape of the batch and how far its matrices are from each other.</param>
internal sealed record Folded(View View, FoldedLayout Layout, View Batch)
{
    /// <summary>The view under the shape of matrices; null where rows or batches do not consist of whole axes.</summary>
    public static Folded? Of(View view, Shape matrices)
    {
        if (
            matrices.Rank < 2
            || matrices.Size == 0
            || Refined(view.Shape, matrices) is not { } refined
            || view.Reshape(refined) is not { } split
        )
            return null;
        var columns = Axes(refined, refined.Rank, matrices[-1]);
        var rows = Axes(refined, columns, matrices[-2]);
        var batch = new View(view.Storage, 0, [.. refined.AsSpan()[..rows]], split.Strides[..rows]).Reshape([.. matrices.AsSpan()[..^2]]);
        if (batch is null)
            return null;
        var row = Strided.Of(refined.AsSpan()[rows..columns], split.Strides[rows..columns]);
        var column = Strided.Of(refined.AsSpan()[columns..], split.Strides[columns..]);
        var run = column.Lengths[^1];
        return new(
            view,
            new(
                [.. Enumerable.Range(0, matrices[-2]).Select(i => row.Place(i))],
                [.. Enumerable.Range(0, matrices[-1] / run).Select(i => column.Place(i * run))],
                run,
                column.Strides[0][^1]
            ),
            batch
        );
    }

    /// <summary>
    /// How many columns lie together: the first columns' axis but for its first position, where no two of its positions share an element with each other; else all.
    /// </summary>
    public static int Unit(View view, Shape matrices)
    {
        var refined = Refined(view.Shape, matrices)!;
        var strides = view.Reshape(refined)!.Strides;
        var first = Axes(refined, refined.Rank, matrices[-1]);
        if (first == refined.Rank)
            return 1; // one column
        // By their strides the axes are digits of a number from this one on: two places differ where they differ in a digit.
        var reach = 0L;
        foreach (var axis in Enumerable.Range(0, refined.Rank).Where(axis => refined[axis] > 1).OrderBy(axis => strides[axis]))
        {
            if (strides[axis] <= 0 || (strides[axis] >= strides[first] && strides[axis] <= reach))
                return matrices[-1];
            reach += (refined[axis] - 1L) * strides[axis];
        }
        return matrices[-1] / refined[first];
    }

    /// <summary>The coarsest shape of which both are made by joining neighbouring axes; null where there is none.</summary>
    private static Shape? Refined(Shape one, Shape other)
    {
        var bounds = new SortedSet<long> { 1 };
        foreach (var shape in new[] { one, other })
        {
            var behind = 1L;
            for (var axis = shape.Rank - 1; axis >= 0; axis--)
                bounds.Add(behind *= shape[axis]);
        }
        var lengths = new List<int>();
        foreach (var (bound, next) in bounds.Zip(bounds.Skip(1)))
        {
            if (next % bound != 0)
                return null;
            lengths.Insert(0, (int)(next / bound));
        }
        return [.. lengths];
    }

    /// <summary>The first of the axes before <paramref name="end"/> that together have so many elements.</summary>
    private static int Axes(Shape shape, int end, int elements)
    {
        for (var product = 1; product < elements; )
            product *= shape[--end];
        return end;
    }
}
