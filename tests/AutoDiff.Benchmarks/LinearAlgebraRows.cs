using static AutoDiff.Ops;

namespace AutoDiff.Benchmarks;

/// <summary>What is timed below the nets: matrix products, eigenvalues, elementwise functions, order.</summary>
internal static class LinearAlgebraRows
{
    public const string Name = "linalg";
    private const int Elements = 8192;

    private static readonly int[] EigenSizes = [200, 500, 1000, 2000];
    private static readonly int[] SortSizes = [1000, 1_000_000];

    private static readonly (string Name, Func<Tensor, Tensor> Function)[] Functions =
    [
        ("exp", Exp),
        ("tanh", Tanh),
        ("sigmoid", Sigmoid),
        ("log", x => Log(Abs(x) + 0.5)), // the peer times these three as well
        ("sin", Sin),
    ];

    public static IEnumerable<Row> Of(int threads) =>
        [
            .. ProductShape.All.Select(Product),
            .. EigenSizes.SelectMany(n => new[] { Eigen(n, vectors: false, threads), Eigen(n, vectors: true, threads) }),
            .. Functions.Select(pair => Elementwise(pair.Name, pair.Function)),
            .. SortSizes.Select(n => Order($"sort of {n}", x => Sort(x), n)),
            .. SortSizes.Select(n => Order($"ten largest of {n}", x => TopK(x, 10).Values, n)),
        ];

    private static Row Product(ProductShape shape)
    {
        var (left, right) = Key.Of(2).Split();
        var call = Call.Of(
            (Pair<Tensor, Tensor> x) => MatMul(x.First, x.Second),
            new(left.Uniform([shape.M, shape.K]), right.Uniform([shape.K, shape.N]))
        );
        return Row.Of($"matmul {shape}", call, () => call.Verify($"matmul {shape}"));
    }

    private static Row Eigen(int n, bool vectors, int threads)
    {
        var random = Key.Of(3).Uniform([n, n]);
        return EigenRow.Of(vectors ? $"eigenpairs {n}" : $"eigenvalues {n}", (random + Transpose(random)).ToArray(), n, vectors, threads);
    }

    private static Row Order(string what, Func<Tensor, Tensor> function, int n)
    {
        var call = Call.Of(function, Key.Of(5).Normal([n]));
        return new(what, call.Run, () => call.Verify(what));
    }

    private static Row Elementwise(string name, Func<Tensor, Tensor> function)
    {
        var call = Call.Of(function, Key.Of(4).Uniform([Elements], -2, 2));
        return new($"{name} of {Elements}", call.Run, () => call.Verify(name)) { Bytes = 2.0 * Elements * sizeof(double) };
    }
}
