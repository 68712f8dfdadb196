using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff;

/// <summary>A function of one number, on all lanes of a register of any width.</summary>
internal interface IMap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract TPacked Invoke<TPacked>(TPacked x)
        where TPacked : struct, IPacked<TPacked, T>;
}

/// <summary>Two functions of one number that share their work.</summary>
internal interface IMapTwo<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract (TPacked First, TPacked Second) Invoke<TPacked>(TPacked x)
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

    // Optimized at once: what is inlined must not depend on a profile taken during the first calls.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MapTwo<TPacked, T, TFunction>(ref T x, ref T first, ref T second, int count)
        where TPacked : struct, IPacked<TPacked, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IMapTwo<T>
    {
        while (count > 0)
        {
            var whole = count >= TPacked.Count;
            var (y, z) = TFunction.Invoke(whole ? TPacked.Load(ref x, 0) : TPacked.LoadPart(ref x, count));
            if (!whole)
            {
                TPacked.StorePart(y, ref first, count);
                TPacked.StorePart(z, ref second, count);
                return;
            }
            TPacked.Store(y, ref first, 0);
            TPacked.Store(z, ref second, 0);
            x = ref Unsafe.Add(ref x, TPacked.Count);
            first = ref Unsafe.Add(ref first, TPacked.Count);
            second = ref Unsafe.Add(ref second, TPacked.Count);
            count -= TPacked.Count;
        }
    }
}
