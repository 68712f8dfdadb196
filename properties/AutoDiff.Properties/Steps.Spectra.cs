using static AutoDiff.Ops;

namespace AutoDiff.Properties;

internal static partial class Steps
{
    private static IEnumerable<Step> Spectra() =>
        [
            new("QR", (a, _, _) => Together(QR(Turned(a, 3, 2)))),
            new("Eigh", (a, _, _) => Together(Eigh(Turned(a, 2, 2)))),
            new(
                "Svd",
                (a, _, p) =>
                {
                    var (u, s, v) = Svd(Turned(a, 2 + (p % 2), 2));
                    return Concatenate([Flat(u), Flat(s), Flat(v)]);
                }
            ),
            new("PseudoInverse", (a, _, p) => PseudoInverse(Turned(a, 2 + (p % 2), 2))),
            new("MatrixExponential", (a, _, _) => Tanh(MatrixExponential(0.3 * Turned(a, 2, 2)))),
            new(
                "ReciprocalGaps",
                (a, b, _) => Apply.Of(new Op.Matrix(MatrixFunction.ReciprocalGaps), Turned(a, 2, 1), 4 + Turned(b, 3, 1))
            ),
        ];

    /// <summary>A matrix that varies with x, near one whose singular values and, where it is square, eigenvalues are apart.</summary>
    private static Tensor Turned(Tensor x, int rows, int columns) =>
        Cases.Apart(rows, columns) + (0.2 * Sin(ReshapeTo(Tensor.Range(rows * columns), [rows, columns]) + Tanh(Sum(x))));

    private static Tensor Together((Tensor First, Tensor Second) parts) => Concatenate([Flat(parts.First), Flat(parts.Second)]);
}
