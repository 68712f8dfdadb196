using System.Numerics;

namespace AutoDiff;

/// <summary>Runs a loop: a plan of its body, run once a step on arrays of its own, between which the carries go to and fro.</summary>
internal sealed class ScanStep<T> : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Loop _loop;
    private readonly View[] _x;
    private readonly Storage _target;
    private readonly Plan<T> _body;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly int _margin;
    private readonly FramePool<T> _frames = new();

    public ScanStep(Loop loop, View[] x, Storage target, bool guarded)
    {
        (_loop, _x, _target) = (loop, x, target);
        (_inputs, _outputs) = (loop.Body.Inputs.Length, loop.Body.Outputs.Length);
        _margin = guarded ? Guards<T>.Margin : 0;
        _body = Plan<T>.Of(Simplification.Simplify(loop.Body.Graph), guarded: guarded);
    }

    public override Storage Target => _target;

    public override ReadOnlySpan<View> Operands => _x;

    public override long OwnElements =>
        (_body.WorkspaceBytes / System.Runtime.CompilerServices.Unsafe.SizeOf<T>())
        + _loop.Body.Inputs.Sum(input => (long)input.Shape.Size)
        + _loop.Body.Outputs.Sum(output => (long)output.Shape.Size);

    public override long Traffic => base.Traffic + (_loop.Length * _body.Traffic);

    public override void Run(Frame<T> frame)
    {
        var own = _frames.Rent() ?? NewFrame();
        try
        {
            Run(frame, own);
        }
        finally
        {
            _frames.Return(own);
        }
    }

    public override string ToString() => $"Scan of {_loop.Length} steps, each {_body}";

    private void Run(Frame<T> frame, Frame<T> own)
    {
        var arrays = own.Memory.AsSpan(Frame<T>.External);
        var (first, slices) = (_loop.InvariantCount, _loop.InvariantCount + _loop.CarryCount);
        for (var i = 0; i < slices; i++)
            Elements(frame, i).CopyTo(Inside(arrays[i]));
        var result = Array(frame, _target).AsSpan(_target.Start, _target.Size);
        for (var done = 0; done < _loop.Length; done++)
        {
            var at = _loop.Reverse ? _loop.Length - 1 - done : done;
            for (var i = slices; i < _inputs; i++)
            {
                var slice = Inside(arrays[i]);
                Elements(frame, i).Slice(at * slice.Length, slice.Length).CopyTo(slice);
            }
            _body.Run(own);
            for (var k = _loop.CarryCount; k < _outputs; k++)
            {
                var y = Inside(arrays[_inputs + k]);
                y.CopyTo(result[(_loop.Start(k) + (at * y.Length))..]);
            }
            for (var k = 0; k < _loop.CarryCount; k++)
                (arrays[first + k], arrays[_inputs + k]) = (arrays[_inputs + k], arrays[first + k]);
        }
        for (var k = 0; k < _loop.CarryCount; k++)
            Inside(arrays[first + k]).CopyTo(result[_loop.Start(k)..]);
    }

    /// <summary>An argument's elements.</summary>
    private Span<T> Elements(Frame<T> frame, int argument) =>
        Array(frame, _x[argument].Storage).AsSpan(At(_x[argument]), _x[argument].Shape.Size);

    /// <summary>An array of the body's without its guards.</summary>
    private Span<T> Inside(T[] array) => array.AsSpan(_margin, array.Length - (2 * _margin));

    private Frame<T> NewFrame()
    {
        var own = _body.NewFrame();
        for (var i = 0; i < _inputs + _outputs; i++)
        {
            var shape = i < _inputs ? _loop.Body.Inputs[i].Shape : _loop.Body.Outputs[i - _inputs].Shape;
            var array = Allocation.Of<T>("Plan", shape.Size);
            own.Memory[Frame<T>.External + i] = _margin > 0 ? Guards<T>.Padded(array) : array;
        }
        return own;
    }
}
