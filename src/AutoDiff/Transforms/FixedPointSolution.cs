namespace AutoDiff;

/// <summary>What <see cref="Transforms.FixedPoint"/> has found.</summary>
/// <typeparam name="S">The tree of the point.</typeparam>
/// <param name="Point">The last iterate, also where it did not converge; differentiable.</param>
/// <param name="Residual">The largest element of |f(x) − x| there; no derivative.</param>
/// <param name="Converged">1 where the residual is within the tolerance, else 0: too few steps, or a NaN.</param>
/// <param name="Steps">How many steps were taken.</param>
[TensorTree]
public sealed partial record FixedPointSolution<S>(S Point, Tensor Residual, Tensor Converged, Tensor Steps)
    where S : ITensorTree<S>;
