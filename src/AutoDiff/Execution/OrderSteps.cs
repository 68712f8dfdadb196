using System.Numerics;

namespace AutoDiff;

/// <summary>The first positions in order along the middle axis of a contiguous [outer, length, inner].</summary>
internal sealed class ArgSortStep<T>(View source, Storage target, int length, int inner, int count, bool descending) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly View[] _operands = [source];

    public override int ScratchSize => target.Size == 0 ? 0 : Sorting<T>.ScratchSize(length, count);

    public override Storage Target => target;

    public override ReadOnlySpan<View> Operands => _operands;

    public override void Run(Frame<T> frame)
    {
        var x = Array(frame, source.Storage).AsSpan(At(source), source.Shape.Size);
        var y = Array(frame, target).AsSpan(target.Start, target.Size);
        var scratch = frame.Memory[Frame<T>.Scratch].AsSpan(0, ScratchSize);
        for (var row = 0; row < y.Length / Math.Max(1, count); row++)
        {
            var (outer, at) = Math.DivRem(row, inner);
            Sorting<T>.Positions(
                x[((outer * length * inner) + at)..],
                length,
                inner,
                descending,
                y[((outer * count * inner) + at)..],
                count,
                scratch
            );
        }
    }

    public override string ToString() => $"ArgSort {count} of {length}";
}

/// <summary>How many numbers of a contiguous sorted [batch, length] are below each value of a contiguous [batch, picks], or not above it.</summary>
internal sealed class SearchSortedStep<T>(View sorted, View values, Storage target, int length, bool right) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly View[] _operands = [sorted, values];

    public override Storage Target => target;

    public override ReadOnlySpan<View> Operands => _operands;

    public override void Run(Frame<T> frame)
    {
        var rows = Array(frame, sorted.Storage).AsSpan(At(sorted), sorted.Shape.Size);
        var x = Array(frame, values.Storage).AsSpan(At(values), values.Shape.Size);
        var y = Array(frame, target).AsSpan(target.Start, target.Size);
        if (length == 0)
        {
            y.Clear();
            return;
        }
        var picks = y.Length / Math.Max(1, rows.Length / length);
        for (var i = 0; i < y.Length; i++)
            y[i] = T.CreateTruncating(Count(rows.Slice(i / picks * length, length), x[i]));
    }

    public override string ToString() => $"SearchSorted {values.Shape} in {length}";

    private int Count(ReadOnlySpan<T> row, T value)
    {
        var (low, high) = (0, row.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (right ? !IsBefore(value, row[middle]) : IsBefore(row[middle], value))
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    // A NaN is above all other numbers.
    private static bool IsBefore(T x, T y) => x < y || (T.IsNaN(y) && !T.IsNaN(x));
}

/// <summary>The position of the largest element so far, the first met, along the middle axis of a contiguous [outer, length, inner]; a NaN counts as largest.</summary>
internal sealed class CumulativeArgMaxStep<T>(View source, Storage target, int length, int inner, bool reverse) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly View[] _operands = [source];

    public override Storage Target => target;

    public override ReadOnlySpan<View> Operands => _operands;

    public override void Run(Frame<T> frame)
    {
        var x = Array(frame, source.Storage).AsSpan(At(source), source.Shape.Size);
        var y = Array(frame, target).AsSpan(target.Start, target.Size);
        var step = reverse ? -inner : inner;
        for (var row = 0; row < y.Length / Math.Max(1, length); row++)
        {
            var (outer, at) = Math.DivRem(row, inner);
            at += ((outer * length) + (reverse ? length - 1 : 0)) * inner;
            var (best, position) = (x[at], T.CreateTruncating(reverse ? length - 1 : 0));
            for (var k = 0; k < length; k++, at += step)
            {
                if (x[at] > best || (T.IsNaN(x[at]) && !T.IsNaN(best)))
                    (best, position) = (x[at], T.CreateTruncating(reverse ? length - 1 - k : k));
                y[at] = position;
            }
        }
    }

    public override string ToString() => $"CumulativeArgMax over {length}";
}

/// <summary>For each of some places the last of [batch, picks] indices that names it, else its own position behind all picks.</summary>
internal sealed class LastPicksStep<T>(View indices, Storage target, int batch, int length) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly View[] _operands = [indices];

    public override Storage Target => target;

    public override ReadOnlySpan<View> Operands => _operands;

    public override void Run(Frame<T> frame)
    {
        var picked = Array(frame, indices.Storage).AsSpan(At(indices), indices.Shape.Size);
        var y = Array(frame, target).AsSpan(target.Start, target.Size);
        var picks = picked.Length / Math.Max(1, batch);
        for (var b = 0; b < batch; b++)
        {
            var places = y.Slice(b * length, length);
            for (var i = 0; i < places.Length; i++)
                places[i] = T.CreateTruncating(picks + i);
            for (var i = 0; i < picks; i++)
                places[Indices.Checked(double.CreateTruncating(picked[(b * picks) + i]), length, nameof(Op.LastPicks))] =
                    T.CreateTruncating(i);
        }
    }

    public override string ToString() => $"LastPicks {indices.Shape}";
}
