using AutoDiff.Curvature;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Curvature;

public class KrylovBasisTests
{
    /// <summary>More than two of the parts that threads share, and no multiple of a stretch.</summary>
    private const int Long = 40_001;

    [Theory]
    [InlineData(30)]
    [InlineData(3000)]
    public void What_is_nearly_in_the_span_is_orthogonal_to_it_as_well(int n)
    {
        var basis = Random(n, count: 6);
        var w = Inside(basis, seed: 30);
        VectorLoops.AddScaled(1e-9, Noise(n, 40), w);
        var before = (double[])w.Clone();
        var coefficients = new double[6];
        coefficients[2] = 5;
        var norm = basis.Orthogonalize(w, coefficients);
        coefficients[2] -= 5;
        Near(0, norm - Frobenius(w), 1e-15 * norm);
        Holds(basis, before, w, coefficients);
    }

    [Fact]
    public void A_block_is_orthogonal_in_every_row_with_the_same_bits_on_any_number_of_threads()
    {
        const int rows = 3;
        var basis = Random(Long, count: 5);
        double[] w = [.. Enumerable.Range(0, rows).SelectMany(row => Inside(basis, seed: 50 + row))];
        VectorLoops.AddScaled(1e-9, Noise(rows * Long, 60), w);
        var (one, four) = ((double[])w.Clone(), (double[])w.Clone());
        var (c, d) = (new double[rows * 5], new double[rows * 5]);
        basis.OrthogonalizeBlock(one, rows, c, new() { Threads = 1 });
        basis.OrthogonalizeBlock(four, rows, d, new() { Threads = 4 });
        Assert.Equal(one, four);
        Assert.Equal(c, d);
        for (var row = 0; row < rows; row++)
            Holds(basis, w[(row * Long)..((row + 1) * Long)], one[(row * Long)..((row + 1) * Long)], c[(row * 5)..((row + 1) * 5)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1025)]
    [InlineData(3000)]
    public void Combinations_take_the_place_of_the_first_and_what_follows_stays(int n)
    {
        // Small integers, whose sums are exact.
        var basis = new KrylovBasis(n, 6);
        double[][] vectors =
        [
            .. Enumerable.Range(1, 6).Select(i => Enumerable.Range(0, n).Select(p => (double)((p + i) * i % 7)).ToArray()),
        ];
        foreach (var vector in vectors)
            basis.Add(vector, 1);
        double[] coefficients = [1, -2, 0, 3, 0, 1, 4, -1];
        basis.Recombine(coefficients, kept: 2, of: 4, new() { Threads = 3 });
        Assert.Equal(4, basis.Count);
        double[][] expected =
        [
            .. Enumerable
                .Range(0, 2)
                .Select(k =>
                    Enumerable.Range(0, n).Select(p => Enumerable.Range(0, 4).Sum(i => coefficients[(4 * k) + i] * vectors[i][p])).ToArray()
                ),
            vectors[4],
            vectors[5],
        ];
        // The rooms of those dropped are used again, and no other's.
        for (var i = 0; i < 3; i++)
            basis.Add([.. Enumerable.Repeat(100.0 + i, n)], 1);
        for (var i = 0; i < 4; i++)
            Assert.Equal(expected[i], basis[i].ToArray());
        for (var i = 0; i < 3; i++)
            Assert.Equal(100.0 + i, basis[4 + i][n - 1]);
        basis.Truncate(3);
        basis.Add(vectors[0], 0.5);
        basis.Add(vectors[1], 1);
        Assert.Equal(expected[2], basis[2].ToArray());
        Assert.Equal([.. vectors[0].Select(x => 2 * x)], basis[3].ToArray());
        Assert.Equal(vectors[1], basis[4].ToArray());
    }

    /// <summary>w = Σ cᵢ·vᵢ + rest with a rest that is orthogonal to the vectors, measured in its own length.</summary>
    private static void Holds(KrylovBasis basis, double[] w, double[] rest, double[] coefficients)
    {
        var norm = Frobenius(rest);
        Assert.InRange(norm / Math.Sqrt(rest.Length), 1e-11, 1e-8);
        var sum = new double[rest.Length];
        basis.Combine(coefficients, sum);
        VectorLoops.AddScaled(1, rest, sum);
        VectorLoops.AddScaled(-1, w, sum);
        Assert.InRange(Frobenius(sum) / Frobenius(w), 0, 1e-14);
        for (var i = 0; i < basis.Count; i++)
            Near(0, Dot(basis[i], rest), 1e-14 * norm);
    }

    private static KrylovBasis Random(int n, int count)
    {
        var basis = new KrylovBasis(n, count);
        for (var i = 0; i < count; i++)
        {
            var x = Noise(n, i);
            var norm = basis.Orthogonalize(x, new double[basis.Count]);
            basis.Add(x, norm);
        }
        return basis;
    }

    private static double[] Inside(KrylovBasis basis, int seed)
    {
        var w = new double[basis.Size];
        basis.Combine(Noise(basis.Count, seed), w);
        return w;
    }

    private static double[] Noise(int n, int seed) => Key.Of((ulong)seed).Normal([n]).ToArray();

    private static void Near(double expected, double actual, double allowed) => Assert.InRange(Math.Abs(actual - expected), 0, allowed);
}
