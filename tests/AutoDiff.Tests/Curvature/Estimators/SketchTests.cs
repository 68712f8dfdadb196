using AutoDiff.Curvature;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Curvature;

/// <summary>Estimators that share a sketch: against their definitions, one column left out after another, and broken off.</summary>
public class SketchTests
{
    private const int N = 60;

    private static readonly double[] Symmetric = WithEigenvalues([.. Enumerable.Range(1, N).Select(i => (i % 3) - (10.0 / i))], seed: 2);

    private static readonly double[] Other = [.. Enumerable.Range(0, N * N).Select(i => Math.Sin(0.7 * i) + (0.1 * Math.Cos(i / 7)))];

    public static TheoryData<bool, int, double> Cases =>
        new()
        {
            { true, 1, 1 },
            { true, 2, 1 },
            { true, 5, 1e-150 },
            { true, 20, 1e150 },
            { true, 29, 1 },
            { false, 2, 1 },
            { false, 5, 1e150 },
            { false, 20, 1 },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void XTrace_is_the_mean_of_its_definition(bool isSymmetric, int samples, double scale)
    {
        var a = new Kept(isSymmetric ? Symmetric : Other, scale, isSymmetric);
        var estimate = XTrace.Trace(a, Key.Of(1), new() { MaxProducts = 2 * samples });
        var expected = Enumerable
            .Range(0, samples)
            .Average(i =>
            {
                var basis = Basis(a, samples, i);
                var (rest, own) = (a.Seen[i], 0.0);
                foreach (var q in basis)
                {
                    own += Dot(q, Times(a.Matrix, q));
                    rest = Less(rest, q);
                }
                return own + ((N - basis.Count) / Dot(rest, rest) * Dot(rest, Times(a.Matrix, rest)));
            });
        Assert.Equal(expected / scale, estimate.Value / scale, 1e-10);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void XDiag_is_the_mean_of_its_definition(bool isSymmetric, int samples, double scale)
    {
        var a = new Kept(isSymmetric ? Symmetric : Other, scale, isSymmetric);
        var estimate = XDiag.Diagonal(a, Key.Of(1), new() { MaxProducts = 2 * samples });
        Assert.Equal((samples, isSymmetric ? 0 : samples), (estimate.Iterations, a.TransposedProducts));
        var values = new double[samples][];
        for (var i = 0; i < samples; i++)
        {
            var rest = Times(a.Matrix, a.Seen[i]);
            var own = new double[N];
            foreach (var q in Basis(a, samples, i))
            {
                var image = Times(a.Turned, q);
                for (var e = 0; e < N; e++)
                    own[e] += q[e] * image[e];
                rest = Less(rest, q);
            }
            values[i] = [.. own.Select((x, e) => (x + (a.Seen[i][e] * rest[e])) / scale)];
        }
        for (var e = 0; e < N; e++)
        {
            var mean = values.Average(x => x[e]);
            Assert.Equal(mean, estimate.Value[e] / scale, 1e-10);
            var error = Math.Sqrt(2 * values.Sum(x => (x[e] - mean) * (x[e] - mean)) / (samples * (samples - 1.0)));
            Assert.Equal(error, estimate.StandardErrors[e] / scale, 1e-10);
        }
    }

    [Fact]
    public void XDiag_of_low_rank_is_exact_without_symmetry_and_needs_the_transpose()
    {
        double[] low = [.. Enumerable.Range(0, N * N).Select(i => (Math.Sin(i / N) * Math.Cos(2.0 * (i % N))) + (i / N * 0.01 * (i % N)))];
        var estimate = XDiag.Diagonal(new Kept(low, 1, isSymmetric: false), Key.Of(1), new() { MaxProducts = 10 });
        for (var e = 0; e < N; e++)
            Assert.Equal(low[e * (N + 1)], estimate.Value[e], 1e-11 * Frobenius(low));
        Assert.Throws<InvalidOperationException>(() =>
            XDiag.Diagonal(new Watched(low, N, N, isSymmetric: false), Key.Of(1), new() { MaxProducts = 10 })
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Nearly_dependent_columns_leave_the_basis_orthonormal(int threads)
    {
        const int n = 5000;
        var sketch = new Sketch(n);
        var random = Key.Of(3).Normal([100, n]).ToArray();
        var y = (double[])random.Clone();
        // Each vector is the one before it but for parts that fall to 1e-15, and every tenth is zero.
        for (var i = 1; i < 100; i++)
        {
            for (var e = 0; e < n; e++)
                y[(i * n) + e] = i % 10 == 0 ? 0 : y[((i - 1) * n) + e] + (Math.Pow(10, -(i % 16)) * random[(i * n) + e]);
        }
        var (given, ranks) = ((double[])y.Clone(), new List<int>());
        foreach (var (start, count) in new[] { (0, 16), (16, 1), (17, 63), (80, 20) })
        {
            var added = sketch.Extend(y[(start * n)..((start + count) * n)], count, new() { Threads = threads });
            sketch.AddImages(added);
            ranks.Add(sketch.Rank);
        }
        Assert.InRange(sketch.Rank, 60, 90);
        var gram = sketch.Compressed(new() { Threads = threads });
        for (var i = 0; i < gram.Length; i++)
            Assert.Equal(i % (sketch.Rank + 1) == 0 ? 1 : 0, gram[i], 1e-13);
        var combined = new double[n];
        for (var column = 0; column < 100; column++)
        {
            sketch.Basis.Combine([.. Enumerable.Range(0, sketch.Rank).Select(j => sketch.R(j, column))], combined);
            for (var e = 0; e < n; e += 7)
                Assert.Equal(given[(column * n) + e], combined[e], 1e-10);
        }
        sketch.Truncate(17);
        Assert.Equal((17, ranks[1]), (sketch.Count, sketch.Rank));
    }

    private static readonly Dictionary<string, Func<LinearOperator, EstimatorOptions, (double Value, double Error, int Samples)>> Methods =
        new()
        {
            ["XTrace"] = (a, options) => Of(XTrace.Trace(a, Key.Of(1), options)),
            ["HutchPlusPlus"] = (a, options) => Of(HutchPlusPlus.Trace(a, Key.Of(1), options)),
            ["XDiag"] = (a, options) => Of(XDiag.Diagonal(a, Key.Of(1), options).Element(7)),
        };

    public static TheoryData<string> Names => [.. Methods.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_drawn_before_a_failure_or_a_cancellation_is_kept(string name)
    {
        const int n = 400;
        double[] values = [.. Enumerable.Range(1, n).Select(i => 1.0 / i)];
        var cost = name[0] == 'X' ? 2 : 3;
        // 64 samples a block: the second one is broken off within its products, wherever that is.
        var expected = Methods[name](DiagonalOperator.Of(values), new() { MaxProducts = 64 * cost });
        foreach (var last in new[] { 1, 40, 65, 100, (64 * cost) - 1 })
        {
            var failing = new Watched(Diagonal(values), n, n, isSymmetric: true, (64 * cost) + last);
            Assert.Equal(expected, Methods[name](failing, new() { MaxProducts = n - 1, Threads = 1 }));
            using var source = new CancellationTokenSource();
            var count = 0;
            var cancelling = LinearOperator.Of(
                n,
                (x, y) =>
                {
                    for (var i = 0; i < n; i++)
                        y[i] = values[i] * x[i];
                    if (Interlocked.Increment(ref count) == (64 * cost) + last)
                        source.Cancel();
                }
            );
            var options = new EstimatorOptions
            {
                MaxProducts = n - 1,
                Threads = 1,
                Cancellation = source.Token,
            };
            var found = Assert.ThrowsAny<OperationCanceledException>(() => Methods[name](cancelling, options)) switch
            {
                IterationCanceledException<Estimate> e => Of(e.Solution),
                IterationCanceledException<DiagonalEstimate> e => Of(e.Solution.Element(7)),
                _ => default,
            };
            Assert.Equal(expected, found);
        }
    }

    private static (double Value, double Error, int Samples) Of(Estimate estimate) =>
        (estimate.Value, estimate.StandardError, estimate.Samples);

    /// <summary>An orthonormal basis of the products with all first vectors but one, by modified Gram–Schmidt, three times.</summary>
    private static List<double[]> Basis(Kept a, int samples, int without)
    {
        var basis = new List<double[]>();
        for (var i = 0; i < samples; i++)
        {
            if (i == without)
                continue;
            var y = Times(a.Matrix, a.Seen[i]);
            y = [.. y.Select(x => x / a.Factor)];
            for (var pass = 0; pass < 3; pass++)
                y = basis.Aggregate(y, Less);
            var norm = Math.Sqrt(Dot(y, y));
            basis.Add([.. y.Select(x => x / norm)]);
        }
        return basis;
    }

    private static double[] Less(double[] x, double[] q)
    {
        var along = Dot(q, x);
        return [.. x.Select((value, e) => value - (along * q[e]))];
    }

    /// <summary>A matrix that keeps the vectors which it is multiplied by.</summary>
    private sealed class Kept(double[] values, double scale, bool isSymmetric) : LinearOperator(N, N, isSymmetric)
    {
        public double Factor => scale;

        public double[] Matrix { get; } = [.. values.Select(x => x * scale)];

        public double[] Turned { get; } = [.. Enumerable.Range(0, N * N).Select(i => values[(i % N * N) + (i / N)] * scale)];

        public List<double[]> Seen { get; } = [];

        public int TransposedProducts { get; private set; }

        protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options)
        {
            for (var row = 0; row < count; row++)
                Product(x.Span.Slice(row * N, N), y.Span.Slice(row * N, N));
        }

        protected override void Product(ReadOnlySpan<double> x, Span<double> y)
        {
            Seen.Add(x.ToArray());
            Numerics.Matrices.Times(Matrix, x.ToArray()).CopyTo(y);
        }

        protected override void TransposedProduct(ReadOnlySpan<double> x, Span<double> y)
        {
            TransposedProducts++;
            Numerics.Matrices.Times(Turned, x.ToArray()).CopyTo(y);
        }

        protected override void TransposedProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options)
        {
            for (var row = 0; row < count; row++)
                TransposedProduct(x.Span.Slice(row * N, N), y.Span.Slice(row * N, N));
        }
    }
}
