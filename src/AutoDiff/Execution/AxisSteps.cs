using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

/// <summary>Running sums, in place, along the middle axis of a contiguous [outer, length, inner].</summary>
internal sealed class CumulativeSumStep<T>(Storage target, int length, int inner, bool reverse) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override Storage Target => target;

    public override ReadOnlySpan<View> Operands => [];

    public override void Run(Frame<T> frame)
    {
        var x = Array(frame, target).AsSpan(target.Start, target.Size);
        for (var start = 0; start < x.Length; start += length * inner)
        {
            var block = x.Slice(start, length * inner);
            for (var i = 1; i < length; i++)
            {
                var (at, before) = reverse ? (length - 1 - i, length - i) : (i, i - 1);
                var row = block.Slice(at * inner, inner);
                if (inner == 1)
                    row[0] += block[before];
                else
                    TensorPrimitives.Add(row, block.Slice(before * inner, inner), row);
            }
        }
    }

    public override string ToString() => $"CumulativeSum over {length}";
}

/// <summary>The first position of the largest element along the middle axis of a contiguous [outer, length, inner]; a NaN counts as largest.</summary>
internal sealed class ArgMaxStep<T>(View source, Storage target, int length, int inner) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly View[] _operands = [source];

    public override Storage Target => target;

    public override ReadOnlySpan<View> Operands => _operands;

    public override void Run(Frame<T> frame)
    {
        var x = Array(frame, source.Storage).AsSpan(At(source), source.Shape.Size);
        var y = Array(frame, target).AsSpan(target.Start, target.Size);
        for (var i = 0; i < y.Length; i++)
        {
            var at = (i / inner * length * inner) + (i % inner);
            var (best, value) = (0, x[at]);
            for (var k = 1; k < length && !T.IsNaN(value); k++)
            {
                at += inner;
                if (x[at] > value || T.IsNaN(x[at]))
                    (best, value) = (k, x[at]);
            }
            y[i] = T.CreateTruncating(best);
        }
    }

    public override string ToString() => $"ArgMax over {length}";
}
