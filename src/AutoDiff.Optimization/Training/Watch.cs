namespace AutoDiff.Optimization;

/// <summary>What early stopping counts and keeps.</summary>
/// <param name="Best">The best state; that before the first step where none is.</param>
/// <param name="Value">Its value; the worst infinity where none is.</param>
/// <param name="Step">After how many steps; 0 where none is.</param>
/// <param name="Waited">How many evaluations in a row since then were no better.</param>
/// <param name="Values">The values of each evaluation, [evaluations, metrics].</param>
[TensorTree]
internal sealed partial record Watch<P, S>(State<P, S> Best, Tensor Value, Tensor Step, Tensor Waited, Tensor Values)
    where P : ITensorTree<P>
    where S : ITensorTree<S>;
