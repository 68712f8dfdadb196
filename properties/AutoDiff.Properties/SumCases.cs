using System.Collections.Immutable;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

/// <summary>One way to sum: a function of x, and of a second operand y where there is one, whose results are sums of terms xᵢ or xᵢ·yⱼ.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Shapes">The shapes of x and y; x has about so many elements as asked for.</param>
/// <param name="Function">The function.</param>
/// <param name="Target">Which result element i of x is added to, given the shape of x; negative for none.</param>
/// <param name="Partner">Which element of y it is multiplied by; null where y gives positions or does not exist.</param>
internal sealed record SumCase(
    string Name,
    Func<int, int[][]> Shapes,
    Func<Tensor[], Tensor> Function,
    Func<int, int[], int> Target,
    Func<int, int[], int>? Partner = null
);

/// <summary>Every way to sum.</summary>
internal static class SumCases
{
    /// <summary>How many results a scattering case has.</summary>
    public const int Bins = 3;

    public static ImmutableArray<SumCase> All { get; } =
    [
        new(
            "Sum",
            n =>
                [
                    [n],
                ],
            x => Sum(x[0]),
            (_, _) => 0
        ),
        new(
            "Sum of a last axis",
            n =>
                [
                    [3, Share(n, 3)],
                ],
            x => Sum(x[0], -1),
            (i, x) => i / x[1]
        ),
        new(
            "Sum of a leading axis",
            n =>
                [
                    [Share(n, 3), 3],
                ],
            x => Sum(x[0], 0),
            (i, _) => i % 3
        ),
        new(
            "Sum of a leading axis of long rows",
            n =>
                [
                    [Share(n, 70), 70],
                ],
            x => Sum(x[0], 0),
            (i, _) => i % 70
        ),
        new(
            "Sum of outer axes",
            n =>
                [
                    [Share(n, 15), 3, 5],
                ],
            x => Sum(x[0], 0, 2),
            (i, _) => i / 5 % 3
        ),
        new(
            "Sum of two leading axes apart",
            n =>
                [
                    [Share(n, 42), 3, 2, 7],
                ],
            x => Sum(x[0], 0, 2),
            (i, _) => (i / 14 % 3 * 7) + (i % 7)
        ),
        new(
            "Sum of a strided view",
            n =>
                [
                    [n],
                ],
            x => Sum(Slice(x[0], 0, null, null, 2)),
            (i, _) => i % 2 == 0 ? 0 : -1
        ),
        new(
            "Transpose of a broadcast",
            n =>
                [
                    [Share(n, 5), 5],
                ],
            x => Spread(x[0]),
            (i, _) => i % 5
        ),
        new(
            "Dot",
            n =>
                [
                    [n],
                    [n],
                ],
            x => Dot(x[0], x[1]),
            (_, _) => 0,
            (i, _) => i
        ),
        new(
            "Row by matrix",
            n =>
                [
                    [Share(n, 3), 3],
                    [Share(n, 3)],
                ],
            x => MatMul(x[1], x[0]),
            (i, _) => i % 3,
            (i, _) => i / 3
        ),
        new(
            "Row by wide matrix",
            n =>
                [
                    [Share(n, 70), 70],
                    [Share(n, 70)],
                ],
            x => MatMul(x[1], x[0]),
            (i, _) => i % 70,
            (i, _) => i / 70
        ),
        new(
            "Matrix by column",
            n =>
                [
                    [7, Share(n, 7)],
                    [Share(n, 7)],
                ],
            x => MatMul(x[0], x[1]),
            (i, x) => i / x[1],
            (i, x) => i % x[1]
        ),
        new(
            "Matrix by matrix",
            n =>
                [
                    [5, Share(n, 5)],
                    [Share(n, 5), 4],
                ],
            x => MatMul(x[0], x[1]),
            (i, x) => i / x[1] * 4,
            (i, x) => i % x[1] * 4
        ),
        new(
            "Gradient of weights",
            n =>
                [
                    [Share(n, 40), 40],
                    [Share(n, 40), 9],
                ],
            x => MatMul(Transpose(x[0]), x[1]),
            (i, _) => i % 40 * 9,
            (i, _) => i / 40 * 9
        ),
        new(
            "Product added to a value",
            n =>
                [
                    [2, 3, Share(n, 6)],
                    [Share(n, 6), 4],
                ],
            x => MatMul(x[0], x[1]) + Tensor.Zeros([4]),
            (i, x) => i / x[2] * 4,
            (i, x) => i % x[2] * 4
        ),
        new(
            "ScatterAdd",
            n =>
                [
                    [n],
                    [n],
                ],
            x => ScatterAdd(x[0], x[1], Bins),
            (i, _) => i % Bins
        ),
        new(
            "ScatterAdd of rows",
            n =>
                [
                    [Share(n, 6), 6],
                    [Share(n, 6)],
                ],
            x => ScatterAdd(x[0], x[1], Bins),
            (i, _) => (i / 6 % Bins * 6) + (i % 6)
        ),
        new(
            "OverlapAdd",
            n =>
                [
                    [Root(n), Root(n)],
                ],
            x => OverlapAdd(x[0], 0, (2 * x[0].Shape[0]) - 1),
            (i, x) => (i / x[1]) + (i % x[1])
        ),
        new(
            "OverlapAdd of rows",
            n =>
                [
                    [Root(n), 2, Root(n)],
                ],
            x => OverlapAdd(x[0], 0, (2 * x[0].Shape[0]) - 1),
            (i, x) => (((i / x[2] / 2) + (i % x[2])) * 2) + (i / x[2] % 2)
        ),
        new(
            "TreeMath.Dot",
            n =>
                [
                    [n],
                    [n],
                ],
            x => TreeMath.Dot(x[0], x[1]),
            (_, _) => 0,
            (i, _) => i
        ),
    ];

    /// <summary>The cotangent of a row that is added to every row, weighed by x.</summary>
    private static Tensor Spread(Tensor x) => Transforms.Grad<Tensor>(row => Sum(x * row), Tensor.Zeros([x.Shape[1]]));

    private static int Share(int n, int parts) => Math.Max(1, n / parts);

    private static int Root(int n) => Math.Max(1, (int)Math.Sqrt(n));
}
