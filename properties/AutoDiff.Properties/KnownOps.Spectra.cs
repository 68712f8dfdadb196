namespace AutoDiff.Properties;

internal static partial class KnownOps
{
    private static Tensor Tall => Tensor.Of([1.75, 1, 1.25, -1.875, 1, 1.5], 3, 2);
    private static Tensor Square => Tensor.Of([1.75, 1, 1.25, -1.875], 2, 2);
    private static Tensor Symmetric => Tensor.Of([1.75, 0.875, 0.875, -1.5], 2, 2);
    private static Tensor Positive => Tensor.Of([0.5, 1, 0.25, 0.25, 0.75, 1.5, 1, 0.5, 0.75], 3, 3);
    private static Tensor Low => Tensor.Of([1, 2, 3, 2, 4, 6, -1, -2, -3, 0.5, 1, 1.5], 4, 3);
    private static Tensor Nilpotent => Tensor.Of([0, 8, -3, 0, 0, 16, 0, 0, 0], 3, 3);

    // By tests/AutoDiff.Tests/Reference/spectra.py.
    private static IEnumerable<KnownOp> Spectra() =>
        [
            new(new Op.Matrix(MatrixFunction.QR), [Tall], Tensor.Of([0.7378647873726218, 0.2790882681562967, 0.5270462766947299, -0.8070347406066994, 0.4216370213557839, 0.5203889564848551, 2.3717082451262845, 0.38210855060367915, 0, 2.572861841521141], 10)),
            new(new Op.Matrix(MatrixFunction.Eigh), [Symmetric], Tensor.Of([-1.720602882529175, 1.970602882529175, -0.24446768710590847, 0.9696574394914359, 0.9696574394914359, 0.24446768710590847], 6)),
            new(new Op.Matrix(MatrixFunction.Svd), [Tall], Tensor.Of([0.6385920582287293, 0.46317911118067556, -0.3847390234914309, 0.8837752735434278, 0.6664653531655306, 0.06638054563739877, 2.6955669361371646, 2.2637455450655444, 0.48341506873091084, 0.8753912675620478, 0.8753912675620478, -0.48341506873091084], 12)),
            new(new Op.Matrix(MatrixFunction.Svd), [Square], Tensor.Of([0.27234324233901613, 0.9622001654293518, 0.9622001654293518, -0.27234324233901613, 2.2730102693282386, 1.9935017721407646, 0.7388223905280817, 0.6739001968054102, -0.6739001968054102, 0.7388223905280817], 10)),
            new(new Op.Matrix(MatrixFunction.PseudoInverse), [Tall], Tensor.Of([0.29363476618846546, 0.2727582679849983, 0.14519132418893754, 0.10847386503711086, -0.31367200818274804, 0.20226074641349104], 2, 3)),
            new(new Op.Matrix(MatrixFunction.PseudoInverse), [Low], Tensor.Of([0.011428571428571429, 0.022857142857142857, -0.011428571428571429, 0.005714285714285714, 0.022857142857142857, 0.045714285714285714, -0.022857142857142857, 0.011428571428571429, 0.03428571428571429, 0.06857142857142857, -0.03428571428571429, 0.017142857142857144], 3, 4)),
            new(new Op.Matrix(MatrixFunction.MatrixExponential), [Positive], Tensor.Of([2.6769155191019287, 2.5770011610202594, 2.2737082793190355, 2.2737082793190355, 3.841205593100814, 4.142856292860427, 2.5770011610202594, 2.4672574236627893, 3.841205593100814], 3, 3)),
            new(new Op.Matrix(MatrixFunction.MatrixExponential), [Nilpotent], Tensor.Of([1, 8, 61, 0, 1, 16, 0, 0, 1], 3, 3)),
            new(
                new Op.Matrix(MatrixFunction.ReciprocalGaps),
                [Tensor.Of([1.75, -1.5], 2, 1), Tensor.Of([-1.5, 0.125, 0.25, 0.1875], 4, 1)],
                Tensor.Of([-0.3076923076923077, -0.6153846153846154, -0.6666666666666666, -0.64, 0, 0.6153846153846154, 0.5714285714285714, 0.5925925925925926], 2, 4)
            ),
        ];
}
