namespace AutoDiff.Curvature;

/// <summary>Batches of examples in a fixed order, each read when it is needed, with plans for each set of shapes.</summary>
internal abstract class BatchSequence<TPlans>
{
    /// <summary>How many there are.</summary>
    public abstract int Count { get; }

    /// <summary>The plans of the first one.</summary>
    public abstract TPlans First { get; }

    /// <summary>A batch.</summary>
    public abstract Batch<TPlans> Read(int index);
}
