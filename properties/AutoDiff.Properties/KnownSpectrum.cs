using AutoDiff.Curvature;
using FsCheck;
using FsCheck.Fluent;

namespace AutoDiff.Properties;

/// <summary>A generated symmetric matrix whose eigenvalues are known, and what is asked for of them.</summary>
/// <param name="Kind">A row of <see cref="Spectra"/>.</param>
/// <param name="Size">n.</param>
/// <param name="Count">How many pairs.</param>
/// <param name="Block">The block size.</param>
/// <param name="Exponent">The power of two that the matrix is multiplied by.</param>
/// <param name="Tolerance">The residual asked for.</param>
/// <param name="Seed">Of what is random.</param>
public sealed record KnownSpectrum(string Kind, int Size, int Count, int Block, int Exponent, double Tolerance, int Seed)
{
    private static readonly (string Name, Func<int, int, Random, double> Value)[] Spectra =
    [
        ("identity", (_, _, _) => 1),
        ("zero", (_, _, _) => 0),
        ("repeated", (i, _, _) => i % 3),
        (
            "multiple at the ends",
            (i, n, _) =>
                i < n / 3 ? -2
                : i < n / 2 ? 3
                : (double)i / n
        ),
        ("clustered", (i, _, _) => (i % 4) + (1e-12 * (i / 4))),
        ("graded", (i, n, _) => Math.Pow(10, -12 + (24.0 * i / Math.Max(n - 1, 1))) * (i % 2 == 0 ? 1 : -1)),
        ("random", (_, _, random) => (2 * random.NextDouble()) - 1),
        ("low rank", (i, _, random) => i < 4 ? 1 + random.NextDouble() : 0),
        ("outliers", (i, _, random) => i < 5 ? 10 * (i + random.NextDouble()) : 1e-3 * random.NextDouble()),
    ];

    public static Arbitrary<KnownSpectrum> All =>
        Arb.From(
            from kind in Gen.Elements(Spectra.Select(kind => kind.Name).ToArray())
            from size in Gen.Frequency((1, Gen.Choose(1, 4)), (4, Gen.Choose(5, 60)))
            from count in Gen.Frequency((6, Gen.Choose(1, Math.Min(size, 12))), (1, Gen.Choose(1, size)), (1, Gen.Constant(size)))
            from block in Gen.Choose(1, 4)
            from exponent in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Elements(-500, 500)))
            from tolerance in Gen.Elements(1e-4, 1e-8, 1e-12)
            from seed in Gen.Choose(1, 1_000_000)
            select new KnownSpectrum(kind, size, count, block, exponent, tolerance, seed)
        );

    /// <summary>The eigenvalues, ascending, and the matrix with its rounding: the elements' units in the last place.</summary>
    public (double[] Values, double[] Matrix, double Error) Make(int turn = 0)
    {
        var random = new Random(Seed);
        var value = Spectra.Single(kind => kind.Name == Kind).Value;
        var values = Enumerable.Range(0, Size).Select(i => Math.ScaleB(value(i, Size, random), Exponent)).ToArray();
        var turns = new Random(Seed + turn);
        var a = new DoubleDouble[Size * Size];
        for (var i = 0; i < Size; i++)
            a[i * (Size + 1)] = new(values[i], 0);
        for (var reflection = 0; reflection < 2; reflection++)
            Reflect(a, [.. Enumerable.Range(0, Size).Select(_ => (double)turns.Next(-500, 501))]);
        var matrix = Array.ConvertAll(a, x => x.High);
        Array.Sort(values);
        return (values, matrix, Roundoff.Unit * VectorLoops.Norm(matrix));
    }

    public EigenOptions Options() =>
        new()
        {
            BlockSize = Block,
            Tolerance = Tolerance,
            Key = Key.Of((ulong)Seed),
            Threads = 1,
        };

    /// <summary>A ← HAH, H = I − 2vvᵀ/vᵀv: A − vuᵀ − uvᵀ.</summary>
    private void Reflect(DoubleDouble[] a, double[] v)
    {
        var square = v.Sum(x => x * x);
        if (square == 0)
            return;
        var factor = new DoubleDouble(2, 0) / square;
        var u = new DoubleDouble[Size];
        var product = new DoubleDouble(0, 0);
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j < Size; j++)
                u[i] += a[(i * Size) + j] * v[j];
            product += u[i] * v[i];
        }
        var half = factor * factor * product * 0.5;
        for (var i = 0; i < Size; i++)
            u[i] = (u[i] * factor) - (half * v[i]);
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j <= i; j++)
                a[(i * Size) + j] = a[(j * Size) + i] = a[(i * Size) + j] - (u[j] * v[i]) - (u[i] * v[j]);
        }
    }
}
