using System.Numerics;
using System.Runtime.InteropServices;
using AutoDiff.Curvature;
using AutoDiff.Laws;
using AutoDiff.Optimization;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

/// <summary>Digests of the bits of a wide set of results, by name.</summary>
internal static class Digests
{
    private static readonly int[] Lengths = [1, 2, 3, 5, 7, 8, 9, 15, 17, 31, 33, 63, 65, 100, 129, 500, 1025, 5003];

    /// <summary>Results of every kind.</summary>
    public static IEnumerable<(string Name, ulong Digest)> All() =>
        [.. WithoutProducts(), .. Products<double>(), .. Products<float>(), .. Graphs(), .. Spectra(), Trained()];

    /// <summary>Elementwise functions, and reductions that only add or compare.</summary>
    public static IEnumerable<(string Name, ulong Digest)> WithoutProducts() =>
        [.. Functions<double>(), .. Functions<float>(), .. Reductions<double>(), .. Reductions<float>()];

    private static IEnumerable<(string, ulong)> Functions<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] special =
        [
            double.NaN,
            double.PositiveInfinity,
            double.NegativeInfinity,
            0,
            -0.0,
            1e-310,
            -1e-310,
            1e-40,
            1,
            -1,
            800,
            -800,
        ];
        double[] wide = [.. special, .. Numbers(150, 1, 1e-3), .. Numbers(300, 2, 1), .. Numbers(300, 3, 40), .. Numbers(40, 4, 1e4)];
        foreach (var function in Enum.GetValues<Unary>())
            yield return ($"{function} {typeof(T).Name}", Result<T>(x => Apply.Of(new Op.Map(function), x[0]), wide));
        foreach (var function in Enum.GetValues<Binary>())
            yield return (
                $"{function} {typeof(T).Name}",
                Result<T>(x => Apply.Of(new Op.Zip(function), x[0], x[1]), wide, [.. wide.Reverse()])
            );
    }

    private static IEnumerable<(string, ulong)> Reductions<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var length in Lengths)
        {
            foreach (var kind in Enum.GetValues<Reduction>())
            {
                var x = Numbers(length, length, 3);
                yield return ($"{kind} of {length} {typeof(T).Name}", Result<T>(t => Apply.Of(new Op.Reduce(kind, [0]), t[0]), x));
                x = Numbers(length * 21, length, 3);
                yield return (
                    $"{kind} of {length} rows {typeof(T).Name}",
                    Result<T>(t => Apply.Of(new Op.Reduce(kind, [0]), Reshape(t[0], length, 21)), x)
                );
            }
        }
    }

    private static IEnumerable<(string, ulong)> Products<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var inner in Lengths)
        {
            foreach (
                var (rows, columns) in ((int, int)[])
                    [(1, 1), (1, 2), (1, 9), (1, 67), (2, 1), (3, 1), (7, 1), (67, 1), (5, 3), (13, 19), (40, 33)]
            )
            {
                var (x, y) = (Numbers(rows * inner, 5, 1), Numbers(inner * columns, 6, 1));
                foreach (var layout in Enumerable.Range(0, 4))
                    yield return (
                        $"{rows}×{inner}×{columns}, layout {layout}, {typeof(T).Name}",
                        Result<T>(
                            t =>
                                MatMul(
                                    (layout & 1) == 0 ? Reshape(t[0], rows, inner) : Transpose(Reshape(t[0], inner, rows)),
                                    (layout & 2) == 0 ? Reshape(t[1], inner, columns) : Transpose(Reshape(t[1], columns, inner))
                                ),
                            x,
                            y
                        )
                    );
            }
        }
    }

    /// <summary>Every row of the laws and random programs: value, gradient and Hessian-vector product.</summary>
    private static IEnumerable<(string, ulong)> Graphs()
    {
        var rows = Cases.All.Select(row => FsCheck.Fluent.Gen.Sample(row.Trials.Generator, 10, new FsCheck.Rnd(7, 11), 2));
        var programs = FsCheck
            .Fluent.Gen.Sample(RandomGraphs.Of(smooth: false).Generator, 10, new FsCheck.Rnd(5, 13), 100)
            .Select(graph => graph.Trial);
        return [.. rows.SelectMany(trials => trials).Concat(programs).Select((trial, i) => ($"{i}: {trial}", Digest(trial)))];
    }

    private static ulong Digest(Trial trial)
    {
        var (x, v) = (trial.Point, trial.Tangent(0));
        return Of([
            .. trial.Function(x).ToArray(),
            .. Transforms.Grad<Tensor>(trial.Scalar, x).ToArray(),
            .. Transforms.Hvp<Tensor>(trial.Scalar, x, v).ToArray(),
        ]);
    }

    private static IEnumerable<(string, ulong)> Spectra()
    {
        foreach (var size in (int[])[3, 17, 50, 131])
        {
            var half = Tensor.Of(Numbers(size * size, size, 1), [size, size]);
            var matrix = (half + Transpose(half)).ToArray();
            var eigen = SymmetricEigen.Decompose(matrix, size);
            yield return (
                $"eigenpairs of order {size}",
                Of([
                    .. eigen.Eigenvalues,
                    .. eigen.Indices.SelectMany(index => eigen.Pair(index).Vector),
                    .. eigen.Indices.Select(index => eigen.Pair(index).ErrorBound),
                ])
            );
            yield return ($"eigenvalues of order {size}", Of([.. SymmetricEigen.Decompose(matrix, size, vectors: false).Eigenvalues]));
        }
    }

    /// <summary>Forty steps of a net whose sums are longer than a block.</summary>
    private static (string, ulong) Trained()
    {
        var (inputs, targets) = (Tensor.Of(Numbers(300 * 7, 8, 1), [300, 7]), Tensor.Of(Numbers(300 * 2, 9, 1), [300, 2]));
        Tensor Loss(Tensor w)
        {
            var hidden = Tanh(MatMul(inputs, Reshape(Slice(w, 0, 0, 63), 7, 9)) + Slice(w, 0, 63, 72));
            return Mean(Square(MatMul(hidden, Reshape(Slice(w, 0, 72, 90), 9, 2)) + Slice(w, 0, 90, 92) - targets));
        }

        var adam = Optimizers.Adam<Tensor>(Schedules.Cosine(0.05, steps: 40));
        var state = Training.Init(adam, Tensor.Of(Numbers(92, 10, 0.5)));
        for (var step = 0; step < 40; step++)
            state = Transforms.Evaluate(Training.Step(adam, state, Loss));
        return ("forty steps of Adam", Of([state.Loss.Item(), .. state.Parameters.ToArray()]));
    }

    private static ulong Result<T>(Func<Tensor[], Tensor> function, params double[][] operands)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Input[] inputs = [.. operands.Select((values, i) => new Input([values.Length], $"x{i}"))];
        var graph = Graph.Of(inputs, [function(inputs)]);
        var result = new T[graph.Nodes[graph.Outputs[0]].Shape.Size];
        Plan<T>.Of(graph).Run([.. operands.Select(values => Array.ConvertAll(values, T.CreateTruncating))], [result]);
        return Of(result);
    }

    /// <summary>Pseudorandom numbers in ±<paramref name="range"/>.</summary>
    private static double[] Numbers(int count, int seed, double range) => Key.Of((ulong)seed).Uniform([count], -range, range).ToArray();

    /// <summary>FNV-1a over the elements' bits; every NaN counts as one.</summary>
    private static ulong Of<T>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var hash = 14695981039346656037;
        foreach (var value in values)
        {
            var one = T.IsNaN(value) ? T.NaN : value;
            foreach (var part in MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in one)))
                hash = unchecked((hash ^ part) * 1099511628211);
        }
        return hash;
    }
}
