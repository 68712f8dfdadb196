using AutoDiff.Laws;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Properties;

public sealed partial class LayerLaws
{
    private static Law<Trial> ProductIsSymmetric { get; } =
        new(
            "HessianProductIsSymmetric",
            "⟨H·u, v⟩ = ⟨u, H·v⟩",
            trial =>
            {
                var (u, v) = (trial.Tangent(0), trial.Tangent(1));
                var hu = Evaluate(Hvp<Tensor>(trial.Scalar, trial.Point, u));
                var hv = Evaluate(Hvp<Tensor>(trial.Scalar, trial.Point, v));
                var scale = Math.Sqrt(Sum(Square(hu)).Item() * Sum(Square(v)).Item());
                return Agreement.Close("⟨H·u, v⟩ = ⟨u, H·v⟩", Sum(hu * v), Sum(u * hv), Rounding, scale);
            }
        );

    private static Law<LayerTrial>[] Differences => InBothModes(DerivativeLaws.TangentIsDifference, DerivativeLaws.HvpIsDifference);

    private static Law<LayerTrial>[] DerivativesAndPlans =>
        InBothModes(DerivativeLaws.Adjoint, ProductIsSymmetric, ReferenceLaws.PlanIsReference, PlanLaws.SingleIsDouble);

    private static Law<LayerTrial>[] InBothModes(params Law<Trial>[] laws) =>
        [
            .. laws.SelectMany(law =>
                Modes.Select(training =>
                    law.On((LayerTrial trial) => trial.Function(training)) with
                    {
                        Name = training ? $"{law.Name}, in training" : law.Name,
                    }
                )
            ),
        ];
}
