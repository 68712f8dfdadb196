using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace AutoDiff;

/// <summary>The blocks of a contiguous tensor at whole-number indices.</summary>
internal sealed class GatherStep<T>(View source, View indices, Storage target, int batch, int length, int rest) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // A block far from the last is waited for: so many are asked for ahead, each up to what the processor then goes on asking for itself.
    private const int Ahead = 8;
    private const int MostAsked = 2048;

    // What is smaller lies in a cache, after a run at the latest.
    private const int NearBytes = 1 << 20;

    private readonly View[] _operands = [source, indices];
    private readonly int _ahead = source.Shape.Size > NearBytes / Unsafe.SizeOf<T>() ? Ahead : 0;

    public override Storage Target => target;

    public override ReadOnlySpan<View> Operands => _operands;

    public override long Traffic => indices.Shape.Size + (2L * target.Size);

    public override void Run(Frame<T> frame)
    {
        var (from, at) = (Array(frame, source.Storage), At(source));
        var picked = Array(frame, indices.Storage).AsSpan(At(indices), indices.Shape.Size);
        var (to, toAt) = (Array(frame, target), target.Start);
        var picks = picked.Length / Math.Max(1, batch);
        if (rest == 1) // a copy of one element would cost more than the element
        {
            PickElements(from.AsSpan(at, source.Shape.Size), picked, to.AsSpan(toAt, picked.Length), picks);
            return;
        }
        for (var i = 0; i < Math.Min(_ahead, picked.Length); i++)
            Ask(from.AsSpan(at, source.Shape.Size), i / picks, picked[i]);
        for (var i = 0; i < picked.Length; i++, toAt += rest)
        {
            if (_ahead > 0 && i + _ahead < picked.Length)
                Ask(from.AsSpan(at, source.Shape.Size), (i + _ahead) / picks, picked[i + _ahead]);
            var position = (i / picks * length) + Indices.Checked(double.CreateTruncating(picked[i]), length, nameof(Op.Gather));
            from.AsSpan(at + (position * rest), rest).CopyTo(to.AsSpan(toAt, rest));
        }
    }

    /// <summary>Asks for a block, unless there is none of its number, which is refused when its turn comes.</summary>
    private void Ask(ReadOnlySpan<T> from, int of, T index)
    {
        var position = int.CreateSaturating(index);
        if ((uint)position < (uint)length)
            Prefetch.Into(from.Slice(((of * length) + position) * rest, Math.Min(rest, MostAsked / Unsafe.SizeOf<T>())));
    }

    private void PickElements(ReadOnlySpan<T> from, ReadOnlySpan<T> picked, Span<T> to, int picks)
    {
        for (var start = 0; start < picked.Length; start += picks)
        {
            var row = from[..length];
            from = from[length..];
            for (var i = start; i < start + picks; i++)
                to[i] = row[Indices.Checked(double.CreateTruncating(picked[i]), length, nameof(Op.Gather))];
        }
    }

    public override string ToString() => $"Gather {indices.Shape} blocks of {rest}";
}

/// <summary>Blocks of a contiguous tensor added to a storage of zeros at whole-number indices, in order.</summary>
internal sealed class ScatterAddStep<T>(View updates, View indices, Storage target, int batch, int length, int rest) : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // So many updates of a block are added one after another; a block that gets more is compensated.
    private const int Chain = FoldKernel.Block;

    private readonly View[] _operands = [updates, indices];
    private readonly int _picks = indices.Shape.Size / Math.Max(1, batch);

    // For each block how many updates it gets, and beside the compensated blocks, which are few, what their additions round off.
    public override int ScratchSize => Long ? (int)Math.Min(int.MaxValue, Blocks + ((long)batch * (_picks / (Chain + 1)) * rest)) : 0;

    public override Storage Target => target;

    public override ReadOnlySpan<View> Operands => _operands;

    private bool Long => _picks > Chain && target.Size > 0;

    private int Blocks => target.Size / rest;

    private static T Full => T.CreateTruncating(Chain);

    public override void Run(Frame<T> frame)
    {
        var from = Array(frame, updates.Storage).AsSpan(At(updates), updates.Shape.Size);
        var picked = Array(frame, indices.Storage).AsSpan(At(indices), indices.Shape.Size);
        var to = Array(frame, target).AsSpan(target.Start, target.Size);
        var scratch = frame.Memory[Frame<T>.Scratch].AsSpan(0, ScratchSize);
        var compensates = Long;
        var counts = compensates ? scratch[..Blocks] : default;
        var lost = scratch[counts.Length..];
        to.Clear();
        lost.Clear();
        if (compensates)
            Count(picked, counts);
        for (var b = 0; b < batch; b++)
        {
            foreach (var index in picked[.._picks])
            {
                var position = (b * length) + Position(index);
                if (compensates && counts[position] > Full)
                {
                    var place = (int.CreateTruncating(counts[position]) - Chain - 1) * rest;
                    CompensatedSums<T>.Add(to.Slice(position * rest, rest), lost.Slice(place, rest), from[..rest]);
                }
                else if (rest == 1) // a call would cost more than the addition
                    to[position] += from[0];
                else
                {
                    var block = to.Slice(position * rest, rest);
                    TensorPrimitives.Add(block, from[..rest], block);
                }
                from = from[rest..];
            }
            picked = picked[_picks..];
        }
    }

    /// <summary>Counts the updates of each block up to a chain; of the blocks that get more, Chain + 1 + i stands for the i-th.</summary>
    private void Count(ReadOnlySpan<T> picked, Span<T> counts)
    {
        counts.Clear();
        var compensated = 0;
        for (var b = 0; b < batch; b++)
        {
            foreach (var index in picked[.._picks])
            {
                ref var count = ref counts[(b * length) + Position(index)];
                if (count < Full)
                    count++;
                else if (count == Full)
                    count += T.CreateTruncating(1 + compensated++);
            }
            picked = picked[_picks..];
        }
    }

    private int Position(T index) => Indices.Checked(double.CreateTruncating(index), length, nameof(Op.ScatterAdd));

    public override string ToString() => $"ScatterAdd {indices.Shape} blocks of {rest}";
}
