using System.Buffers;

namespace AutoDiff.Numerics;

/// <summary>An array of at least a length from the shared pool, with whatever it held before; given back at the end of its scope.</summary>
internal readonly struct Rented(int length) : IDisposable
{
    /// <summary>The array.</summary>
    public double[] Array { get; } = ArrayPool<double>.Shared.Rent(length);

    /// <summary>Its first elements, as many as were asked for.</summary>
    public Span<double> Span => Array.AsSpan(0, length);

    /// <summary>The same as memory.</summary>
    public Memory<double> Memory => Array.AsMemory(0, length);

    public void Dispose() => ArrayPool<double>.Shared.Return(Array);
}
