using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using static System.Buffers.Binary.BinaryPrimitives;

namespace AutoDiff.Data;

/// <summary>How one number of an IDX file becomes a double, and back.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Decode">Makes doubles of bytes in the machine's order.</param>
/// <param name="Encode">Makes bytes in the machine's order, and gives the position of the first double that the type does not hold, or −1.</param>
internal sealed record IdxElement(IdxType Type, int Size, IdxElement.Decoder Decode, IdxElement.Encoder Encode)
{
    public delegate void Decoder(ReadOnlySpan<byte> bytes, Span<double> values);

    public delegate int Encoder(ReadOnlySpan<double> values, Span<byte> bytes);

    public static ImmutableArray<IdxElement> All { get; } =
    [
        new(IdxType.Byte, 1, Widened<byte>, Whole<byte>),
        new(IdxType.SByte, 1, Widened<sbyte>, Whole<sbyte>),
        new(IdxType.Int16, 2, Widened<short>, Whole<short>),
        new(IdxType.Int32, 4, Widened<int>, Whole<int>),
        new(IdxType.Single, 4, Widened<float>, Rounded),
        // Bits and all: a conversion would quiet a signalling NaN.
        new(IdxType.Double, 8, (bytes, values) => bytes.CopyTo(MemoryMarshal.AsBytes(values)), Copied),
    ];

    public static IdxElement? Of(IdxType type) => All.FirstOrDefault(element => element.Type == type);

    /// <summary>Turns bytes from the file's order to the machine's, or back.</summary>
    public void Swap(Span<byte> bytes)
    {
        if (!BitConverter.IsLittleEndian)
            return;
        if (Size == 2)
            ReverseEndianness(MemoryMarshal.Cast<byte, ushort>(bytes), MemoryMarshal.Cast<byte, ushort>(bytes));
        else if (Size == 4)
            ReverseEndianness(MemoryMarshal.Cast<byte, uint>(bytes), MemoryMarshal.Cast<byte, uint>(bytes));
        else if (Size == 8)
            ReverseEndianness(MemoryMarshal.Cast<byte, ulong>(bytes), MemoryMarshal.Cast<byte, ulong>(bytes));
    }

    private static void Widened<T>(ReadOnlySpan<byte> bytes, Span<double> values)
        where T : unmanaged, INumberBase<T>
    {
        var items = MemoryMarshal.Cast<byte, T>(bytes);
        for (var i = 0; i < items.Length; i++)
            values[i] = double.CreateTruncating(items[i]);
    }

    private static int Whole<T>(ReadOnlySpan<double> values, Span<byte> bytes)
        where T : unmanaged, IBinaryInteger<T>
    {
        var items = MemoryMarshal.Cast<byte, T>(bytes);
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = T.CreateSaturating(values[i]);
            if (double.CreateTruncating(items[i]) != values[i])
                return i;
        }
        return -1;
    }

    private static int Rounded(ReadOnlySpan<double> values, Span<byte> bytes)
    {
        var items = MemoryMarshal.Cast<byte, float>(bytes);
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = (float)values[i];
            if (!float.IsFinite(items[i]) && double.IsFinite(values[i]))
                return i;
        }
        return -1;
    }

    private static int Copied(ReadOnlySpan<double> values, Span<byte> bytes)
    {
        MemoryMarshal.AsBytes(values).CopyTo(bytes);
        return -1;
    }
}
