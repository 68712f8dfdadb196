using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Laws;

public static partial class DerivativeLaws
{
    /// <summary>The third derivative along u, v, w does not depend on how it is nested, nor on the order of the directions.</summary>
    public static Law<Trial> ThirdOrdersAgree { get; } =
        new(
            nameof(ThirdOrdersAgree),
            "d³f[u, v, w] is one number, however nested",
            trial =>
            {
                var floor = trial.Residue(1e-12); // terms of third order are larger than those of the gradient
                var (u, v, w, x) = (trial.Tangent(0), trial.Tangent(1), trial.Tangent(2), trial.Point);
                var alongVw = Evaluate(Grad(p => Sum(Hvp<Tensor>(trial.Scalar, p, v) * w), x));
                var expected = Evaluate(Sum(alongVw * u));
                var scale = Agreement.Norm(alongVw) * Agreement.Norm(u);
                return
                [
                    Agreement.Close(
                        "forward over forward over forward = reverse over Hvp",
                        Along(Along(Along(trial.Scalar, u), v), w)(x),
                        expected,
                        Rounding,
                        scale,
                        floor: floor
                    ),
                    Agreement.Close(
                        "directions permuted",
                        Along(Along(Along(trial.Scalar, w), u), v)(x),
                        expected,
                        Rounding,
                        scale,
                        floor: floor
                    ),
                    Agreement.Close(
                        "forward over Hvp = reverse over Hvp",
                        Jvp(p => Hvp<Tensor>(trial.Scalar, p, v), x, w).Tangent,
                        alongVw,
                        Rounding,
                        scale,
                        floor: floor
                    ),
                    Agreement.Close(
                        "reverse over reverse over reverse = reverse over Hvp",
                        Pulled(Pulled(Pulled(trial.Scalar, u), v), w)(x),
                        expected,
                        Rounding,
                        scale,
                        floor: floor
                    ),
                ];
            }
        );

    /// <summary>d³f[·, v, w] = d⁄dh H(x + h·w)·v, to the difference's own error bound.</summary>
    public static Law<Trial> ThirdOrderIsDifference { get; } =
        new(
            nameof(ThirdOrderIsDifference),
            "d³f[·, v, w] = d⁄dh H(x + h·w)·v",
            trial =>
            {
                Func<Tensor, Tensor> product = p => Hvp<Tensor>(trial.Scalar, p, trial.Tangent(0));
                return MatchesDifference(
                    "d³f[·, v, w] = d⁄dh H(x + h·w)·v",
                    trial,
                    product,
                    trial.Tangent(1),
                    Jvp(product, trial.Point, trial.Tangent(1)).Tangent
                );
            }
        );

    private static Func<Tensor, Tensor> Along(Func<Tensor, Tensor> function, Tensor direction) => x => Jvp(function, x, direction).Tangent;

    private static Func<Tensor, Tensor> Pulled(Func<Tensor, Tensor> function, Tensor direction) => x => Sum(Grad(function, x) * direction);
}
