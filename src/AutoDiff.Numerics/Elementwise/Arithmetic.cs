using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>The functions of one argument that IEEE 754 defines exactly or rounds correctly.</summary>
internal static class Arithmetic<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>−x.</summary>
    public readonly struct Negate : IMap<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, T> => -x;
    }

    /// <summary>|x|.</summary>
    public readonly struct Abs : IMap<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.Abs(x);
    }

    /// <summary>−1, 0 or 1; NaN of NaN.</summary>
    public readonly struct Sign : IMap<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, T> =>
            TPacked.Select(
                TPacked.IsLess(TPacked.Of(T.Zero), TPacked.Abs(x)),
                (x & TPacked.Of(T.NegativeZero)) | TPacked.Of(T.One),
                x + TPacked.Of(T.Zero)
            );
    }

    /// <summary>x².</summary>
    public readonly struct Square : IMap<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, T> => x * x;
    }

    /// <summary>√x.</summary>
    public readonly struct Sqrt : IMap<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.Sqrt(x);
    }

    /// <summary>1 ⁄ x.</summary>
    public readonly struct Reciprocal : IMap<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.Of(T.One) / x;
    }

    /// <summary>max(x, 0).</summary>
    public readonly struct Relu : IMap<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.Max(x, TPacked.Of(T.Zero));
    }

    /// <summary>The largest whole number that is not above x.</summary>
    public readonly struct Floor : IMap<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.Floor(x);
    }

    /// <summary>The nearest whole number, the even one of two.</summary>
    public readonly struct Round : IMap<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.Round(x);
    }
}
