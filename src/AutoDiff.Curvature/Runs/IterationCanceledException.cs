namespace AutoDiff.Curvature;

/// <summary>An iteration was cancelled; nothing that it had reached is lost.</summary>
/// <typeparam name="TSolution">What the iteration gives.</typeparam>
#pragma warning disable CA1032, RCS1194 // without a solution there is nothing to report
public sealed class IterationCanceledException<TSolution> : OperationCanceledException
{
    internal IterationCanceledException(string operation, int iterations, TSolution solution, CancellationToken token)
        : base($"[{operation}] cancelled after {iterations} steps", token) => Solution = solution;

    /// <summary>The last iterate, with the outcome <see cref="Outcome.Cancelled"/>.</summary>
    public TSolution Solution { get; }
}
