using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Numerics;

/// <summary>Matrices of any shape, row by row, and plain sums to check decompositions by.</summary>
internal static class Rectangles
{
    /// <summary>Matrices that decompositions find hard, and easy ones of every shape.</summary>
    public static IReadOnlyDictionary<string, (int Rows, int Columns, double[] Elements)> All { get; } =
        new Dictionary<string, (int, int, double[])>(StringComparer.Ordinal)
        {
            ["1×1"] = (1, 1, [-3]),
            ["1×7"] = Drawn(1, 7),
            ["7×1"] = Drawn(7, 1),
            ["3×2"] = Drawn(3, 2),
            ["2×3"] = Drawn(2, 3),
            ["17×17"] = Drawn(17, 17),
            ["70×33"] = Drawn(70, 33),
            ["33×70"] = Drawn(33, 70),
            ["90×90"] = Drawn(90, 90),
            ["40×100"] = Drawn(40, 100),
            ["no rows"] = (0, 3, []),
            ["no columns"] = (3, 0, []),
            ["zero"] = (12, 9, new double[108]),
            ["identity"] = (40, 40, Of(40, 40, (i, j) => i == j ? 1 : 0)),
            ["ones"] = (30, 20, Of(30, 20, (_, _) => 1)),
            ["a zero column first"] = (5, 4, Of(5, 4, (i, j) => j == 0 ? 0 : (i * j) + 1)),
            ["clustered"] = (
                30,
                30,
                Of(
                    30,
                    30,
                    (i, j) =>
                        i == j ? 1
                        : j == i + 1 ? 1e-9
                        : 0
                )
            ),
            ["Hilbert"] = (20, 20, Of(20, 20, (i, j) => 1.0 / (i + j + 1))),
            ["Kahan"] = (
                50,
                50,
                Of(
                    50,
                    50,
                    (i, j) =>
                        i == j ? 1
                        : j > i ? -1
                        : 0
                )
            ),
            ["rank 3"] = (24, 18, Of(24, 18, (i, j) => Math.Sin(i + 1) + (Math.Cos(i) * j) + ((i % 5) * (j % 7)))),
            ["graded"] = (25, 25, Of(25, 25, (i, j) => (1 + ((i * 7) + (j * 3)) % 11) * Math.Pow(10, -i - (0.5 * j)))),
            ["graded upwards"] = (25, 25, Of(25, 25, (i, j) => (1 + ((i * 7) + (j * 3)) % 11) * Math.Pow(10, 3 * (i - 24)))),
            ["huge"] = (6, 4, Drawn(6, 4).Elements.Select(x => x * 1e300).ToArray()),
            ["tiny"] = (6, 4, Drawn(6, 4).Elements.Select(x => x * 1e-300).ToArray()),
        };

    public static TheoryData<string> Names => [.. All.Keys];

    public static (int Rows, int Columns, double[] Elements) Drawn(int rows, int columns)
    {
        var random = new Random((rows * 100) + columns);
        return (rows, columns, Of(rows, columns, (_, _) => (2 * random.NextDouble()) - 1));
    }

    public static double[] Of(int rows, int columns, Func<int, int, double> element) =>
        [.. Enumerable.Range(0, rows * columns).Select(at => element(at / columns, at % columns))];

    public static double[] Turned(double[] x, int rows, int columns) => Of(columns, rows, (i, j) => x[(j * columns) + i]);

    public static double[] Times(double[] x, double[] y, int rows, int inner, int columns)
    {
        var turned = Turned(y, inner, columns);
        return Of(rows, columns, (i, j) => Dot(x.AsSpan(i * inner, inner), turned.AsSpan(j * inner, inner)));
    }

    /// <summary>‖x − y‖_F is at most a multiple of ε·‖y‖_F, and of the smallest number for each element.</summary>
    public static void Near(string what, double[] x, double[] y, double roundings)
    {
        Assert.Equal(y.Length, x.Length);
        var (off, size) = (Frobenius([.. x.Zip(y, (s, t) => s - t)]), Frobenius(y));
        Assert.True(
            off <= (roundings * Epsilon * size) + (x.Length * double.Epsilon),
            $"{what}: off by {off / (Epsilon * size):G3} roundings; allowed are {roundings}"
        );
    }

    /// <summary>XᵀX = I for X [rows, columns].</summary>
    public static void Orthonormal(string what, double[] x, int rows, int columns) =>
        Near(
            what,
            Times(Turned(x, rows, columns), x, columns, rows, columns),
            Of(columns, columns, (i, j) => i == j ? 1 : 0),
            2 * Math.Max(4, rows)
        );
}
