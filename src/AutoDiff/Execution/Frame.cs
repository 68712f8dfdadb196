namespace AutoDiff;

/// <summary>What one run of a plan writes to: a workspace, scratch space, and the table of all arrays that steps address by slot.</summary>
internal sealed class Frame<T>(T[][] memory)
    where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
{
    /// <summary>The slot of the workspace.</summary>
    public const int Workspace = 0;

    /// <summary>The slot of the scratch space, which no step relies on after it ends.</summary>
    public const int Scratch = 1;

    /// <summary>The slot of the first input; outputs and constants follow.</summary>
    public const int External = 2;

    public T[][] Memory { get; } = memory;

    /// <summary>The threads that share a run; null where the caller runs alone.</summary>
    public Team<T>? Team { get; init; }
}
