using System.Numerics;

namespace AutoDiff;

/// <summary>Runs a loop until it says that it ends: a plan of its body, between whose runs the carries go to and fro.</summary>
internal sealed class WhileStep<T>(WhileLoop loop, View[] x, Storage target, bool guarded) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly BodyPlan<T> _body = new(loop.Body, guarded);

    public override Storage Target => target;

    public override ReadOnlySpan<View> Operands => x;

    public override long OwnElements => _body.OwnElements;

    public override long Traffic => base.Traffic + _body.Traffic; // of one step: how many there are, nobody knows

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

    public override string ToString() => $"While, each step {_body}";

    private void Run(Frame<T> frame, Frame<T> own)
    {
        var arrays = BodyPlan<T>.Arrays(own);
        var (first, inputs) = (loop.InvariantCount, loop.Body.Inputs.Length);
        for (var i = 0; i < inputs; i++)
            Elements(frame, x[i + 1]).CopyTo(_body.Inside(arrays[i]));
        var goesOn = Elements(frame, x[0])[0];
        while (goesOn != T.Zero)
        {
            _body.Run(own);
            goesOn = _body.Inside(arrays[inputs])[0];
            for (var k = 0; k < loop.CarryCount; k++)
                (arrays[first + k], arrays[inputs + 1 + k]) = (arrays[inputs + 1 + k], arrays[first + k]);
        }
        var result = Array(frame, target).AsSpan(target.Start, target.Size);
        for (var k = 0; k < loop.CarryCount; k++)
        {
            var carry = _body.Inside(arrays[first + k]);
            carry.CopyTo(result);
            result = result[carry.Length..];
        }
    }

    private static Span<T> Elements(Frame<T> frame, View view) => Array(frame, view.Storage).AsSpan(At(view), view.Shape.Size);
}
