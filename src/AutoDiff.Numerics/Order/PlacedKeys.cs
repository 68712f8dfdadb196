using System.Runtime.InteropServices;

namespace AutoDiff.Numerics;

/// <summary>Keys, and beside each the place that it came from.</summary>
internal readonly ref struct PlacedKeys<TKey>
    where TKey : unmanaged
{
    /// <summary>Keys and places in blocks of bytes.</summary>
    public PlacedKeys(Span<byte> keys, Span<byte> places)
    {
        Keys = MemoryMarshal.Cast<byte, TKey>(keys);
        Places = MemoryMarshal.Cast<byte, int>(places);
    }

    private PlacedKeys(Span<TKey> keys, Span<int> places)
    {
        Keys = keys;
        Places = places;
    }

    /// <summary>The keys.</summary>
    public Span<TKey> Keys { get; }

    /// <summary>The places.</summary>
    public Span<int> Places { get; }

    /// <summary>The first <paramref name="length"/>.</summary>
    public PlacedKeys<TKey> First(int length) => new(Keys[..length], Places[..length]);

    /// <summary>Copies all.</summary>
    public void CopyTo(PlacedKeys<TKey> other)
    {
        Keys.CopyTo(other.Keys);
        Places.CopyTo(other.Places);
    }
}
