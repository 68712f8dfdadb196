using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff;

/// <summary>A plan of a body on arrays of its own: inputs first, then outputs.</summary>
internal sealed class BodyPlan<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Body _body;
    private readonly Plan<T> _plan;
    private readonly int _margin;
    private readonly FramePool<T> _frames = new();

    public BodyPlan(Body body, bool guarded)
    {
        (_body, _margin) = (body, guarded ? Guards<T>.Margin : 0);
        _plan = Plan<T>.Of(Simplification.Simplify(body.Graph), guarded: guarded);
    }

    /// <summary>How many elements a run needs.</summary>
    public long OwnElements =>
        (_plan.WorkspaceBytes / Unsafe.SizeOf<T>())
        + _body.Inputs.Sum(input => (long)input.Shape.Size)
        + _body.Outputs.Sum(output => (long)output.Shape.Size);

    /// <summary>How many elements a run reads and writes.</summary>
    public long Traffic => _plan.Traffic;

    /// <summary>A frame for runs, to be returned.</summary>
    public Frame<T> Rent() => _frames.Rent() ?? NewFrame();

    /// <summary>Takes a frame back.</summary>
    public void Return(Frame<T> frame) => _frames.Return(frame);

    /// <summary>The arrays of a frame; those of one shape may change places.</summary>
    public static Span<T[]> Arrays(Frame<T> frame) => frame.Memory.AsSpan(Frame<T>.External);

    /// <summary>An array's elements without its guards.</summary>
    public Span<T> Inside(T[] array) => array.AsSpan(_margin, array.Length - (2 * _margin));

    /// <summary>Computes the outputs' arrays from the inputs'.</summary>
    public void Run(Frame<T> frame) => _plan.Run(frame);

    public override string ToString() => _plan.ToString();

    private Frame<T> NewFrame()
    {
        var frame = _plan.NewFrame();
        Tensor[] places = [.. _body.Inputs, .. _body.Outputs];
        for (var i = 0; i < places.Length; i++)
        {
            var array = Allocation.Of<T>("Plan", places[i].Shape.Size);
            frame.Memory[Frame<T>.External + i] = _margin > 0 ? Guards<T>.Padded(array) : array;
        }
        return frame;
    }
}
