using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

/// <summary>The blocks of a contiguous tensor at whole-number indices.</summary>
internal sealed class GatherStep<T>(View source, View indices, Storage target, int batch, int length, int rest) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly View[] _operands = [source, indices];

    public override Storage Target => target;

    public override ReadOnlySpan<View> Operands => _operands;

    public override long Traffic => indices.Shape.Size + (2L * target.Size);

    public override void Run(Frame<T> frame)
    {
        var (from, at) = (Array(frame, source.Storage), At(source));
        var picked = Array(frame, indices.Storage).AsSpan(At(indices), indices.Shape.Size);
        var (to, toAt) = (Array(frame, target), target.Start);
        var picks = picked.Length / Math.Max(1, batch);
        for (var i = 0; i < picked.Length; i++, toAt += rest)
        {
            var position = (i / picks * length) + Indices.Checked(double.CreateTruncating(picked[i]), length, nameof(Op.Gather));
            from.AsSpan(at + (position * rest), rest).CopyTo(to.AsSpan(toAt, rest));
        }
    }

    public override string ToString() => $"Gather {indices.Shape} blocks of {rest}";
}

/// <summary>Blocks of a contiguous tensor added to a storage of zeros at whole-number indices, in order.</summary>
internal sealed class ScatterAddStep<T>(View updates, View indices, Storage target, int batch, int length, int rest) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly View[] _operands = [updates, indices];
    private readonly int _picks = indices.Shape.Size / Math.Max(1, batch);

    // Beside what additions round off, for each block how many updates it gets.
    public override int ScratchSize => _picks > ReduceKernels<T>.Block ? target.Size + (batch * length) : 0;

    public override Storage Target => target;

    public override ReadOnlySpan<View> Operands => _operands;

    public override void Run(Frame<T> frame)
    {
        var (from, at) = (Array(frame, updates.Storage), At(updates));
        var picked = Array(frame, indices.Storage).AsSpan(At(indices), indices.Shape.Size);
        var to = Array(frame, target).AsSpan(target.Start, target.Size);
        var scratch = frame.Memory[Frame<T>.Scratch].AsSpan(0, ScratchSize);
        to.Clear();
        var (many, counts) = (ScratchSize > 0, ScratchSize > 0 ? target.Size : 0);
        if (many)
            Count(picked, scratch[counts..], scratch[..counts]);
        for (var b = 0; b < batch; b++)
        {
            foreach (var index in picked[.._picks])
            {
                var position = (b * length) + Position(index);
                var block = to.Slice(position * rest, rest);
                var terms = from.AsSpan(at, rest);
                if (many && scratch[counts + position] > Chain)
                    CompensatedSums<T>.Add(block, scratch.Slice(position * rest, rest), terms);
                else
                    TensorPrimitives.Add(block, terms, block);
                at += rest;
            }
            picked = picked[_picks..];
        }
    }

    /// <summary>Counts the updates of each block; those that a chain of additions would cost accuracy are compensated, and begin with nothing lost.</summary>
    private void Count(ReadOnlySpan<T> picked, Span<T> counts, Span<T> lost)
    {
        counts.Clear();
        for (var b = 0; b < batch; b++)
        {
            foreach (var index in picked[.._picks])
            {
                var position = (b * length) + Position(index);
                if (counts[position] <= Chain && ++counts[position] > Chain)
                    lost.Slice(position * rest, rest).Clear();
            }
            picked = picked[_picks..];
        }
    }

    private int Position(T index) => Indices.Checked(double.CreateTruncating(index), length, nameof(Op.ScatterAdd));

    private static T Chain => T.CreateTruncating(ReduceKernels<T>.Block);

    public override string ToString() => $"ScatterAdd {indices.Shape} blocks of {rest}";
}
