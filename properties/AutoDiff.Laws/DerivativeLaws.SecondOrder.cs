using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Laws;

public static partial class DerivativeLaws
{
    /// <summary>H = Hᵀ, as a matrix and as a product: ⟨H·u, v⟩ = ⟨u, H·v⟩.</summary>
    public static Law<Trial> HessianIsSymmetric { get; } =
        new(
            nameof(HessianIsSymmetric),
            "H = Hᵀ, ⟨H·u, v⟩ = ⟨u, H·v⟩",
            trial =>
            {
                var floor = trial.Residue();
                var (u, v) = (trial.Tangent(0), trial.Tangent(1));
                var matrix = Evaluate(Hessian<Tensor>(trial.Scalar, trial.Point));
                var (hu, hv) = (Evaluate(Hvp<Tensor>(trial.Scalar, trial.Point, u)), Evaluate(Hvp<Tensor>(trial.Scalar, trial.Point, v)));
                var scale = (Agreement.Norm(hu) * Agreement.Norm(v)) + (Agreement.Norm(u) * Agreement.Norm(hv));
                return
                [
                    Agreement.Close("H = Hᵀ", matrix, Transpose(matrix), Rounding, floor: floor),
                    Agreement.Close("⟨H·u, v⟩ = ⟨u, H·v⟩", Sum(hu * v), Sum(u * hv), Rounding, scale, floor: floor),
                ];
            }
        );

    /// <summary>The product without the matrix is the product with it.</summary>
    public static Law<Trial> HvpIsHessianTimesVector { get; } =
        new(
            nameof(HvpIsHessianTimesVector),
            "hvp(x, v) = H(x)·v, in chunks of any size, beside another leaf: H of y₀·f(x) is (H, ∇f; ∇fᵀ, 0)",
            trial =>
            {
                var floor = trial.Residue();
                var (n, v) = (trial.Point.Shape.Size, trial.Tangent(0));
                var matrix = Evaluate(Hessian<Tensor>(trial.Scalar, trial.Point));
                var beside = OneHot(0, 40); // larger than leaves whose directions are taken together
                var both = Evaluate(
                    Hessian((Pair<Tensor, Tensor> x) => trial.Scalar(x.First) * Take(x.Second, 0, 0), new(trial.Point, beside))
                );
                var gradient = ReshapeTo(Grad<Tensor>(trial.Scalar, trial.Point), [n, 1]) * beside;
                var product = ReshapeTo(Hvp<Tensor>(trial.Scalar, trial.Point, v), [n]);
                return
                [
                    Agreement.Close(
                        "hvp = H·v",
                        product,
                        MatMul(matrix, ReshapeTo(v, [n])),
                        Rounding,
                        Agreement.Norm(matrix),
                        floor: floor
                    ),
                    Agreement.Close(
                        "H in chunks of 2 = H",
                        Hessian<Tensor>(trial.Scalar, trial.Point, chunk: 2),
                        matrix,
                        Rounding,
                        floor: floor
                    ),
                    Agreement.Close(
                        "H beside another leaf",
                        both,
                        Concatenate([Concatenate([matrix, gradient], 1), Concatenate([Transpose(gradient), Tensor.Zeros([40, 40])], 1)]),
                        Rounding,
                        floor: floor
                    ),
                ];
            }
        );

    /// <summary>H·v = d⁄dh ∇f(x + h·v), to the difference's own error bound.</summary>
    public static Law<Trial> HvpIsDifference { get; } =
        new(
            nameof(HvpIsDifference),
            "H·v = d⁄dh ∇f(x + h·v)",
            trial =>
                MatchesDifference(
                    "H·v = d⁄dh ∇f(x + h·v)",
                    trial,
                    Grad<Tensor>(trial.Scalar),
                    trial.Tangent(0),
                    Hvp<Tensor>(trial.Scalar, trial.Point, trial.Tangent(0))
                )
        );

    /// <summary>Forward over reverse, reverse over forward, reverse over reverse and forward over forward give one second derivative.</summary>
    public static Law<Trial> ModesCommute { get; } =
        new(
            nameof(ModesCommute),
            "H·v = ∇⟨∇f, v⟩ = ∇(∇f·v), uᵀ·H·v = d²f[v, u]",
            trial =>
            {
                var floor = trial.Residue();
                var (u, v, x) = (trial.Tangent(0), trial.Tangent(1), trial.Point);
                var forwardReverse = Evaluate(Hvp<Tensor>(trial.Scalar, x, v));
                var reverseReverse = Grad(p => Sum(Grad<Tensor>(trial.Scalar, p) * v), x);
                var reverseForward = Grad(p => Jvp<Tensor, Tensor>(trial.Scalar, p, v).Tangent, x);
                var forwardForward = Jvp(p => Jvp<Tensor, Tensor>(trial.Scalar, p, v).Tangent, x, u).Tangent;
                var scale = Agreement.Norm(forwardReverse) * Agreement.Norm(u);
                return
                [
                    Agreement.Close(
                        "reverse over reverse = forward over reverse",
                        reverseReverse,
                        forwardReverse,
                        Rounding,
                        scale,
                        floor: floor
                    ),
                    Agreement.Close(
                        "reverse over forward = forward over reverse",
                        reverseForward,
                        forwardReverse,
                        Rounding,
                        scale,
                        floor: floor
                    ),
                    Agreement.Close(
                        "forward over forward = ⟨u, H·v⟩",
                        forwardForward,
                        Sum(u * forwardReverse),
                        Rounding,
                        scale,
                        floor: floor
                    ),
                ];
            }
        );
}
