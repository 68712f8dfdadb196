using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Benchmarks;

/// <summary>What one core of this machine can do at most, measured.</summary>
/// <param name="Gigaflops">Double-precision operations a nanosecond, of fused multiply-adds in registers; single precision has twice as many lanes.</param>
/// <param name="Gigabytes">Bytes read and written a nanosecond, of a copy too large for the caches.</param>
internal readonly record struct Peak(double Gigaflops, double Gigabytes)
{
    private const int Rounds = 20_000;
    private const int Accumulators = 12; // latency 4 × 2 units is 8; and 12, factor and summand still fit 16 registers
    private const int CopyBytes = 128 << 20;
    private const double Seconds = 0.2;

    /// <summary>The peak, measured and said.</summary>
    public static Peak Announced()
    {
        var peak = Measure();
        Terminal.Say($"one core at most: {peak.Gigaflops:0} GFLOP/s in double precision, {peak.Gigabytes:0} GB/s copied");
        return peak;
    }

    private static Peak Measure()
    {
        var lanes = Vector512.IsHardwareAccelerated ? Vector512<double>.Count : Vector256<double>.Count;
        var sink = 0.0;
        var fused = Clock.Time(
            Vector512.IsHardwareAccelerated
                ? () => sink += Fused<Vector512<double>, Wide>()
                : () => sink += Fused<Vector256<double>, Narrow>(),
            Seconds
        );
        var (from, to) = (new byte[CopyBytes], new byte[CopyBytes]);
        var copied = Clock.Time(() => from.AsSpan().CopyTo(to), Seconds);
        GC.KeepAlive(sink);
        return new(2.0 * lanes * Accumulators * Rounds / (fused.Microseconds * 1e3), 2.0 * CopyBytes / (copied.Microseconds * 1e3));
    }

    /// <summary>Chains of fused multiply-adds, independent of each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Fused<V, F>()
        where V : struct
        where F : IFused<V>
    {
        var (x, y) = (F.Of(0.999), F.Of(0.001));
        var (a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11) = (x, x, x, x, x, x, x, x, x, x, x, x);
        for (var i = 0; i < Rounds; i++)
        {
            a0 = F.Next(a0, x, y);
            a1 = F.Next(a1, x, y);
            a2 = F.Next(a2, x, y);
            a3 = F.Next(a3, x, y);
            a4 = F.Next(a4, x, y);
            a5 = F.Next(a5, x, y);
            a6 = F.Next(a6, x, y);
            a7 = F.Next(a7, x, y);
            a8 = F.Next(a8, x, y);
            a9 = F.Next(a9, x, y);
            a10 = F.Next(a10, x, y);
            a11 = F.Next(a11, x, y);
        }
        return F.Sum(a0)
            + F.Sum(a1)
            + F.Sum(a2)
            + F.Sum(a3)
            + F.Sum(a4)
            + F.Sum(a5)
            + F.Sum(a6)
            + F.Sum(a7)
            + F.Sum(a8)
            + F.Sum(a9)
            + F.Sum(a10)
            + F.Sum(a11);
    }

    private interface IFused<V>
    {
        static abstract V Of(double value);
        static abstract V Next(V a, V x, V y);
        static abstract double Sum(V a);
    }

    private readonly struct Wide : IFused<Vector512<double>>
    {
        public static Vector512<double> Of(double value) => Vector512.Create(value);

        public static Vector512<double> Next(Vector512<double> a, Vector512<double> x, Vector512<double> y) =>
            Vector512.FusedMultiplyAdd(a, x, y);

        public static double Sum(Vector512<double> a) => Vector512.Sum(a);
    }

    private readonly struct Narrow : IFused<Vector256<double>>
    {
        public static Vector256<double> Of(double value) => Vector256.Create(value);

        public static Vector256<double> Next(Vector256<double> a, Vector256<double> x, Vector256<double> y) =>
            Vector256.FusedMultiplyAdd(a, x, y);

        public static double Sum(Vector256<double> a) => Vector256.Sum(a);
    }
}
