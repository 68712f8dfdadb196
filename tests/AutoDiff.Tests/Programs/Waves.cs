namespace AutoDiff.Tests.Programs;

/// <summary>Numbers that every language makes alike: sin(start), sin(start + 1), …</summary>
internal static class Waves
{
    public static Tensor Of(int start, params int[] shape) =>
        Ops.Reshape(Ops.Sin(start + Tensor.Range(Shape.Of(shape).Size)), shape.AsSpan());
}
