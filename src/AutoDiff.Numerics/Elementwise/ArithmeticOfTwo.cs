using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>The functions of two arguments that IEEE 754 defines exactly or rounds correctly.</summary>
internal static class ArithmeticOfTwo<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>x + y.</summary>
    public readonly struct Add : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => x + y;
    }

    /// <summary>x − y.</summary>
    public readonly struct Subtract : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => x - y;
    }

    /// <summary>x · y.</summary>
    public readonly struct Multiply : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => x * y;
    }

    /// <summary>x ⁄ y.</summary>
    public readonly struct Divide : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => x / y;
    }

    /// <summary>The larger; NaN where either is.</summary>
    public readonly struct Maximum : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.Max(x, y);
    }

    /// <summary>The smaller; NaN where either is.</summary>
    public readonly struct Minimum : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.Min(x, y);
    }

    /// <summary>1 where x = y, else 0.</summary>
    public readonly struct Equal : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.IsEqual(x, y) & TPacked.Of(T.One);
    }

    /// <summary>1 where x ≠ y, else 0.</summary>
    public readonly struct NotEqual : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => ~TPacked.IsEqual(x, y) & TPacked.Of(T.One);
    }

    /// <summary>1 where x &lt; y, else 0.</summary>
    public readonly struct Less : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.IsLess(x, y) & TPacked.Of(T.One);
    }

    /// <summary>1 where x ≤ y, else 0.</summary>
    public readonly struct LessOrEqual : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.IsLessOrEqual(x, y) & TPacked.Of(T.One);
    }

    /// <summary>1 where x &gt; y, else 0.</summary>
    public readonly struct Greater : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.IsLess(y, x) & TPacked.Of(T.One);
    }

    /// <summary>1 where x ≥ y, else 0.</summary>
    public readonly struct GreaterOrEqual : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.IsLessOrEqual(y, x) & TPacked.Of(T.One);
    }
}
