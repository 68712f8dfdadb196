namespace AutoDiff.Optimization;

/// <summary>What a training run came to.</summary>
/// <param name="State">The state after the last step.</param>
/// <param name="Steps">How many steps were taken, those before a resumption included.</param>
/// <param name="End">Why it ended.</param>
/// <param name="History">What was recorded, from the first step on.</param>
/// <param name="Evaluations">The values of the metric watched, in columns named as the metrics are, or as the column watched is, or <c>Metric</c>; null where none was.</param>
/// <param name="Best">The best state by the metric watched; null where none was, or no value was better than the worst.</param>
/// <param name="Resumption">What the run went on from; null where it began anew.</param>
public sealed record TrainingRun<P, S>(
    State<P, S> State,
    int Steps,
    TrainingEnd End,
    History History,
    History? Evaluations,
    BestState<P, S>? Best,
    Resumption? Resumption
)
    where P : ITensorTree<P>
    where S : ITensorTree<S>;
