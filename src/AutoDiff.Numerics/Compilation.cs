using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>How loops over vectors are compiled.</summary>
internal static class Compilation
{
    /// <summary>Optimized at once, and never as a part of a caller.</summary>
    /// <remarks>
    /// What is inlined into a loop must not depend on a profile taken during its first calls. A hot caller would take the loop in, a copy for each function it
    /// chooses among: the compiler keeps so many locals in registers as it tracks, and what is beyond their number costs a load and a store each time round.
    /// </remarks>
    public const MethodImplOptions Loop = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;
}
