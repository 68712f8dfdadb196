using System.Numerics;

namespace AutoDiff;

/// <summary>Runs the one of two bodies that a predicate chooses.</summary>
internal sealed class CondStep<T>(Branches branches, View[] x, Storage target, bool guarded) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly BodyPlan<T> _whenTrue = new(branches.WhenTrue, guarded);
    private readonly BodyPlan<T> _whenFalse = new(branches.WhenFalse, guarded);

    public override Storage Target => target;

    public override ReadOnlySpan<View> Operands => x;

    public override long OwnElements => _whenTrue.OwnElements + _whenFalse.OwnElements;

    public override long Traffic => base.Traffic + Math.Max(_whenTrue.Traffic, _whenFalse.Traffic);

    public override void Run(Frame<T> frame)
    {
        var body = Elements(frame, x[0])[0] != T.Zero ? _whenTrue : _whenFalse;
        var own = body.Rent();
        try
        {
            Run(frame, own, body);
        }
        finally
        {
            body.Return(own);
        }
    }

    public override string ToString() => $"Cond of {_whenTrue} and {_whenFalse}";

    private void Run(Frame<T> frame, Frame<T> own, BodyPlan<T> body)
    {
        var arrays = BodyPlan<T>.Arrays(own);
        var inputs = branches.Inputs.Length;
        for (var i = 0; i < inputs; i++)
            Elements(frame, x[i + 1]).CopyTo(body.Inside(arrays[i]));
        body.Run(own);
        var result = Array(frame, target).AsSpan(target.Start, target.Size);
        for (var k = 0; k < branches.WhenTrue.Outputs.Length; k++)
        {
            var output = body.Inside(arrays[inputs + k]);
            output.CopyTo(result);
            result = result[output.Length..];
        }
    }

    private static Span<T> Elements(Frame<T> frame, View view) => Array(frame, view.Storage).AsSpan(At(view), view.Shape.Size);
}
