namespace AutoDiff;

/// <summary>A transform of a user's function, from the function's start until its derivative is taken; the token of the barriers that stand for the function's arguments.</summary>
/// <remarks>
/// While the function runs, a value that depends on such a barrier is about to be differentiated, so its number must not take its place.
/// What is computed does not depend on it, only whether it may be computed early.
/// </remarks>
internal sealed class Scope : Hold
{
    private volatile bool _closed;

    /// <summary>Whether the function is still running.</summary>
    public bool IsOpen => !_closed;

    /// <summary>Says that the function has returned.</summary>
    public void Close() => _closed = true;

    /// <summary>A node of its own that stands for <paramref name="x"/> within the scope.</summary>
    public Tensor Enter(Tensor x) => Apply.Of(new Op.Barrier(this), x);
}
