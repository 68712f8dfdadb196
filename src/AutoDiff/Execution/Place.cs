using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff;

/// <summary>Where a run of elements begins in a frame's memory, and whether it moves on with the tile.</summary>
/// <param name="Slot">The position of its array.</param>
/// <param name="Start">The position of its first element in that array.</param>
/// <param name="Pace">How many elements it moves for each element of the tile's start: 1, or 0 for a tile that stays.</param>
internal readonly record struct Place(int Slot, int Start, int Pace)
{
    /// <summary>The first element of the tile that starts at <paramref name="start"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T At<T>(ref T[] memory, int start) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Unsafe.Add(ref memory, Slot)), (nint)Start + ((nint)Pace * start));
}
