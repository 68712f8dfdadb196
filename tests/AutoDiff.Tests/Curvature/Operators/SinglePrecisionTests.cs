using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

/// <summary>A Hessian computed in single precision: refused as it is, with the way to go on, and taken once it is made symmetric.</summary>
public class SinglePrecisionTests
{
    private const int N = 24;

    private static readonly Tensor X = Key.Of(1).Normal([40, 4]);
    private static readonly Tensor Point = Key.Of(2).Normal([N]);

    private static readonly Func<Tensor, Tensor> Hessian = Transforms.Compile<float, Tensor, Tensor>(w => Transforms.Hessian(Loss, w));
    private static readonly double[] Single = Hessian(Point).ToArray();

    [Fact]
    public void What_needs_symmetry_says_how_to_have_it()
    {
        Action[] refusals = [() => MatrixOperator.Of(Single, N), () => SymmetricEigen.Decompose(Single, N), () => Inertia.Of(Single, N)];
        foreach (var refusal in refusals)
        {
            Assert.EndsWith(
                "; SymmetricMatrix.Symmetrize makes one of what differs by more than rounding",
                Assert.Throws<ArgumentException>(refusal).Message,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void A_symmetrized_matrix_has_the_eigenvalues_to_its_precision()
    {
        var matrix = (double[])Single.Clone();
        var apart = SymmetricMatrix.Symmetrize(matrix, N);
        Assert.InRange(apart, 1e-9, 1e-5);
        var exact = SymmetricEigen.Decompose(HessianOperator.Of(Loss, Point).ToMatrix(), N).Eigenvalues;
        var single = SymmetricEigen.Decompose(matrix, N).Eigenvalues;
        Assert.All(exact.Zip(single), pair => Assert.Equal(pair.First, pair.Second, 20 * apart));
        Assert.Equal(matrix, MatrixOperator.Of(Single, N, N).Symmetrized().ToMatrix());
        Assert.Equal(N, Inertia.Of(matrix, N).Negative + Inertia.Of(matrix, N).Positive);
    }

    private static Tensor Loss(Tensor w) =>
        Mean(LogSumExp(Tanh(MatMul(X, Reshape(w, 4, N / 4))), 1)) + Mean(Square(MatMul(X, Reshape(w, 4, N / 4))));
}
