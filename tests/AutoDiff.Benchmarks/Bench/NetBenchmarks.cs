using BenchmarkDotNet.Attributes;

namespace AutoDiff.Benchmarks;

/// <summary>Derivatives and a training step of small nets.</summary>
[MemoryDiagnoser]
public class NetBenchmarks
{
    private Call _gradient = null!;
    private Call _product = null!;
    private Action _step = null!;

    [Params("tiny", "iris", "digits-256")]
    public string Net { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var sample = Sample.Of(NetCase.Named(Net));
        (_gradient, _product, _step) = (sample.Gradient(), sample.Product(), sample.Adam().Steps());
    }

    [Benchmark]
    public void Gradient() => _gradient.Run();

    [Benchmark]
    public void HessianVectorProduct() => _product.Run();

    [Benchmark]
    public void AdamStep() => _step();
}
