using System.Numerics;

namespace AutoDiff;

/// <summary>Runs a loop: a plan of its body, run once a step on arrays of its own, between which the carries go to and fro.</summary>
internal sealed class ScanStep<T> : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Loop _loop;
    private readonly View[] _x;
    private readonly Storage _target;
    private readonly BodyPlan<T> _body;
    private readonly int _inputs;
    private readonly int _outputs;

    public ScanStep(Loop loop, View[] x, Storage target, bool guarded)
    {
        (_loop, _x, _target) = (loop, x, target);
        (_inputs, _outputs) = (loop.Body.Inputs.Length, loop.Body.Outputs.Length);
        _body = new(loop.Body, guarded);
    }

    public override Storage Target => _target;

    public override ReadOnlySpan<View> Operands => _x;

    public override long OwnElements => _body.OwnElements;

    public override long Traffic => base.Traffic + (_loop.Length * _body.Traffic);

    public override void Run(Frame<T> frame)
    {
        var own = _body.Rent();
        try
        {
            Run(frame, own);
        }
        finally
        {
            _body.Return(own);
        }
    }

    public override string ToString() => $"Scan of {_loop.Length} steps, each {_body}";

    private void Run(Frame<T> frame, Frame<T> own)
    {
        var arrays = BodyPlan<T>.Arrays(own);
        var (first, slices) = (_loop.InvariantCount, _loop.InvariantCount + _loop.CarryCount);
        for (var i = 0; i < slices; i++)
            Elements(frame, i).CopyTo(_body.Inside(arrays[i]));
        var result = Array(frame, _target).AsSpan(_target.Start, _target.Size);
        for (var done = 0; done < _loop.Length; done++)
        {
            var at = _loop.Reverse ? _loop.Length - 1 - done : done;
            for (var i = slices; i < _inputs; i++)
            {
                var slice = _body.Inside(arrays[i]);
                Elements(frame, i).Slice(at * slice.Length, slice.Length).CopyTo(slice);
            }
            _body.Run(own);
            for (var k = _loop.CarryCount; k < _outputs; k++)
            {
                var y = _body.Inside(arrays[_inputs + k]);
                y.CopyTo(result[(_loop.Start(k) + (at * y.Length))..]);
            }
            for (var k = 0; k < _loop.CarryCount; k++)
                (arrays[first + k], arrays[_inputs + k]) = (arrays[_inputs + k], arrays[first + k]);
        }
        for (var k = 0; k < _loop.CarryCount; k++)
            _body.Inside(arrays[first + k]).CopyTo(result[_loop.Start(k)..]);
    }

    /// <summary>An argument's elements.</summary>
    private Span<T> Elements(Frame<T> frame, int argument) =>
        Array(frame, _x[argument].Storage).AsSpan(At(_x[argument]), _x[argument].Shape.Size);
}
