using System.Runtime.Intrinsics.X86;

namespace AutoDiff.Numerics;

/// <summary>The sizes of this machine's caches, for choices that change no bit.</summary>
public static class Caches
{
    private const int Usual = 512 * 1024;

    /// <summary>The leaf of the processor's description that tells the second-level cache: its size in KiB is in the upper half of the third register.</summary>
    private const uint Leaf = 0x8000_0006;

    /// <summary>The bytes of a core's second-level cache; 512 KiB where the processor does not tell.</summary>
    public static int SecondLevel { get; } = Told() is var bytes and > 0 ? bytes : Usual;

    private static int Told()
    {
        if (!X86Base.IsSupported || (uint)X86Base.CpuId(unchecked((int)(Leaf & 0x8000_0000)), 0).Eax < Leaf)
            return 0;
        return (int)((uint)X86Base.CpuId(unchecked((int)Leaf), 0).Ecx >> 16) * 1024;
    }
}
