using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>A function of one number, on all lanes of a register of any width.</summary>
internal interface IMap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract TPacked Invoke<TPacked>(TPacked x)
        where TPacked : struct, IPacked<TPacked, T>;
}

/// <summary>Two functions of one number that share their work: a formula for most numbers, and one for any, with the same bits where both apply.</summary>
internal interface IMapTwo<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether <see cref="Invoke"/> is right for all lanes.</summary>
    static abstract bool Holds<TPacked>(TPacked x)
        where TPacked : struct, IPacked<TPacked, T>;

    static abstract (TPacked First, TPacked Second) Invoke<TPacked>(TPacked x)
        where TPacked : struct, IPacked<TPacked, T>;

    static abstract (TPacked First, TPacked Second) Anywhere<TPacked>(TPacked x)
        where TPacked : struct, IPacked<TPacked, T>;
}

/// <summary>The loop that applies a function to consecutive numbers. A lane's result depends on its own operand only, so it is the same wherever a tile ends.</summary>
internal static class MapLoops
{
    /// <summary>target[i] = f(x[i]); the target may be the operand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Map<T, TFunction>(ref T x, ref T target, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IMap<T>
    {
        if (Vector512.IsHardwareAccelerated)
            Map<Packed512<T>, T, TFunction>(ref x, ref target, count);
        else
            Map<Packed256<T>, T, TFunction>(ref x, ref target, count);
    }

    // Optimized at once, and never inlined into a caller that is not: what is inlined must not depend on a profile taken during the first calls.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Map<TPacked, T, TFunction>(ref T x, ref T target, int count)
        where TPacked : struct, IPacked<TPacked, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IMap<T>
    {
        // One copy of the body for whole and partial registers, which differ in the load and the store alone.
        while (count > 0)
        {
            var whole = count >= TPacked.Count;
            var y = TFunction.Invoke(whole ? TPacked.Load(ref x, 0) : TPacked.LoadPart(ref x, count));
            if (!whole)
            {
                TPacked.StorePart(y, ref target, count);
                return;
            }
            TPacked.Store(y, ref target, 0);
            x = ref Unsafe.Add(ref x, TPacked.Count);
            target = ref Unsafe.Add(ref target, TPacked.Count);
            count -= TPacked.Count;
        }
    }

    /// <summary>first[i] and second[i] of x[i]; either target may be the operand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MapTwo<T, TFunction>(ref T x, ref T first, ref T second, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IMapTwo<T>
    {
        if (Vector512.IsHardwareAccelerated)
            MapTwo<Packed512<T>, T, TFunction>(ref x, ref first, ref second, count);
        else
            MapTwo<Packed256<T>, T, TFunction>(ref x, ref first, ref second, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void MapTwo<TPacked, T, TFunction>(ref T x, ref T first, ref T second, int count)
        where TPacked : struct, IPacked<TPacked, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IMapTwo<T>
    {
        while (count > 0)
        {
            var whole = count >= TPacked.Count;
            var lanes = whole ? TPacked.Load(ref x, 0) : TPacked.LoadPart(ref x, count);
            // The call stores what it returns: results of either way in one place would lie in memory, not in registers.
            if (!TFunction.Holds(lanes))
                MapTwoAnywhere<TPacked, T, TFunction>(lanes, ref first, ref second, count);
            else
            {
                var (y, z) = TFunction.Invoke(lanes);
                Store(y, ref first, count);
                Store(z, ref second, count);
            }
            if (!whole)
                return;
            x = ref Unsafe.Add(ref x, TPacked.Count);
            first = ref Unsafe.Add(ref first, TPacked.Count);
            second = ref Unsafe.Add(ref second, TPacked.Count);
            count -= TPacked.Count;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MapTwoAnywhere<TPacked, T, TFunction>(TPacked x, ref T first, ref T second, int count)
        where TPacked : struct, IPacked<TPacked, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IMapTwo<T>
    {
        var (y, z) = TFunction.Anywhere(x);
        Store(y, ref first, count);
        Store(z, ref second, count);
    }

    /// <summary>Stores a register, or its first <paramref name="count"/> lanes where it has more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TPacked, T>(TPacked x, ref T to, int count)
        where TPacked : struct, IPacked<TPacked, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (count >= TPacked.Count)
            TPacked.Store(x, ref to, 0);
        else
            TPacked.StorePart(x, ref to, count);
    }
}
