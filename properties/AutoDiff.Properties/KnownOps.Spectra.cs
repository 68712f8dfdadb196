namespace AutoDiff.Properties;

internal static partial class KnownOps
{
    private static Tensor Tall => Tensor.Of([1.875, 0.5, 1.25, 1.9375, 1, 1.5], 3, 2);
    private static Tensor Square => Tensor.Of([1.875, 0.5, 1.25, 1.9375], 2, 2);
    private static Tensor Symmetric => Tensor.Of([1.75, 0.875, 0.875, -1.5], 2, 2);
    private static Tensor Positive => Tensor.Of([0.25, 0.5, 0.375, 0.125], 2, 2);
    private static Tensor Low => Tensor.Of([1, 2, 3, 2, 4, 6, -1, -2, -3, 0.5, 1, 1.5], 4, 3);
    private static Tensor Nilpotent => Tensor.Of([0, 0.5, 0.25, 0, 0, 0.75, 0, 0, 0], 3, 3);

    // By tests/AutoDiff.Tests/Reference/spectra.py.
    private static IEnumerable<KnownOp> Spectra() =>
        [
            new(
                new Op.Matrix(MatrixFunction.QR),
                [Tall],
                Tensor.Of(
                    [
                        0.7605301898450908,
                        -0.6490936255160099,
                        0.5070201265633938,
                        0.6095300224168514,
                        0.40561610125071507,
                        0.45513801982145435,
                        2.4653853654145026,
                        1.9710407420151934,
                        0,
                        1.5391246354068262,
                    ],
                    10
                )
            ),
            new(
                new Op.Matrix(MatrixFunction.Eigh),
                [Symmetric],
                Tensor.Of(
                    [
                        -1.720602882529175,
                        1.970602882529175,
                        -0.24446768710590847,
                        0.9696574394914359,
                        0.9696574394914359,
                        0.24446768710590847,
                    ],
                    6
                )
            ),
            new(
                new Op.Matrix(MatrixFunction.Svd),
                [Tall],
                Tensor.Of(
                    [
                        0.5030818068506542,
                        0.8640818248101327,
                        0.6800659161401854,
                        -0.4075617826443711,
                        0.5333095211228575,
                        -0.2953912547123449,
                        3.3205700400412725,
                        1.142736128412987,
                        0.7006840018691931,
                        0.7134717440267502,
                        0.7134717440267502,
                        -0.7006840018691931,
                    ],
                    12
                )
            ),
            new(
                new Op.Matrix(MatrixFunction.Svd),
                [Square],
                Tensor.Of(
                    [
                        0.6213214912037553,
                        0.7835557443911325,
                        0.7835557443911325,
                        -0.6213214912037553,
                        2.818342988178813,
                        1.0672272724135754,
                        0.7608805902938247,
                        0.648891922675973,
                        0.648891922675973,
                        -0.7608805902938247,
                    ],
                    10
                )
            ),
            new(
                new Op.Matrix(MatrixFunction.PseudoInverse),
                [Square],
                Tensor.Of([0.6441558441558441, -0.16623376623376623, -0.4155844155844156, 0.6233766233766234], 2, 2)
            ),
            new(
                new Op.Matrix(MatrixFunction.PseudoInverse),
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
                new Op.Matrix(MatrixFunction.MatrixExponential),
                [Positive],
                Tensor.Of([1.4013408827061578, 0.6225400996347529, 0.4669050747260647, 1.2457058577974696], 2, 2)
            ),
            new(new Op.Matrix(MatrixFunction.MatrixExponential), [Nilpotent], Tensor.Of([1, 0.5, 0.4375, 0, 1, 0.75, 0, 0, 1], 3, 3)),
            new(
                new Op.Matrix(MatrixFunction.ReciprocalGaps),
                [Tensor.Of([1.75, -1.5], 2, 1), Tensor.Of([-1.5, 0.125, 0.25, 0.1875], 4, 1)],
                Tensor.Of(
                    [
                        -0.3076923076923077,
                        -0.6153846153846154,
                        -0.6666666666666666,
                        -0.64,
                        0,
                        0.6153846153846154,
                        0.5714285714285714,
                        0.5925925925925926,
                    ],
                    2,
                    4
                )
            ),
        ];
}
