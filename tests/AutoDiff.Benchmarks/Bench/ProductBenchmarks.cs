using System.Numerics;
using BenchmarkDotNet.Attributes;

namespace AutoDiff.Benchmarks;

/// <summary>Matrix products.</summary>
/// <typeparam name="T">The precision.</typeparam>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(double))]
[GenericTypeArguments(typeof(float))]
public class ProductBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Kernel<T> _product = null!;

    public static IEnumerable<object> Shapes => ProductShape.All.Select(shape => (object)shape);

    [ParamsSource(nameof(Shapes))]
    public object Shape { get; set; } = null!;

    [GlobalSetup]
    public void Setup() => _product = Kernel<T>.Product((ProductShape)Shape);

    [Benchmark]
    public void Multiply() => _product.Run();
}
