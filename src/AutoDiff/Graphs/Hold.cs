namespace AutoDiff;

/// <summary>A derivative that is still to be taken; the token of barriers on which the nodes between it and its result are built.</summary>
/// <remarks>While it lasts such nodes keep their graph, even once their values are known. It ends once and for all.</remarks>
internal class Hold
{
    private volatile bool _ended;

    /// <summary>Whether the derivative is still to be taken.</summary>
    public bool Lasts => !_ended;

    /// <summary>Says that nothing will be differentiated through the nodes any more.</summary>
    public void End() => _ended = true;
}
