using System.Numerics;

namespace AutoDiff.Numerics;

/// <summary>Elementwise choice.</summary>
public static class Selection
{
    /// <summary>target[i] = condition[i] ≠ 0 ? whenTrue[i] : whenFalse[i] for <paramref name="count"/> numbers one after another, which is not checked; the target may be any operand.</summary>
    /// <typeparam name="T">Double or float.</typeparam>
    public static void Run<T>(ref T condition, ref T whenTrue, ref T whenFalse, ref T target, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Lanes.Select(ref condition, ref whenTrue, ref whenFalse, ref target, count);
}
