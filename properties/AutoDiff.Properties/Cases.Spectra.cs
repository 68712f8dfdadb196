using AutoDiff.Laws;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

public static partial class Cases
{
    /// <summary>A fixed matrix with 1, 2.5, 4, … on its diagonal and small elements elsewhere.</summary>
    internal static Tensor Apart(int rows, int columns) =>
        Tensors.Constant(
            [
                .. Enumerable
                    .Range(0, rows * columns)
                    .Select(at => at / columns == at % columns ? 1 + (1.5 * (at / columns)) : ((at * 5 % 7) - 3) / 32.0),
            ],
            Shape.Of(rows, columns)
        );

    private static IEnumerable<Case> Spectra() =>
        [
            new("QR: tall", x => Joined(QR(Near(x))), Any(3, 2)),
            new("QR: square", x => Joined(QR(Near(x))), Any(2, 2)),
            new("QR: wide", x => Joined(QR(Near(x))), Any(2, 3)),
            new("QR: batch", x => Joined(QR(Near(x))), Any(2, 2, 1)),
            new("QR: no columns", x => Joined(QR(x)), Any(2, 0)),
            new("QR: no rows", x => Joined(QR(x)), Any(0, 2)),
            new("Eigh", x => Joined(Eigh(Near(x))), Any(3, 3)),
            new("Eigh: batch", x => Joined(Eigh(Near(x))), Any(2, 2, 2)),
            new("Eigh: one", x => Joined(Eigh(x)), Any(1, 1)),
            new("Eigh: nothing", x => Joined(Eigh(x)), Any(0, 0)),
            new("Eigh: exponentials of the values", x => Sum(Exp(Eigh(Near(x)).Values)), Any(2, 2)),
            new("Svd: square", x => Joined(Svd(Near(x))), Any(2, 2)),
            new("Svd: tall", x => Joined(Svd(Near(x))), Any(3, 2)),
            new("Svd: wide", x => Joined(Svd(Near(x))), Any(2, 3)),
            new("Svd: batch", x => Joined(Svd(Near(x))), Any(2, 2, 1)),
            new("Svd: nothing", x => Joined(Svd(x)), Any(0, 2)),
            new("Svd: polar factor", x => Polar(Svd(Near(x))), Any(2, 2)),
            new("PseudoInverse: tall", x => PseudoInverse(Near(x)), Any(3, 2)),
            new("PseudoInverse: wide", x => PseudoInverse(Near(x)), Any(2, 3)),
            new("PseudoInverse: batch", x => PseudoInverse(Near(x)), Any(2, 2, 2)),
            new("PseudoInverse: of rank one", x => PseudoInverse(Outer(Near(x), Near(Fixed(2)))), Any(3)),
            new("PseudoInverse: nothing", x => PseudoInverse(x), Any(0, 2)),
            new("MatrixExponential", x => MatrixExponential(Sin(x)), Any(2, 2)),
            new("MatrixExponential: halved", x => MatrixExponential(4 * Sin(x)), Any(2, 2)),
            new("MatrixExponential: batch", x => MatrixExponential(Sin(x)), Any(2, 2, 2)),
            new("MatrixExponential: nothing", x => MatrixExponential(x), Any(0, 0)),
            new("LeastSquares: matrix, tall", x => LeastSquares(Near(x), Fixed(3, 2)), Any(3, 2)),
            new("LeastSquares: matrix, wide", x => LeastSquares(Near(x), Fixed(2)), Any(2, 3)),
            new("LeastSquares: right side", x => LeastSquares(Apart(3, 2), x), Any(3)),
            new("LeastSquares: batches broadcast", x => LeastSquares(Near(x), Fixed(2, 3, 1)), Any(1, 3, 2)),
            new("LeastSquares: of low rank", x => LeastSquares(Outer(Near(x), Near(Fixed(2))), Fixed(3), rankDeficient: true), Any(3)),
        ];

    /// <summary>Matrices, or a vector, within 0.2 of fixed ones whose singular values and eigenvalues are apart.</summary>
    private static Tensor Near(Tensor x) => (x.Rank < 2 ? 1.0 : Apart(x.Shape[-2], x.Shape[-1])) + (0.2 * Sin(x));

    private static Tensor Joined((Tensor First, Tensor Second) parts) => Joined([parts.First, parts.Second]);

    private static Tensor Joined((Tensor U, Tensor S, Tensor V) parts) => Joined([parts.U, parts.S, parts.V]);

    private static Tensor Joined(params Tensor[] parts) => Concatenate([.. parts.Select(part => ReshapeTo(part, [part.Shape.Size]))]);

    private static Tensor Polar((Tensor U, Tensor S, Tensor V) parts) => MatMul(parts.U, Transpose(parts.V));
}
