using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiff.Numerics;

/// <summary>A register of 256 bits.</summary>
internal readonly unsafe struct Packed256<T>(Vector256<T> value) : IPacked<Packed256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector256<T> _value = value;

    public Vector256<T> Value => _value;

    public static int Count => Vector256<T>.Count;

    [MethodImpl(Inline)]
    public static Packed256<T> operator +(Packed256<T> x, Packed256<T> y) => new(x._value + y._value);

    [MethodImpl(Inline)]
    public static Packed256<T> operator -(Packed256<T> x, Packed256<T> y) => new(x._value - y._value);

    [MethodImpl(Inline)]
    public static Packed256<T> operator *(Packed256<T> x, Packed256<T> y) => new(x._value * y._value);

    [MethodImpl(Inline)]
    public static Packed256<T> operator /(Packed256<T> x, Packed256<T> y) => new(x._value / y._value);

    [MethodImpl(Inline)]
    public static Packed256<T> operator -(Packed256<T> x) => new(-x._value);

    [MethodImpl(Inline)]
    public static Packed256<T> operator &(Packed256<T> x, Packed256<T> y) => new(x._value & y._value);

    [MethodImpl(Inline)]
    public static Packed256<T> operator |(Packed256<T> x, Packed256<T> y) => new(x._value | y._value);

    [MethodImpl(Inline)]
    public static Packed256<T> operator ^(Packed256<T> x, Packed256<T> y) => new(x._value ^ y._value);

    [MethodImpl(Inline)]
    public static Packed256<T> operator ~(Packed256<T> x) => new(~x._value);

    [MethodImpl(Inline)]
    public static Packed256<T> Of(T value) => new(Vector256.Create(value));

    [MethodImpl(Inline)]
    public static Packed256<T> OfBits(long bits) =>
        new(sizeof(T) == sizeof(double) ? Vector256.Create(bits).As<long, T>() : Vector256.Create((int)bits).As<int, T>());

    [MethodImpl(Inline)]
    public static Packed256<T> Load(ref T from, nuint offset) => new(Vector256.LoadUnsafe(ref from, offset));

    [MethodImpl(Inline)]
    public static void Store(Packed256<T> x, ref T to, nuint offset) => x._value.StoreUnsafe(ref to, offset);

    [MethodImpl(Inline)]
    public static Packed256<T> LoadPart(ref T from, int count)
    {
        if (Avx.IsSupported)
        {
            fixed (T* at = &from)
                return sizeof(T) == sizeof(double)
                    ? new(
                        Avx.MaskLoad((double*)at, Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)count)).AsDouble())
                            .As<double, T>()
                    )
                    : new(
                        Avx.MaskLoad((float*)at, Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle())
                            .As<float, T>()
                    );
        }
        Vector256<T> whole = default;
        Unsafe.CopyBlockUnaligned(
            ref Unsafe.As<Vector256<T>, byte>(ref whole),
            ref Unsafe.As<T, byte>(ref from),
            (uint)(count * sizeof(T))
        );
        return new(whole);
    }

    /// <remarks>In halves and quarters: a masked store of 256 bits costs some processors tens of cycles.</remarks>
    [MethodImpl(Inline)]
    public static void StorePart(Packed256<T> x, ref T to, int count)
    {
        var rest = x._value.GetLower();
        if ((count & (Vector256<T>.Count / 2)) != 0)
        {
            rest.StoreUnsafe(ref to);
            to = ref Unsafe.Add(ref to, Vector256<T>.Count / 2);
            rest = x._value.GetUpper();
        }
        if (sizeof(T) == sizeof(float) && (count & 2) != 0)
        {
            rest.GetLower().StoreUnsafe(ref to);
            to = ref Unsafe.Add(ref to, 2);
            rest = Vector128.Create(rest.GetUpper(), rest.GetUpper());
        }
        if ((count & 1) != 0)
            to = rest.ToScalar();
    }

    [MethodImpl(Inline)]
    public static Packed256<T> Fused(Packed256<T> x, Packed256<T> y, Packed256<T> z) =>
        sizeof(T) == sizeof(double)
            ? new(Vector256.FusedMultiplyAdd(x._value.AsDouble(), y._value.AsDouble(), z._value.AsDouble()).As<double, T>())
            : new(Vector256.FusedMultiplyAdd(x._value.AsSingle(), y._value.AsSingle(), z._value.AsSingle()).As<float, T>());

    [MethodImpl(Inline)]
    public static Packed256<T> Abs(Packed256<T> x) => new(Vector256.Abs(x._value));

    [MethodImpl(Inline)]
    public static Packed256<T> Sqrt(Packed256<T> x) => new(Vector256.Sqrt(x._value));

    [MethodImpl(Inline)]
    public static Packed256<T> Floor(Packed256<T> x) =>
        sizeof(T) == sizeof(double)
            ? new(Vector256.Floor(x._value.AsDouble()).As<double, T>())
            : new(Vector256.Floor(x._value.AsSingle()).As<float, T>());

    [MethodImpl(Inline)]
    public static Packed256<T> Round(Packed256<T> x) =>
        sizeof(T) == sizeof(double)
            ? new(Vector256.Round(x._value.AsDouble()).As<double, T>())
            : new(Vector256.Round(x._value.AsSingle()).As<float, T>());

    [MethodImpl(Inline)]
    public static Packed256<T> Max(Packed256<T> x, Packed256<T> y) => new(Vector256.Max(x._value, y._value));

    [MethodImpl(Inline)]
    public static Packed256<T> Min(Packed256<T> x, Packed256<T> y) => new(Vector256.Min(x._value, y._value));

    [MethodImpl(Inline)]
    public static Packed256<T> Lesser(Packed256<T> x, Packed256<T> y) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(x._value, y._value), x._value, y._value));

    [MethodImpl(Inline)]
    public static Packed256<T> Greater(Packed256<T> x, Packed256<T> y) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(x._value, y._value), x._value, y._value));

    [MethodImpl(Inline)]
    public static Packed256<T> IsEqual(Packed256<T> x, Packed256<T> y) => new(Vector256.Equals(x._value, y._value));

    [MethodImpl(Inline)]
    public static Packed256<T> IsLess(Packed256<T> x, Packed256<T> y) => new(Vector256.LessThan(x._value, y._value));

    [MethodImpl(Inline)]
    public static Packed256<T> IsLessOrEqual(Packed256<T> x, Packed256<T> y) => new(Vector256.LessThanOrEqual(x._value, y._value));

    [MethodImpl(Inline)]
    public static bool All(Packed256<T> mask) => Vector256.ExtractMostSignificantBits(mask._value) == (1u << Count) - 1;

    [MethodImpl(Inline)]
    public static Packed256<T> Select(Packed256<T> mask, Packed256<T> whenTrue, Packed256<T> whenFalse) =>
        new(Vector256.ConditionalSelect(mask._value, whenTrue._value, whenFalse._value));

    [MethodImpl(Inline)]
    public static Packed256<T> AddBits(Packed256<T> x, Packed256<T> y) =>
        sizeof(T) == sizeof(double)
            ? new((x._value.AsInt64() + y._value.AsInt64()).As<long, T>())
            : new((x._value.AsInt32() + y._value.AsInt32()).As<int, T>());

    [MethodImpl(Inline)]
    public static Packed256<T> SubtractBits(Packed256<T> x, Packed256<T> y) =>
        sizeof(T) == sizeof(double)
            ? new((x._value.AsInt64() - y._value.AsInt64()).As<long, T>())
            : new((x._value.AsInt32() - y._value.AsInt32()).As<int, T>());

    [MethodImpl(Inline)]
    public static Packed256<T> IsEqualBits(Packed256<T> x, Packed256<T> y) =>
        sizeof(T) == sizeof(double)
            ? new(Vector256.Equals(x._value.AsInt64(), y._value.AsInt64()).As<long, T>())
            : new(Vector256.Equals(x._value.AsInt32(), y._value.AsInt32()).As<int, T>());

    [MethodImpl(Inline)]
    public static Packed256<T> ShiftLeft(Packed256<T> x, int count) =>
        sizeof(T) == sizeof(double) ? new((x._value.AsInt64() << count).As<long, T>()) : new((x._value.AsInt32() << count).As<int, T>());

    [MethodImpl(Inline)]
    public static Packed256<T> ShiftRight(Packed256<T> x, int count) =>
        sizeof(T) == sizeof(double) ? new((x._value.AsInt64() >>> count).As<long, T>()) : new((x._value.AsInt32() >>> count).As<int, T>());

    [MethodImpl(Inline)]
    public static Packed256<T> MultiplyHalves(Packed256<T> x, Packed256<T> y)
    {
        if (Avx2.IsSupported)
            return new(Avx2.Multiply(x._value.AsUInt32(), y._value.AsUInt32()).As<ulong, T>());
        var half = Vector256.Create((ulong)uint.MaxValue);
        return new(((x._value.AsUInt64() & half) * (y._value.AsUInt64() & half)).As<ulong, T>());
    }

    [MethodImpl(Inline)]
    public static Packed256<T> SwapPairs(Packed256<T> x) =>
        new(Vector256.Shuffle(x._value.AsInt64(), Vector256.Create(1L, 0, 3, 2)).As<long, T>());

    [MethodImpl(Inline)]
    public static Packed256<T> ThroughDoubles<TFunction>(Packed256<T> x)
        where TFunction : struct, IMap<double>
    {
        var (lower, upper) = Vector256.Widen(x._value.AsSingle());
        var first = TFunction.Invoke<Packed256<double>>(new(lower));
        var last = TFunction.Invoke<Packed256<double>>(new(upper));
        return new(Vector256.Narrow(first._value, last._value).As<float, T>());
    }

    [MethodImpl(Inline)]
    public static Packed256<T> ThroughDoubles<TFunction>(Packed256<T> x, Packed256<T> y)
        where TFunction : struct, IZip<double>
    {
        var (lowerX, upperX) = Vector256.Widen(x._value.AsSingle());
        var (lowerY, upperY) = Vector256.Widen(y._value.AsSingle());
        var first = TFunction.Invoke<Packed256<double>>(new(lowerX), new(lowerY));
        var last = TFunction.Invoke<Packed256<double>>(new(upperX), new(upperY));
        return new(Vector256.Narrow(first._value, last._value).As<float, T>());
    }
}
