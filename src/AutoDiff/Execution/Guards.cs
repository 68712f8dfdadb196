using System.Numerics;
using System.Runtime.InteropServices;

namespace AutoDiff;

/// <summary>Watches the memory of a run: a step that changes anything but its targets and its scratch space is named.</summary>
/// <remarks>
/// Every block, of inputs, outputs and constants too, has a margin of guards on either side, and so has the end of each scratch space. A guard is NaN, so that
/// a step that reads one shows it in its result.
/// </remarks>
internal sealed class Guards<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many elements lie between blocks: more than the widest register holds.</summary>
    public const int Margin = 32;

    private readonly List<T[]> _shared;
    private readonly List<T[]> _scratch;
    private T[][] _before = [];

    /// <summary>Guards over a frame whose arrays are all in place; the workspace and scratch spaces are filled with guards.</summary>
    public Guards(Frame<T> frame)
    {
        _shared = [.. frame.Memory.Where((array, slot) => array is not null && slot != Frame<T>.Scratch)];
        _scratch = [frame.Memory[Frame<T>.Scratch], .. (frame.Team?.Frames ?? []).Select(helper => helper.Memory[Frame<T>.Scratch])];
        frame.Memory[Frame<T>.Workspace].AsSpan().Fill(T.NaN);
        foreach (var scratch in _scratch)
            scratch.AsSpan().Fill(T.NaN);
        Memory = frame.Memory;
    }

    private T[][] Memory { get; }

    /// <summary>Puts a padded copy in the place of each array.</summary>
    public static void Pad(Span<T[]> arrays)
    {
        foreach (ref var array in arrays)
            array = Padded(array);
    }

    /// <summary>Copies what lies between the margins to the arrays.</summary>
    public static void Unpad(ReadOnlySpan<T[]> padded, ReadOnlySpan<T[]> arrays)
    {
        for (var i = 0; i < arrays.Length; i++)
            padded[i].AsSpan(Margin, arrays[i].Length).CopyTo(arrays[i]);
    }

    /// <summary>A copy with guards on either side.</summary>
    public static T[] Padded(T[] values)
    {
        var padded = new T[values.Length + (2 * Margin)];
        Array.Fill(padded, T.NaN);
        values.CopyTo(padded, Margin);
        return padded;
    }

    /// <summary>Notes what there is before a step.</summary>
    public void Before() => _before = [.. _shared.Concat(_scratch).Select(array => (T[])array.Clone())];

    /// <summary>Compares with what there was.</summary>
    /// <exception cref="InvalidOperationException">The step wrote where it must not: a fault of the step.</exception>
    public void After(Step<T> step)
    {
        for (var i = 0; i < _before.Length; i++)
        {
            var (before, after) = (_before[i], i < _shared.Count ? _shared[i] : _scratch[i - _shared.Count]);
            // What may change is taken over, and then all must be equal.
            if (i >= _shared.Count)
                after.AsSpan(0, step.ScratchSize).CopyTo(before);
            else
            {
                Permit(step.Target, before, after);
                foreach (var target in step.OtherTargets)
                    Permit(target, before, after);
            }
            var left = MemoryMarshal.AsBytes(before.AsSpan());
            var equal = left.CommonPrefixLength(MemoryMarshal.AsBytes(after.AsSpan()));
            if (equal < left.Length)
                throw new InvalidOperationException(
                    $"[Plan] the step \"{step}\" changed element {equal / System.Runtime.CompilerServices.Unsafe.SizeOf<T>()} of {after.Length} of {(i < _shared.Count ? "a block that is not its target" : "its scratch space, past the end")}"
                );
        }
    }

    private void Permit(Storage target, T[] before, T[] after)
    {
        if (ReferenceEquals(Memory[target.Slot], after))
            after.AsSpan(target.Start, target.Size).CopyTo(before.AsSpan(target.Start));
    }
}
