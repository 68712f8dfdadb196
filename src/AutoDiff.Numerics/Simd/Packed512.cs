using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiff.Numerics;

/// <summary>A register of 512 bits.</summary>
internal readonly unsafe struct Packed512<T>(Vector512<T> value) : IPacked<Packed512<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector512<T> _value = value;

    public static int Count => Vector512<T>.Count;

    [MethodImpl(Inline)]
    public static Packed512<T> operator +(Packed512<T> x, Packed512<T> y) => new(x._value + y._value);

    [MethodImpl(Inline)]
    public static Packed512<T> operator -(Packed512<T> x, Packed512<T> y) => new(x._value - y._value);

    [MethodImpl(Inline)]
    public static Packed512<T> operator *(Packed512<T> x, Packed512<T> y) => new(x._value * y._value);

    [MethodImpl(Inline)]
    public static Packed512<T> operator /(Packed512<T> x, Packed512<T> y) => new(x._value / y._value);

    [MethodImpl(Inline)]
    public static Packed512<T> operator -(Packed512<T> x) => new(-x._value);

    [MethodImpl(Inline)]
    public static Packed512<T> operator &(Packed512<T> x, Packed512<T> y) => new(x._value & y._value);

    [MethodImpl(Inline)]
    public static Packed512<T> operator |(Packed512<T> x, Packed512<T> y) => new(x._value | y._value);

    [MethodImpl(Inline)]
    public static Packed512<T> operator ^(Packed512<T> x, Packed512<T> y) => new(x._value ^ y._value);

    [MethodImpl(Inline)]
    public static Packed512<T> operator ~(Packed512<T> x) => new(~x._value);

    [MethodImpl(Inline)]
    public static Packed512<T> Of(T value) => new(Vector512.Create(value));

    [MethodImpl(Inline)]
    public static Packed512<T> OfBits(long bits) =>
        new(sizeof(T) == sizeof(double) ? Vector512.Create(bits).As<long, T>() : Vector512.Create((int)bits).As<int, T>());

    [MethodImpl(Inline)]
    public static Packed512<T> Load(ref T from, nuint offset) => new(Vector512.LoadUnsafe(ref from, offset));

    [MethodImpl(Inline)]
    public static void Store(Packed512<T> x, ref T to, nuint offset) => x._value.StoreUnsafe(ref to, offset);

    [MethodImpl(Inline)]
    public static Packed512<T> LoadPart(ref T from, int count)
    {
        var half = Vector256<T>.Count;
        var lower = count >= half ? Vector256.LoadUnsafe(ref from) : Packed256<T>.LoadPart(ref from, count).Value;
        var upper = count > half ? Packed256<T>.LoadPart(ref Unsafe.Add(ref from, half), count - half).Value : default;
        return new(Vector512.Create(lower, upper));
    }

    [MethodImpl(Inline)]
    public static void StorePart(Packed512<T> x, ref T to, int count)
    {
        var (half, lower, upper) = (Vector256<T>.Count, x._value.GetLower(), x._value.GetUpper());
        if (count < half)
        {
            Packed256<T>.StorePart(new(lower), ref to, count);
            return;
        }
        lower.StoreUnsafe(ref to);
        Packed256<T>.StorePart(new(upper), ref Unsafe.Add(ref to, half), count - half);
    }

    [MethodImpl(Inline)]
    public static Packed512<T> Fused(Packed512<T> x, Packed512<T> y, Packed512<T> z) =>
        sizeof(T) == sizeof(double)
            ? new(Vector512.FusedMultiplyAdd(x._value.AsDouble(), y._value.AsDouble(), z._value.AsDouble()).As<double, T>())
            : new(Vector512.FusedMultiplyAdd(x._value.AsSingle(), y._value.AsSingle(), z._value.AsSingle()).As<float, T>());

    [MethodImpl(Inline)]
    public static Packed512<T> Abs(Packed512<T> x) => new(Vector512.Abs(x._value));

    [MethodImpl(Inline)]
    public static Packed512<T> Sqrt(Packed512<T> x) => new(Vector512.Sqrt(x._value));

    [MethodImpl(Inline)]
    public static Packed512<T> Floor(Packed512<T> x) =>
        sizeof(T) == sizeof(double)
            ? new(Vector512.Floor(x._value.AsDouble()).As<double, T>())
            : new(Vector512.Floor(x._value.AsSingle()).As<float, T>());

    [MethodImpl(Inline)]
    public static Packed512<T> Round(Packed512<T> x) =>
        sizeof(T) == sizeof(double)
            ? new(Vector512.Round(x._value.AsDouble()).As<double, T>())
            : new(Vector512.Round(x._value.AsSingle()).As<float, T>());

    [MethodImpl(Inline)]
    public static Packed512<T> Max(Packed512<T> x, Packed512<T> y) => new(Vector512.Max(x._value, y._value));

    [MethodImpl(Inline)]
    public static Packed512<T> Min(Packed512<T> x, Packed512<T> y) => new(Vector512.Min(x._value, y._value));

    [MethodImpl(Inline)]
    public static Packed512<T> Lesser(Packed512<T> x, Packed512<T> y) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(x._value, y._value), x._value, y._value));

    [MethodImpl(Inline)]
    public static Packed512<T> Greater(Packed512<T> x, Packed512<T> y) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(x._value, y._value), x._value, y._value));

    [MethodImpl(Inline)]
    public static Packed512<T> IsEqual(Packed512<T> x, Packed512<T> y) => new(Vector512.Equals(x._value, y._value));

    [MethodImpl(Inline)]
    public static Packed512<T> IsLess(Packed512<T> x, Packed512<T> y) => new(Vector512.LessThan(x._value, y._value));

    [MethodImpl(Inline)]
    public static Packed512<T> IsLessOrEqual(Packed512<T> x, Packed512<T> y) => new(Vector512.LessThanOrEqual(x._value, y._value));

    [MethodImpl(Inline)]
    public static bool All(Packed512<T> mask) => Vector512.ExtractMostSignificantBits(mask._value) == ulong.MaxValue >> (64 - Count);

    [MethodImpl(Inline)]
    public static Packed512<T> Select(Packed512<T> mask, Packed512<T> whenTrue, Packed512<T> whenFalse) =>
        new(Vector512.ConditionalSelect(mask._value, whenTrue._value, whenFalse._value));

    [MethodImpl(Inline)]
    public static Packed512<T> AddBits(Packed512<T> x, Packed512<T> y) =>
        sizeof(T) == sizeof(double)
            ? new((x._value.AsInt64() + y._value.AsInt64()).As<long, T>())
            : new((x._value.AsInt32() + y._value.AsInt32()).As<int, T>());

    [MethodImpl(Inline)]
    public static Packed512<T> SubtractBits(Packed512<T> x, Packed512<T> y) =>
        sizeof(T) == sizeof(double)
            ? new((x._value.AsInt64() - y._value.AsInt64()).As<long, T>())
            : new((x._value.AsInt32() - y._value.AsInt32()).As<int, T>());

    [MethodImpl(Inline)]
    public static Packed512<T> IsEqualBits(Packed512<T> x, Packed512<T> y) =>
        sizeof(T) == sizeof(double)
            ? new(Vector512.Equals(x._value.AsInt64(), y._value.AsInt64()).As<long, T>())
            : new(Vector512.Equals(x._value.AsInt32(), y._value.AsInt32()).As<int, T>());

    [MethodImpl(Inline)]
    public static Packed512<T> ShiftLeft(Packed512<T> x, int count) =>
        sizeof(T) == sizeof(double) ? new((x._value.AsInt64() << count).As<long, T>()) : new((x._value.AsInt32() << count).As<int, T>());

    [MethodImpl(Inline)]
    public static Packed512<T> ShiftRight(Packed512<T> x, int count) =>
        sizeof(T) == sizeof(double) ? new((x._value.AsInt64() >>> count).As<long, T>()) : new((x._value.AsInt32() >>> count).As<int, T>());

    [MethodImpl(Inline)]
    public static Packed512<T> MultiplyHalves(Packed512<T> x, Packed512<T> y)
    {
        if (Avx512F.IsSupported)
            return new(Avx512F.Multiply(x._value.AsUInt32(), y._value.AsUInt32()).As<ulong, T>());
        var half = Vector512.Create((ulong)uint.MaxValue);
        return new(((x._value.AsUInt64() & half) * (y._value.AsUInt64() & half)).As<ulong, T>());
    }

    [MethodImpl(Inline)]
    public static Packed512<T> SwapPairs(Packed512<T> x) =>
        new(Vector512.Shuffle(x._value.AsInt64(), Vector512.Create(1L, 0, 3, 2, 5, 4, 7, 6)).As<long, T>());

    [MethodImpl(Inline)]
    public static Packed512<T> ThroughDoubles<TFunction>(Packed512<T> x)
        where TFunction : struct, IMap<double>
    {
        var (lower, upper) = Vector512.Widen(x._value.AsSingle());
        var first = TFunction.Invoke<Packed512<double>>(new(lower));
        var last = TFunction.Invoke<Packed512<double>>(new(upper));
        return new(Vector512.Narrow(first._value, last._value).As<float, T>());
    }

    [MethodImpl(Inline)]
    public static Packed512<T> ThroughDoubles<TFunction>(Packed512<T> x, Packed512<T> y)
        where TFunction : struct, IZip<double>
    {
        var (lowerX, upperX) = Vector512.Widen(x._value.AsSingle());
        var (lowerY, upperY) = Vector512.Widen(y._value.AsSingle());
        var first = TFunction.Invoke<Packed512<double>>(new(lowerX), new(lowerY));
        var last = TFunction.Invoke<Packed512<double>>(new(upperX), new(upperY));
        return new(Vector512.Narrow(first._value, last._value).As<float, T>());
    }
}
