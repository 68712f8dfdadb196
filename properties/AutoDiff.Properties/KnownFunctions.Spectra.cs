using static AutoDiff.Ops;

namespace AutoDiff.Properties;

internal static partial class KnownFunctions
{
    private static Tensor Tall => Tensor.Of([1.875, 0.5, 1.25, 1.9375, 1, 1.5], 3, 2);
    private static Tensor Square => Tensor.Of([1.875, 0.5, 1.25, 1.9375], 2, 2);
    private static Tensor Symmetric => Tensor.Of([1.75, 0.875, 0.875, -1.5], 2, 2);
    private static Tensor Positive => Tensor.Of([0.25, 0.5, 0.375, 0.125], 2, 2);
    private static Tensor Low => Tensor.Of([1, 2, 3, 2, 4, 6, -1, -2, -3, 0.5, 1, 1.5], 4, 3);

    // By tests/AutoDiff.Tests/Reference/spectra.py.
    private static IEnumerable<KnownFunction> Spectra() =>
        [
            new(
                nameof(QR),
                x => QR(x[0]).Q,
                [Tall],
                Tensor.Of(
                    [
                        0.7605301898450908,
                        -0.6490936255160099,
                        0.5070201265633938,
                        0.6095300224168514,
                        0.40561610125071507,
                        0.45513801982145435,
                    ],
                    3,
                    2
                )
            ),
            new(nameof(QR), x => QR(x[0]).R, [Square], Tensor.Of([2.2534695471649933, 1.4907567773553032, 0, 1.3347473471669575], 2, 2)),
            new(nameof(Eigh), x => Eigh(x[0]).Values, [Symmetric], Tensor.Of([-1.720602882529175, 1.970602882529175], 2)),
            new(
                nameof(Eigh),
                x => Eigh(x[0]).Vectors,
                [Symmetric],
                Tensor.Of([-0.24446768710590847, 0.9696574394914359, 0.9696574394914359, 0.24446768710590847], 2, 2)
            ),
            new(
                nameof(Svd),
                x => Svd(x[0]).U,
                [Tall],
                Tensor.Of(
                    [
                        0.5030818068506542,
                        0.8640818248101327,
                        0.6800659161401854,
                        -0.4075617826443711,
                        0.5333095211228575,
                        -0.2953912547123449,
                    ],
                    3,
                    2
                )
            ),
            new(nameof(Svd), x => Svd(x[0]).S, [Square], Tensor.Of([2.818342988178813, 1.0672272724135754], 2)),
            new(
                nameof(Svd),
                x => Svd(x[0]).V,
                [Square],
                Tensor.Of([0.7608805902938247, 0.648891922675973, 0.648891922675973, -0.7608805902938247], 2, 2)
            ),
            new(
                nameof(PseudoInverse),
                x => PseudoInverse(x[0]),
                [Low],
                Tensor.Of(
                    [
                        0.011428571428571429,
                        0.022857142857142857,
                        -0.011428571428571429,
                        0.005714285714285714,
                        0.022857142857142857,
                        0.045714285714285714,
                        -0.022857142857142857,
                        0.011428571428571429,
                        0.03428571428571429,
                        0.06857142857142857,
                        -0.03428571428571429,
                        0.017142857142857144,
                    ],
                    3,
                    4
                )
            ),
            new(
                nameof(MatrixExponential),
                x => MatrixExponential(x[0]),
                [Positive],
                Tensor.Of([1.4013408827061578, 0.6225400996347529, 0.4669050747260647, 1.2457058577974696], 2, 2)
            ),
            new(
                nameof(LeastSquares),
                x => LeastSquares(Transpose(x[0]), x[1]),
                [Tall, Tensor.Of([2, 1.5])],
                Tensor.Of([0.6587058349759437, 0.37211589410991713, 0.29978169178270914])
            ),
            new(
                nameof(LeastSquares),
                x => LeastSquares(x[0], x[1], rankDeficient: true),
                [Low, Tensor.Of([1, 0, 0, 0, 0, 0, 0, 2], 4, 2)],
                Tensor.Of(
                    [
                        0.011428571428571429,
                        0.011428571428571429,
                        0.022857142857142857,
                        0.022857142857142857,
                        0.03428571428571429,
                        0.03428571428571429,
                    ],
                    3,
                    2
                )
            ),
        ];
}
