using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>A function of floats that is computed in doubles and rounded.</summary>
internal readonly struct Widened<TFunction> : IMap<float>
    where TFunction : struct, IMap<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPacked Invoke<TPacked>(TPacked x)
        where TPacked : struct, IPacked<TPacked, float> => TPacked.ThroughDoubles<TFunction>(x);
}
