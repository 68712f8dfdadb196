using System.Diagnostics;
using static AutoDiff.Ops;

namespace AutoDiff;

/// <summary>The batching rule of every op: the same op on a whole batch at once, the batch axis first.</summary>
internal static partial class Batching
{
    /// <summary>The outputs as functions of batches: each placeholder's place is taken by a batch [size, …] of its values. Every result has the batch axis first.</summary>
    public static Tensor[] Rewrite(
        IReadOnlyList<Tensor> outputs,
        IReadOnlyList<Tensor> placeholders,
        IReadOnlyList<Tensor> batches,
        int size
    ) => Rewrite(outputs, placeholders, [.. batches.Select(batch => new BatchValues.Whole(batch))], size);

    /// <summary>The same for batches that may be known by their structure, which the first nodes then keep instead of computing with zeros.</summary>
    public static Tensor[] Rewrite(
        IReadOnlyList<Tensor> outputs,
        IReadOnlyList<Tensor> placeholders,
        IReadOnlyList<BatchValues> batches,
        int size
    )
    {
        var batched = new Batched(size);
        return batched.Rewrite(outputs, placeholders, batches);
    }

    /// <summary>What is known of a graph that is being batched: which nodes were looked at, and of those that depend on a placeholder their batches.</summary>
    private sealed partial class Batched(int size)
    {
        private readonly HashSet<Tensor> _seen = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<Tensor, BatchValues> _batches = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<Tensor, Tensor> _wholes = new(ReferenceEqualityComparer.Instance);
        private readonly Lock _rewriting = new();

        public Tensor[] Rewrite(IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor> placeholders, IReadOnlyList<BatchValues> batches)
        {
            // Rules of one batched graph share what is known, so that what several close over is walked once; two threads may ask for their derivatives.
            lock (_rewriting)
            {
                for (var i = 0; i < placeholders.Count; i++)
                    _batches.Add(placeholders[i], batches[i]);
                var order = Walk.OrderUnseen(placeholders, _seen, [.. outputs]);
                foreach (var node in order)
                {
                    if (node is Apply apply && !_batches.ContainsKey(node))
                        Add(apply);
                }
                _seen.UnionWith(order); // not where one was refused
                return [.. outputs.Select(output => _batches.ContainsKey(output) ? Whole(output) : Repeat(output, size))];
            }
        }

        private void Add(Apply node)
        {
            var x = node.Arguments.ToArray();
            var batches = Array.ConvertAll(x, argument => _batches.GetValueOrDefault(argument));
            if (!Array.Exists(batches, batch => batch is not null))
                return;
            _batches.Add(node, Structured(node.Op, x, batches) ?? new BatchValues.Whole(Computed(node, x, batches)));
        }

        private Tensor Computed(Apply node, Tensor[] x, BatchValues?[] batches)
        {
            var isBatched = Array.ConvertAll(batches, batch => batch is not null);
            for (var i = 0; i < x.Length; i++)
                x[i] = isBatched[i] ? Whole(x[i]) : x[i];
            if (node.Op is not Op.Custom(var rule))
                return Of(node.Op, x, isBatched, size);
            foreach (var inner in rule.Inner)
            {
                if (_batches.ContainsKey(inner))
                    Whole(inner);
            }
            return Apply.Of(new Op.Custom(Custom(Rewriting.Moved(rule, _wholes))), AllBatched(x, isBatched, size));
        }

        private Tensor Whole(Tensor node)
        {
            if (!_wholes.TryGetValue(node, out var whole))
                _wholes.Add(node, whole = _batches[node].Values(node.Shape, size));
            return whole;
        }

        // The rule may use what it closes over: what is batched outside is batched in it as well.
        private CustomRule Custom(CustomRule rule) =>
            rule.Pullback is { } pullback
                ? CustomRule.FromPullback(
                    rule.Name,
                    rule.Inner,
                    (xs, y, g) => Lifted([.. xs, y, g], p => pullback(p[..^2], p[^2], p[^1])),
                    rule.IsChecked
                )
                : CustomRule.FromPushforward(
                    rule.Name,
                    rule.Inner,
                    (xs, y, ts) =>
                        Lifted([.. xs, y, .. ts], p => [rule.Pushforward!(p[..xs.Length], p[xs.Length], p[(xs.Length + 1)..])])[0]
                );

        private Tensor[] Lifted(Tensor[] values, Func<Tensor[], Tensor[]> function)
        {
            Tensor[] placeholders = [.. values.Select(value => new Input(value.Shape.Without([0]), "example"))];
            return Rewrite(function(placeholders), placeholders, [.. values.Select(value => new BatchValues.Whole(value))]);
        }
    }

    private static Tensor Of(Op op, Tensor[] x, bool[] isBatched, int size) =>
        op switch
        {
            Op.Map => Apply.Of(op, x),
            Op.Zip or Op.Select or Op.Barrier => Apply.Of(op, AllBatched(x, isBatched, size)),
            Op.Reduce(var kind, var axes) => Apply.Of(new Op.Reduce(kind, Later(axes)), x),
            Op.ArgMax(var axis) => Apply.Of(new Op.ArgMax(axis + 1), x),
            Op.CumulativeSum(var axis, var reverse) => Apply.Of(new Op.CumulativeSum(axis + 1, reverse), x),
            Op.MatMul => BatchedMatMul(x, isBatched, size),
            Op.Reshape(var to) => ReshapeTo(x[0], to.Insert(0, size)),
            Op.Transpose(var permutation) => Apply.Of(new Op.Transpose(Later(permutation).Insert(0, 0)), x),
            Op.Broadcast(var to) => BroadcastTo(ReshapeTo(x[0], Aligned(x[0].Shape, to.Rank)), to.Insert(0, size)),
            Op.Slice(var start, var length, var step) => Apply.Of(
                new Op.Slice(start.Insert(0, 0), length.Insert(0, size), step.Insert(0, 1)),
                x
            ),
            Op.Pad(var low, var high, var interior, var value) => Apply.Of(
                new Op.Pad(low.Insert(0, 0), high.Insert(0, 0), interior.Insert(0, 0), value),
                x
            ),
            Op.Concatenate(var axis) => Apply.Of(new Op.Concatenate(axis + 1), AllBatched(x, isBatched, size)),
            Op.Flip(var axes) => Apply.Of(new Op.Flip(Later(axes)), x),
            Op.Gather(0) when !isBatched[0] => Apply.Of(op, x), // the batch is one more axis of picks
            Op.Gather(var batchRank) => Apply.Of(new Op.Gather(batchRank + 1), AllBatched(x, isBatched, size)),
            Op.ScatterAdd(var batchRank, var length) => Apply.Of(new Op.ScatterAdd(batchRank + 1, length), AllBatched(x, isBatched, size)),
            Op.Windows(var axis, var window, var stride, var dilation) => Apply.Of(new Op.Windows(axis + 1, window, stride, dilation), x),
            Op.OverlapAdd(var axis, var length, var stride, var dilation) => Apply.Of(
                new Op.OverlapAdd(axis + 1, length, stride, dilation),
                x
            ),
            _ => throw new UnreachableException(),
        };

    // [size,m,k]·[k,n] is one product of size·m rows; the other cases are products of equal batch axes, the shared factor repeated without a copy.
    private static Tensor BatchedMatMul(Tensor[] x, bool[] isBatched, int size)
    {
        if (isBatched[0] && !isBatched[1] && x[1].Rank == 2)
        {
            var (rows, inner, columns) = (x[0].Shape[1], x[0].Shape[2], x[1].Shape[1]);
            return Reshape(MatMul(Reshape(x[0], size * rows, inner), x[1]), size, rows, columns);
        }
        var all = AllBatched(x, isBatched, size);
        return MatMul(all[0], all[1]);
    }

    private static Tensor[] AllBatched(Tensor[] x, bool[] isBatched, int size) =>
        [.. x.Select((argument, i) => isBatched[i] ? argument : Repeat(argument, size))];

    private static Tensor Repeat(Tensor x, int size) => BroadcastTo(x, x.Shape.Insert(0, size));

    private static Ints Later(Ints axes) => Ints.From(axes.Count, i => axes[i] + 1);

    /// <summary>[size, …] with axes of length 1 put in behind the batch axis, so that the rest aligns with <paramref name="rank"/> axes.</summary>
    private static Shape Aligned(Shape batch, int rank) =>
        [batch[0], .. Enumerable.Repeat(1, rank - batch.Rank + 1), .. batch.AsSpan()[1..]];
}
