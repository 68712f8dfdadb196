namespace AutoDiff;

/// <summary>An operand that is brought into a scratch tile before the tile is computed.</summary>
internal struct TileLoader(int register, View view, Strided walk)
{
    public readonly int Register = register;
    public readonly View View = view;
    public readonly Strided Walk = walk;

    /// <summary>Whether the tile is the same for every start.</summary>
    public bool Once;

    /// <summary>After how many elements the operand repeats itself; 0 where it does not.</summary>
    public readonly int Period =>
        Walk.Lengths.Length == 1 && Walk.Strides[0][0] == 0 ? 1
        : Walk.Lengths.Length == 2 && Walk.Strides[0][0] == 0 ? Walk.Lengths[1]
        : 0;
}
