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

    public override Storage Target => target;

    public override ReadOnlySpan<View> Operands => _operands;

    public override void Run(Frame<T> frame)
    {
        var (from, at) = (Array(frame, updates.Storage), At(updates));
        var picked = Array(frame, indices.Storage).AsSpan(At(indices), indices.Shape.Size);
        var (to, toAt) = (Array(frame, target), target.Start);
        to.AsSpan(toAt, target.Size).Clear();
        var picks = picked.Length / Math.Max(1, batch);
        for (var i = 0; i < picked.Length; i++, at += rest)
        {
            var position = (i / picks * length) + Indices.Checked(double.CreateTruncating(picked[i]), length, nameof(Op.ScatterAdd));
            var block = to.AsSpan(toAt + (position * rest), rest);
            TensorPrimitives.Add(block, from.AsSpan(at, rest), block);
        }
    }

    public override string ToString() => $"ScatterAdd {indices.Shape} blocks of {rest}";
}
