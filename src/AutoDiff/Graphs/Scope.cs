namespace AutoDiff;

/// <summary>The time during which a transform runs a user's function; the token of the barriers that stand for the function's arguments.</summary>
/// <remarks>
/// While it is open, a value that depends on such a barrier is about to be differentiated, so its number must not take its place. The one thing in a graph
/// that changes, and once: what is computed does not depend on it, only whether it may be computed early.
/// </remarks>
internal sealed class Scope
{
    private volatile bool _closed;

    /// <summary>Whether the function is still running.</summary>
    public bool IsOpen => !_closed;

    /// <summary>Says that the function has returned.</summary>
    public void Close() => _closed = true;

    /// <summary>A node of its own that stands for <paramref name="x"/> within the scope.</summary>
    public Tensor Enter(Tensor x) => Apply.Of(new Op.Barrier(this), x);
}
