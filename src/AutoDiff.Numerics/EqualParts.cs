namespace AutoDiff.Numerics;

/// <summary>A length divided into as few parts of at most a given length as possible, whose lengths differ by one at most, longer ones first.</summary>
public readonly struct EqualParts
{
    private readonly int _each;
    private readonly int _longer;

    /// <summary>The division of a length.</summary>
    /// <param name="length">The length, at least 0.</param>
    /// <param name="most">The most that a part may have, above 0.</param>
    public EqualParts(int length, int most)
    {
        Count = (int)(((uint)length + (uint)most - 1) / (uint)most); // two ints together may be more than one counts
        if (Count == 1)
            _each = length;
        else
            (_each, _longer) = Math.DivRem(length, Math.Max(1, Count));
    }

    /// <summary>How many parts there are.</summary>
    public int Count { get; }

    /// <summary>The length of a part.</summary>
    public int this[int part] => part < _longer ? _each + 1 : _each;

    /// <summary>Where a part begins.</summary>
    public int Start(int part) => (part * _each) + Math.Min(part, _longer);
}
