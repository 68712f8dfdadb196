using static AutoDiff.Ops;

namespace AutoDiff.Properties;

internal static partial class KnownFunctions
{
    private static Tensor Tall => Tensor.Of([1.75, 1, 1.25, -1.875, 1, 1.5], 3, 2);
    private static Tensor Square => Tensor.Of([1.75, 1, 1.25, -1.875], 2, 2);
    private static Tensor Symmetric => Tensor.Of([1.75, 0.875, 0.875, -1.5], 2, 2);
    private static Tensor Positive => Tensor.Of([0.5, 1, 0.25, 0.25, 0.75, 1.5, 1, 0.5, 0.75], 3, 3);
    private static Tensor Low => Tensor.Of([1, 2, 3, 2, 4, 6, -1, -2, -3, 0.5, 1, 1.5], 4, 3);

    // By tests/AutoDiff.Tests/Reference/spectra.py.
    private static IEnumerable<KnownFunction> Spectra() =>
        [
            new(nameof(QR), x => QR(x[0]).Q, [Tall], Tensor.Of([0.7378647873726218, 0.2790882681562967, 0.5270462766947299, -0.8070347406066994, 0.4216370213557839, 0.5203889564848551], 3, 2)),
            new(nameof(QR), x => QR(x[0]).R, [Square], Tensor.Of([2.1505813167606567, -0.2760881420165708, 0, 2.1069884522317244], 2, 2)),
            new(nameof(Eigh), x => Eigh(x[0]).Values, [Symmetric], Tensor.Of([-1.720602882529175, 1.970602882529175], 2)),
            new(nameof(Eigh), x => Eigh(x[0]).Vectors, [Symmetric], Tensor.Of([-0.24446768710590847, 0.9696574394914359, 0.9696574394914359, 0.24446768710590847], 2, 2)),
            new(nameof(Svd), x => Svd(x[0]).U, [Tall], Tensor.Of([0.6385920582287293, 0.46317911118067556, -0.3847390234914309, 0.8837752735434278, 0.6664653531655306, 0.06638054563739877], 3, 2)),
            new(nameof(Svd), x => Svd(x[0]).S, [Square], Tensor.Of([2.2730102693282386, 1.9935017721407646], 2)),
            new(nameof(Svd), x => Svd(x[0]).V, [Square], Tensor.Of([0.7388223905280817, 0.6739001968054102, -0.6739001968054102, 0.7388223905280817], 2, 2)),
            new(nameof(PseudoInverse), x => PseudoInverse(x[0]), [Low], Tensor.Of([0.011428571428571429, 0.022857142857142857, -0.011428571428571429, 0.005714285714285714, 0.022857142857142857, 0.045714285714285714, -0.022857142857142857, 0.011428571428571429, 0.03428571428571429, 0.06857142857142857, -0.03428571428571429, 0.017142857142857144], 3, 4)),
            new(nameof(MatrixExponential), x => MatrixExponential(x[0]), [Positive], Tensor.Of([2.6769155191019287, 2.5770011610202594, 2.2737082793190355, 2.2737082793190355, 3.841205593100814, 4.142856292860427, 2.5770011610202594, 2.4672574236627893, 3.841205593100814], 3, 3)),
            new(nameof(LeastSquares), x => LeastSquares(x[0], x[1]), [Tall, Tensor.Of([3, -1, 2])], Tensor.Of([0.8985286789582733, 1.0436150961210626])),
            new(nameof(LeastSquares), x => LeastSquares(Transpose(x[0]), x[1]), [Tall, Tensor.Of([2, -1.5])], Tensor.Of([0.42455873482126466, 1.0160245482441186, -0.013008471242361458])),
            new(nameof(LeastSquares), x => LeastSquares(x[0], x[1], rankDeficient: true), [Low, Tensor.Of([1, 0, 0, 0, 0, 0, 2, 0], 4, 2)], Tensor.Of([0.011428571428571429, 0.011428571428571429, 0.022857142857142857, 0.022857142857142857, 0.03428571428571429, 0.03428571428571429], 3, 2)),
        ];
}
