using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

/// <summary>A host function's values; it is given doubles in either precision.</summary>
internal sealed class CallbackStep<T>(HostFunction host, int examples, View[] arguments, Storage target) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override Storage Target => target;

    public override ReadOnlySpan<View> Operands => arguments;

    public override void Run(Frame<T> frame)
    {
        var x = System.Array.ConvertAll(
            arguments,
            argument => Values(Array(frame, argument.Storage).AsSpan(At(argument), argument.Shape.Size))
        );
        TensorPrimitives.ConvertTruncating<double, T>(host.Compute(x, examples), Array(frame, target).AsSpan(target.Start, target.Size));
    }

    public override string ToString() => $"Callback \"{host.Name}\" {examples} times";

    private static double[] Values(ReadOnlySpan<T> values)
    {
        var converted = new double[values.Length];
        TensorPrimitives.ConvertTruncating(values, converted);
        return converted;
    }
}
