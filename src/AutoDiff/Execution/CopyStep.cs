using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

/// <summary>Copies a view's elements into a view of equal shape, or adds them to it.</summary>
internal sealed class CopyStep<T>(View source, View target, bool add) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly View[] _operands = [source];
    private readonly Strided _walk = Strided.Of(source.Shape.AsSpan(), source.Strides, target.Strides);

    public override Storage Target => target.Storage;

    public override ReadOnlySpan<View> Operands => _operands;

    public override long Traffic => 2L * source.Shape.Size;

    public override void Run(Frame<T> frame)
    {
        if (source.Shape.Size > 0)
            Walk(Array(frame, source.Storage), At(source), Array(frame, target.Storage), At(target), 0);
    }

    public override string ToString() => add ? $"AddInto {source.Shape}" : $"Copy {source.Shape}";

    private void Walk(T[] from, int at, T[] to, int toAt, int axis)
    {
        var (length, step, toStep) = (_walk.Lengths[axis], _walk.Strides[0][axis], _walk.Strides[1][axis]);
        if (axis == _walk.Lengths.Length - 1)
        {
            Row(from, at, step, to, toAt, toStep, length);
            return;
        }
        for (var i = 0; i < length; i++, at += step, toAt += toStep)
            Walk(from, at, to, toAt, axis + 1);
    }

    private void Row(T[] from, int at, int step, T[] to, int toAt, int toStep, int length)
    {
        if (step == 1 && toStep == 1)
        {
            var row = to.AsSpan(toAt, length);
            if (add)
                TensorPrimitives.Add(row, from.AsSpan(at, length), row);
            else
                from.AsSpan(at, length).CopyTo(row);
            return;
        }
        if (add)
        {
            for (var i = 0; i < length; i++, at += step, toAt += toStep)
                to[toAt] += from[at];
            return;
        }
        for (var i = 0; i < length; i++, at += step, toAt += toStep)
            to[toAt] = from[at];
    }
}
