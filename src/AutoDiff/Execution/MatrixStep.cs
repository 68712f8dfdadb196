using System.Numerics;
using System.Runtime.InteropServices;

namespace AutoDiff;

/// <summary>A function of whole matrices, one matrix of the batch after another, read where and as they lie.</summary>
internal sealed class MatrixStep<T> : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // A part takes some tens of microseconds, several times what it costs to call a thread.
    private const long PartWork = 1 << 18;

    private readonly string _name;
    private readonly MatrixKernel<T> _kernel;
    private readonly View[] _operands;
    private readonly Storage _target;
    private readonly Strided _batches;
    private readonly EqualParts _parts;
    private readonly int _size;
    private readonly int _scratch;

    /// <summary>The function of operands of equal batch axes, into a storage of results one after another.</summary>
    public MatrixStep(string name, MatrixKernel<T> kernel, View[] operands, Storage target)
    {
        (_name, _kernel, _operands, _target) = (name, kernel, operands, target);
        var batch = operands[0].Shape.AsSpan()[..^2];
        _batches = Strided.Of(batch, [.. operands.Select(operand => operand.Strides[..^2])]);
        var count = 1;
        foreach (var length in batch)
            count *= length;
        _size = target.Size / Math.Max(1, count);
        var sizes = System.Array.ConvertAll(operands, operand => (operand.Shape[-2], operand.Shape[-1]));
        _scratch = kernel.ScratchSize(sizes);
        var work = sizes.Max(size => (long)size.Item1 * size.Item2 * Math.Max(size.Item1, size.Item2));
        var parts = (int)Math.Clamp(count * work / PartWork, 1, Math.Max(1, count));
        _parts = new(count, Math.Max(1, (count + parts - 1) / parts));
    }

    public override int ScratchSize => _scratch;

    public override int Parts => Math.Max(1, _parts.Count);

    public override Storage Target => _target;

    public override ReadOnlySpan<View> Operands => _operands;

    public override void Run(Frame<T> frame)
    {
        for (var part = 0; part < _parts.Count; part++)
            RunPart(frame, part);
    }

    public override void RunPart(Frame<T> frame, int part)
    {
        if (_target.Size == 0)
            return;
        var scratch = frame.Memory[Frame<T>.Scratch].AsSpan(0, _scratch);
        var target = Array(frame, _target).AsSpan(_target.Start, _target.Size);
        for (var batch = _parts.Start(part); batch < _parts.Start(part + 1); batch++)
        {
            var operands = new MatrixOperands<T>
            {
                First = Operand(frame, 0, batch),
                Second = Operand(frame, 1, batch),
                Third = Operand(frame, 2, batch),
            };
            _kernel.Run(in operands, target.Slice(batch * _size, _size), scratch);
        }
    }

    private StridedMatrix<T> Operand(Frame<T> frame, int operand, int batch)
    {
        if (operand >= _operands.Length)
            return default;
        var view = _operands[operand];
        // An empty matrix begins nowhere, and nothing is read there.
        ref var first = ref MemoryMarshal.GetArrayDataReference(Array(frame, view.Storage));
        return new(
            ref System.Runtime.CompilerServices.Unsafe.Add(ref first, (nint)At(view) + _batches.Place(operand, batch)),
            view.Shape[-2],
            view.Shape[-1],
            view.Strides[^2],
            view.Strides[^1]
        );
    }

    public override string ToString() => $"{_name} of {string.Join(", ", _operands.Select(operand => operand.Shape))}";
}
