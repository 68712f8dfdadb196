using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace AutoDiff.Numerics;

/// <summary>Asks for memory before it is read, so that several waits for it pass at once.</summary>
public static unsafe class Prefetch
{
    private const int Line = 64;

    /// <summary>Asks for some elements; where the processor cannot be asked, does nothing.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Into<T>(ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        if (!Sse.IsSupported)
            return;
        // Where the collector moves the array meanwhile, an address is a wasted request and no fault.
        var at = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(elements));
        var end = at + ((long)elements.Length * sizeof(T));
        for (; at < end; at += Line)
            Sse.Prefetch0(at);
    }
}
