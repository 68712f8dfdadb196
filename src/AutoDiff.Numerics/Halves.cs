using System.Numerics;

namespace AutoDiff.Numerics;

/// <summary>A length taken in halves of whole blocks down to one block: the order in which blocks' sums are added to each other.</summary>
/// <remarks>Its rounding grows with the logarithm of the number of blocks: Higham, "The accuracy of floating point summation" (1993), section 3.</remarks>
public static class Halves
{
    /// <summary>The length of the first half of more than one block: no shorter than the second.</summary>
    public static int First(int length, int block) => (Blocks(length, block) + 1) / 2 * block;

    /// <summary>How often a length is halved until a block is left.</summary>
    public static int Levels(int length, int block) => length <= block ? 0 : BitOperations.Log2((uint)Blocks(length, block) - 1) + 1;

    private static int Blocks(int length, int block) => ((length - 1) / block) + 1;
}
