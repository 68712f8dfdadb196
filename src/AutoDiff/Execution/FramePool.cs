namespace AutoDiff;

/// <summary>Frames at rest, rented and given back without locks.</summary>
internal sealed class FramePool<T>
    where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
{
    private readonly Frame<T>?[] _slots = new Frame<T>?[Math.Max(16, 2 * Environment.ProcessorCount)];

    /// <summary>A frame that nobody else uses, or null where all are in use.</summary>
    public Frame<T>? Rent()
    {
        foreach (ref var slot in _slots.AsSpan())
        {
            if (Volatile.Read(ref slot) is not null && Interlocked.Exchange(ref slot, null) is { } frame)
                return frame;
        }
        return null;
    }

    /// <summary>Takes a frame back; it is dropped where there is no room.</summary>
    public void Return(Frame<T> frame)
    {
        foreach (ref var slot in _slots.AsSpan())
        {
            if (Volatile.Read(ref slot) is null && Interlocked.CompareExchange(ref slot, frame, null) is null)
                return;
        }
    }
}
