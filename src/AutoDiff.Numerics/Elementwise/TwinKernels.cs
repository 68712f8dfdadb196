using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>Two elementwise functions of one argument computed in one pass, each with the bits that it has alone: a row per pair.</summary>
internal static class TwinKernels
{
    /// <summary>The first of the pair that a function belongs to; null where it belongs to none.</summary>
    public static Unary? First(Unary function) => function is Unary.Tanh or Unary.SechSquared ? Unary.Tanh : null;

    /// <summary>Runs the pair on <paramref name="count"/> elements; either target may be the operand.</summary>
    public static void Run<T>(ref T x, ref T first, ref T second, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
            MapLoops.MapTwo<double, Exponentials.TanhAndSlope>(
                ref Unsafe.As<T, double>(ref x),
                ref Unsafe.As<T, double>(ref first),
                ref Unsafe.As<T, double>(ref second),
                count
            );
        else
            MapLoops.MapTwo<float, SingleExponentials.TanhAndSlope>(
                ref Unsafe.As<T, float>(ref x),
                ref Unsafe.As<T, float>(ref first),
                ref Unsafe.As<T, float>(ref second),
                count
            );
    }
}
