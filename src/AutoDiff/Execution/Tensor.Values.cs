namespace AutoDiff;

public abstract partial record Tensor
{
    /// <summary>The elements in row-major order, computed now.</summary>
    public double[] ToArray() => throw new NotSupportedException();
}
