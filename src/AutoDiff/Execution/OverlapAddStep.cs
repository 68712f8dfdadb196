using System.Numerics;

namespace AutoDiff;

/// <summary>Adds a view's elements to a view of equal shape whose elements coincide often, compensated: what long windows that overlap need.</summary>
internal sealed class OverlapAddStep<T>(View source, View target) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly View[] _operands = [source];
    private readonly Strided _walk = Strided.Of(source.Shape.AsSpan(), source.Strides, target.Strides);

    public override int ScratchSize => target.Storage.Size;

    public override Storage Target => target.Storage;

    public override ReadOnlySpan<View> Operands => _operands;

    public override void Run(Frame<T> frame)
    {
        if (source.Shape.Size == 0)
            return;
        frame.Memory[Frame<T>.Scratch].AsSpan(0, ScratchSize).Clear();
        Walk(frame, At(source), target.Offset, 0);
    }

    public override string ToString() => $"OverlapAdd {source.Shape}";

    private void Walk(Frame<T> frame, int at, int toAt, int axis)
    {
        var (length, step, toStep) = (_walk.Lengths[axis], _walk.Strides[0][axis], _walk.Strides[1][axis]);
        if (axis < _walk.Lengths.Length - 1)
        {
            for (var i = 0; i < length; i++, at += step, toAt += toStep)
                Walk(frame, at, toAt, axis + 1);
            return;
        }
        var from = Array(frame, source.Storage);
        var to = Array(frame, target.Storage).AsSpan(target.Storage.Start, target.Storage.Size);
        var lost = frame.Memory[Frame<T>.Scratch].AsSpan(0, ScratchSize);
        if (step == 1 && toStep == 1)
        {
            CompensatedSums<T>.Add(to.Slice(toAt, length), lost.Slice(toAt, length), from.AsSpan(at, length));
            return;
        }
        for (var i = 0; i < length; i++, at += step, toAt += toStep)
            CompensatedSums<T>.Add(ref to[toAt], ref lost[toAt], from[at]);
    }
}
