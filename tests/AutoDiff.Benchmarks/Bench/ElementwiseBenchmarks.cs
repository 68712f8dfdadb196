using System.Numerics;
using BenchmarkDotNet.Attributes;
using static AutoDiff.Ops;

namespace AutoDiff.Benchmarks;

/// <summary>Elementwise functions and reductions of a matrix.</summary>
/// <typeparam name="T">The precision.</typeparam>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(double))]
[GenericTypeArguments(typeof(float))]
public class ElementwiseBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Rows = 128;
    private const int Columns = 64;

    private static readonly (string Name, Func<Tensor, Tensor> Function)[] Functions =
    [
        .. FunctionsCommand.Rows.Select(row => (row.Name, row.Function)),
        ("sum", x => Sum(x)),
        ("sum of rows", x => Sum(x, 1)),
        ("sum of columns", x => Sum(x, 0)),
        ("max of rows", x => Max(x, 1)),
        ("log-sum-exp of rows", x => LogSumExp(x, 1)),
    ];

    private Kernel<T> _kernel = null!;

    public static IEnumerable<string> Names => Functions.Select(pair => pair.Name);

    [ParamsSource(nameof(Names))]
    public string Function { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var function = Functions.Single(pair => pair.Name == Function).Function;
        _kernel = Kernel<T>.Of(x => function(x[0]), Key.Of(4).Uniform([Rows, Columns], 0.5, 2.5));
    }

    [Benchmark]
    public void Run() => _kernel.Run();
}
