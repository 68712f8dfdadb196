using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Benchmarks;

/// <summary>A matrix product called with its arrays, as a library's is: what a step of a plan does, and nothing of the plan.</summary>
/// <typeparam name="T">Double or float.</typeparam>
internal sealed class ProductCall<T>(ProductShape shape, T[] left, T[] right)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MatrixProduct<T> _product = new(shape.M, shape.N, shape.K, shape.K, 1, shape.N, 1, shape.N, new(0, 0));
    private T[]? _scratch;

    public T[] Result { get; } = new T[shape.M * shape.N];

    public void Run()
    {
        _scratch ??= new T[_product.ScratchSize];
        _product.Run(ref left[0], ref right[0], ref Result[0], ref Unsafe.NullRef<T>(), _scratch);
    }
}
