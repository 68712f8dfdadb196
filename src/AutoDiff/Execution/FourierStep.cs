using System.Numerics;

namespace AutoDiff;

/// <summary>The Fourier transform of each row of n real parts and n imaginary ones.</summary>
internal sealed class FourierStep<T>(View source, Storage target, int length, bool inverse) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly View[] _operands = [source];
    private readonly FourierTransform<T> _transform = new(target.Size == 0 ? 0 : length);

    public override int ScratchSize => _transform.ScratchSize;

    public override Storage Target => target;

    public override ReadOnlySpan<View> Operands => _operands;

    public override void Run(Frame<T> frame)
    {
        var x = Array(frame, source.Storage).AsSpan(At(source), source.Shape.Size);
        var y = Array(frame, target).AsSpan(target.Start, target.Size);
        var scratch = frame.Memory[Frame<T>.Scratch].AsSpan(0, ScratchSize);
        for (; !x.IsEmpty; x = x[(2 * length)..], y = y[(2 * length)..])
            _transform.Run(x[..length], x.Slice(length, length), y[..length], y.Slice(length, length), scratch, inverse);
    }

    public override string ToString() => $"Fft of {target.Size / Math.Max(1, 2 * length)} rows of {length}";
}
