using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>Copies of parts of folded matrices in the order in which the tiles read them, and additions back to where their elements lie.</summary>
internal static unsafe class FoldedLoops<T, TVector, TWidth>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TWidth : struct, IVectorWidth<T, TVector>
{
    /// <summary>Packs rows and columns of a right matrix into the panels that <see cref="MatrixLoops{T, TVector, TWidth}.Run"/> reads.</summary>
    public static void PackRight(in FoldedPointer<T> x, int row, int depth, int column, int columns, int most, T* to)
    {
        var panels = new EqualParts((columns + TWidth.Count - 1) / TWidth.Count, most);
        for (var panel = 0; panel < panels.Count; panel++)
        {
            var width = panels[panel] * TWidth.Count;
            var (end, count) = (Math.Min(columns, width), 0);
            for (var j = 0; j < end; j += count)
            {
                count = x.Segment(column + j, Math.Min(TWidth.Count, end - j), out var offset);
                Down(x.At + offset, x.Step, x.Rows + row, depth, count, to + j, width, j + TWidth.Count > width);
            }
            to += width * (nint)depth;
            column += width;
            columns -= width;
        }
    }

    /// <summary>Packs the transpose of columns of a matrix whose rows lie at equal distances: what is a row there is a column of the panels.</summary>
    public static void PackTransposed(in FoldedPointer<T> x, nint rowStep, int row, int rows, int column, int columns, int most, T* to)
    {
        var panels = new EqualParts((rows + TWidth.Count - 1) / TWidth.Count, most);
        for (var panel = 0; panel < panels.Count; panel++)
        {
            var width = panels[panel] * TWidth.Count;
            var first = x.At + x.Rows[row];
            for (var (j, count) = (0, 0); j < columns; j += count)
            {
                count = x.Segment(column + j, columns - j, out var offset);
                MatrixPacking<T, TVector, TWidth>.Panel(
                    first + offset,
                    x.Step,
                    rowStep,
                    count,
                    Math.Min(rows, width),
                    width,
                    to + ((nint)j * width)
                );
            }
            to += width * (nint)columns;
            row += width;
            rows -= width;
        }
    }

    /// <summary>Copies rows of a matrix, each <paramref name="distance"/> behind the one before.</summary>
    public static void CopyRows(in FoldedPointer<T> x, int row, int rows, int column, int columns, T* to, nint distance)
    {
        for (var (j, count) = (0, 0); j < columns; j += count)
        {
            count = x.Segment(column + j, columns - j, out var offset);
            Across(x.At + offset, x.Step, x.Rows + row, rows, count, to + j, distance);
        }
    }

    /// <summary>Adds a matrix of contiguous rows to a part of a folded one.</summary>
    public static void Add(T* from, nint distance, in FoldedPointer<T> x, int row, int rows, int column, int columns)
    {
        for (var (j, count) = (0, 0); j < columns; j += count)
        {
            count = x.Segment(column + j, columns - j, out var offset);
            AddRows(from + j, distance, x.At + offset, x.Step, x.Rows + row, rows, count);
        }
    }

    /// <summary>At most a vector of columns, row after row.</summary>
    [MethodImpl(Compilation.Loop)]
    private static void Down(T* from, nint step, int* rows, int depth, int count, T* to, nint width, bool isLast)
    {
        if (step != 1)
        {
            for (nint p = 0; p < depth; p++, to += width)
            {
                var x = from + rows[p];
                for (nint j = 0; j < count; j++)
                    to[j] = x[j * step];
            }
            return;
        }
        if (count == TWidth.Count)
        {
            for (nint p = 0; p < depth; p++, to += width)
                TWidth.Store(TWidth.Load(from + rows[p]), to);
            return;
        }
        var mask = TWidth.Mask(count);
        if (isLast)
        {
            for (nint p = 0; p < depth; p++, to += width)
                TWidth.Store(TWidth.Load(from + rows[p], mask, count), to, count);
            return;
        }
        // The zeros behind the columns are overwritten by the next ones.
        for (nint p = 0; p < depth; p++, to += width)
            TWidth.Store(TWidth.Load(from + rows[p], mask, count), to);
    }

    [MethodImpl(Compilation.Loop)]
    private static void Across(T* from, nint step, int* rows, int depth, int count, T* to, nint distance)
    {
        if (step != 1)
        {
            for (nint p = 0; p < depth; p++, to += distance)
            {
                var x = from + rows[p];
                for (nint j = 0; j < count; j++)
                    to[j] = x[j * step];
            }
            return;
        }
        var (whole, rest) = (count / TWidth.Count * TWidth.Count, count % TWidth.Count);
        var mask = TWidth.Mask(rest);
        for (nint p = 0; p < depth; p++, to += distance)
        {
            var x = from + rows[p];
            for (nint j = 0; j < whole; j += TWidth.Count)
                TWidth.Store(TWidth.Load(x + j), to + j);
            if (rest > 0)
                TWidth.Store(TWidth.Load(x + whole, mask, rest), to + whole, rest);
        }
    }

    [MethodImpl(Compilation.Loop)]
    private static void AddRows(T* from, nint distance, T* to, nint step, int* rows, int depth, int count)
    {
        if (step != 1)
        {
            for (nint p = 0; p < depth; p++, from += distance)
            {
                var y = to + rows[p];
                for (nint j = 0; j < count; j++)
                    y[j * step] += from[j];
            }
            return;
        }
        var (whole, rest) = (count / TWidth.Count * TWidth.Count, count % TWidth.Count);
        var mask = TWidth.Mask(rest);
        for (nint p = 0; p < depth; p++, from += distance)
        {
            var y = to + rows[p];
            for (nint j = 0; j < whole; j += TWidth.Count)
                TWidth.Store(TWidth.Add(TWidth.Load(y + j), TWidth.Load(from + j)), y + j);
            if (rest > 0)
                TWidth.Store(TWidth.Add(TWidth.Load(y + whole, mask, rest), TWidth.Load(from + whole, mask, rest)), y + whole, rest);
        }
    }
}
