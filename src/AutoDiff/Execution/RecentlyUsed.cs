using System.Collections.Immutable;

namespace AutoDiff;

/// <summary>A bounded number of values found by what they fit: where one more is added, the one used longest ago makes room.</summary>
/// <remarks>Many threads may look up and add at once, and a lookup takes no lock. What makes room lives on with those who hold it.</remarks>
internal sealed class RecentlyUsed<T>(int capacity)
    where T : class
{
    private readonly Lock _adding = new();
    private ImmutableArray<Slot> _slots = [];
    private long _time;

    /// <summary>The value that fits, now the last used; null where none does.</summary>
    public T? Find<TSought>(TSought sought, Func<T, TSought, bool> fits)
    {
        foreach (var slot in _slots)
        {
            if (!fits(slot.Value, sought))
                continue;
            // The last used stays so without a write that other threads would wait for.
            if (Volatile.Read(ref slot.Used) != Volatile.Read(ref _time))
                Volatile.Write(ref slot.Used, Interlocked.Increment(ref _time));
            return slot.Value;
        }
        return null;
    }

    /// <summary>Adds what was made because nothing fitted, and gives it; or the value that another thread has added since.</summary>
    public T Add<TSought>(T made, TSought sought, Func<T, TSought, bool> fits)
    {
        lock (_adding)
        {
            if (Find(sought, fits) is { } other)
                return other;
            var slots = _slots;
            if (slots.Length == capacity)
                slots = slots.Remove(slots.MinBy(slot => Volatile.Read(ref slot.Used))!);
            _slots = slots.Add(new(made) { Used = Interlocked.Increment(ref _time) });
            return made;
        }
    }

    private sealed class Slot(T value)
    {
        public readonly T Value = value;
        public long Used;
    }
}
