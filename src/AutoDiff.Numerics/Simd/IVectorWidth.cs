namespace AutoDiff.Numerics;

/// <summary>The vector operations of the matrix kernels at one width, so that a kernel is written once for all widths.</summary>
internal unsafe interface IVectorWidth<T, TVector>
    where T : unmanaged
    where TVector : unmanaged
{
    /// <summary>How many elements a vector holds.</summary>
    static abstract int Count { get; }

    /// <summary>How many rows a tile of so many vectors takes: what the registers hold, a vector for the right matrix's columns and one for the left's element apart.</summary>
    static abstract int Rows(int vectors);

    static abstract TVector Zero { get; }

    static abstract TVector Broadcast(T x);

    static abstract TVector Load(T* from);

    static abstract void Store(TVector x, T* to);

    /// <summary>Selects the first <paramref name="count"/> elements of a vector.</summary>
    static abstract TVector Mask(int count);

    /// <summary>The elements that a mask selects, zeros elsewhere; nothing else is touched.</summary>
    static abstract TVector Load(T* from, TVector mask, int count);

    /// <summary>Stores the first <paramref name="count"/> &lt; <see cref="Count"/> elements; nothing else is touched.</summary>
    static abstract void Store(TVector x, T* to, int count);

    static abstract TVector Add(TVector x, TVector y);

    static abstract TVector Subtract(TVector x, TVector y);

    static abstract TVector Multiply(TVector x, TVector y);

    /// <summary>x·y + z, fused where the machine does that.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector z);

    /// <summary>The sum of a vector's elements: its halves added to each other until one element is left.</summary>
    static abstract T Sum(TVector x);
}
