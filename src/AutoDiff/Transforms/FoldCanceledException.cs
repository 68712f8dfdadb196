namespace AutoDiff;

/// <summary>A fold was cancelled; nothing that it had reached is lost.</summary>
#pragma warning disable CA1032, RCS1194 // without a state there is nothing to report
public sealed class FoldCanceledException<S> : OperationCanceledException
{
    internal FoldCanceledException(int steps, S state, CancellationToken token)
        : base($"[Fold] cancelled after {steps} steps", token) => (Steps, State) = (steps, state);

    /// <summary>How many steps were taken.</summary>
    public int Steps { get; }

    /// <summary>The state after them.</summary>
    public S State { get; }
}
