namespace AutoDiff.Curvature;

/// <summary>What the highest point of a path between two points turned out to be.</summary>
public enum Passage
{
    /// <summary>A critical point of index 1 above both ends: a pass.</summary>
    Saddle,

    /// <summary>Nothing on the path lies above its higher end by more than rounding: one goes from one end to the other without climbing beyond it.</summary>
    NoBarrier,

    /// <summary>A critical point above both ends, of another index than 1 or degenerate: where the path is symmetric, say, it may run on a ridge. Give points to go by.</summary>
    NotIndexOne,

    /// <summary>The highest image could not be carried on to a critical point near the path; the barrier is its loss. Allow more moves or more images.</summary>
    Undecided,
}
