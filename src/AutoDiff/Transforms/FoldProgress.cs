namespace AutoDiff;

/// <summary>How far a fold has come.</summary>
/// <param name="Steps">How many steps were taken.</param>
/// <param name="State">The state after them, a copy.</param>
public sealed record FoldProgress<S>(int Steps, S State);
