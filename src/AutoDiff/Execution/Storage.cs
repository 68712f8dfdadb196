namespace AutoDiff;

/// <summary>Where a storage's elements live.</summary>
internal enum StorageKind
{
    /// <summary>In the frame's workspace, shared with storages of other lifetimes.</summary>
    Workspace,

    /// <summary>In the workspace of the steps that run once, when the plan is made.</summary>
    Temporary,

    /// <summary>In an array of its own that the plan keeps: computed once, from constants.</summary>
    Kept,

    /// <summary>In a caller's or a constant's array.</summary>
    External,
}

/// <summary>A contiguous block of elements while a plan is made: its lifetime in steps and, once allocated, its place.</summary>
internal sealed class Storage(int size, StorageKind kind)
{
    private Storage? _mergedInto;

    public int Size { get; } = size;

    public StorageKind Kind { get; set; } = kind;

    /// <summary>The first step that writes it.</summary>
    public int First { get; set; } = int.MaxValue;

    /// <summary>The last step that reads or writes it.</summary>
    public int Last { get; set; } = -1;

    /// <summary>Another storage whose lifetime ends at the same step, while places are given.</summary>
    public Storage? NextEnding { get; set; }

    /// <summary>The position of its array in a frame's memory.</summary>
    public int Slot { get; set; }

    /// <summary>The position of its first element in that array.</summary>
    public int Start { get; set; }

    /// <summary>The storage whose place this one takes over, itself where none.</summary>
    public Storage Root
    {
        get
        {
            var root = this;
            while (root._mergedInto is { } next)
                root = next;
            // Compress, so that long chains of in-place steps stay linear.
            for (var at = this; at._mergedInto is { } next; at = next)
                at._mergedInto = root == next ? next : root;
            return root;
        }
    }

    /// <summary>Whether it is of the given kind and nothing reads it after step <paramref name="step"/>.</summary>
    public bool DiesAt(StorageKind kind, int step) => Kind == kind && Root.Last == step;

    /// <summary>Takes the place that the storage it overwrites was given.</summary>
    public void Settle() => (Slot, Start) = (Root.Slot, Root.Start);

    /// <summary>Lets this storage overwrite <paramref name="other"/>, whose lifetime ends where this one's begins.</summary>
    public void TakeOver(Storage other)
    {
        _mergedInto = other.Root;
        _mergedInto.Last = Math.Max(_mergedInto.Last, Last);
    }
}
