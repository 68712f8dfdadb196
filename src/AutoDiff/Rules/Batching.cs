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
    private sealed partial class Batched(int size) : IOpTable<Batches, Tensor>
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
                var order = Walk.OrderUnseen(placeholders, _seen.Contains, [.. outputs]);
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
            _batches.Add(node, Structured(node.Op, x, batches) ?? new BatchValues.Whole(Computed(node.Op, x, batches)));
        }

        private Tensor Computed(Op op, Tensor[] x, BatchValues?[] batches)
        {
            var isBatched = Array.ConvertAll(batches, batch => batch is not null);
            for (var i = 0; i < x.Length; i++)
                x[i] = isBatched[i] ? Whole(x[i]) : x[i];
            return op.Accept(this, new(x, isBatched));
        }

        private Tensor Whole(Tensor node)
        {
            if (!_wholes.TryGetValue(node, out var whole))
                _wholes.Add(node, whole = _batches[node].Values(node.Shape, size));
            return whole;
        }

        public Tensor Of(Op.Map op, Batches x) => Apply.Of(op, x.Some);

        public Tensor Of(Op.Ordered op, Batches x) => Apply.Of(op, x.Some);

        public Tensor Of(Op.Zip op, Batches x) => Apply.Of(op, x.All(size));

        public Tensor Of(Op.Select op, Batches x) => Apply.Of(op, x.All(size));

        public Tensor Of(Op.Reduce op, Batches x) => Apply.Of(op with { Axes = Later(op.Axes) }, x.Some);

        public Tensor Of(Op.ArgMax op, Batches x) => Apply.Of(new Op.ArgMax(op.Axis + 1), x.Some);

        public Tensor Of(Op.CumulativeSum op, Batches x) => Apply.Of(op with { Axis = op.Axis + 1 }, x.Some);

        public Tensor Of(Op.MatMul op, Batches x) => BatchedMatMul(x, size);

        public Tensor Of(Op.Matrix op, Batches x) => BatchedMatrix(op, x, size);

        public Tensor Of(Op.Reshape op, Batches x) => ReshapeTo(x.Some[0], op.To.Insert(0, size));

        public Tensor Of(Op.Transpose op, Batches x) => Apply.Of(new Op.Transpose(Later(op.Permutation).Insert(0, 0)), x.Some);

        public Tensor Of(Op.Broadcast op, Batches x) =>
            BroadcastTo(ReshapeTo(x.Some[0], Aligned(x.Some[0].Shape, op.To.Rank)), op.To.Insert(0, size));

        public Tensor Of(Op.Slice op, Batches x) =>
            Apply.Of(new Op.Slice(op.Start.Insert(0, 0), op.Length.Insert(0, size), op.Step.Insert(0, 1)), x.Some);

        public Tensor Of(Op.Pad op, Batches x) =>
            Apply.Of(new Op.Pad(op.Low.Insert(0, 0), op.High.Insert(0, 0), op.Interior.Insert(0, 0), op.Value), x.Some);

        public Tensor Of(Op.Concatenate op, Batches x) => Apply.Of(new Op.Concatenate(op.Axis + 1), x.All(size));

        public Tensor Of(Op.Flip op, Batches x) => Apply.Of(new Op.Flip(Later(op.Axes)), x.Some);

        public Tensor Of(Op.Gather op, Batches x) =>
            op.BatchRank == 0 && !x.IsBatched[0]
                ? Apply.Of(op, x.Some) // the batch is one more axis of picks
                : Apply.Of(new Op.Gather(op.BatchRank + 1), x.All(size));

        public Tensor Of(Op.ScatterAdd op, Batches x) => Apply.Of(op with { BatchRank = op.BatchRank + 1 }, x.All(size));

        public Tensor Of(Op.Windows op, Batches x) => Apply.Of(op with { Axis = op.Axis + 1 }, x.Some);

        public Tensor Of(Op.OverlapAdd op, Batches x) => Apply.Of(op with { Axis = op.Axis + 1 }, x.Some);

        // Each example draws from its own key; from one that all share they draw the same.
        public Tensor Of(Op.Draw op, Batches x) => Apply.Of(op, x.Some);

        public Tensor Of(Op.Gamma op, Batches x) => Apply.Of(op, x.All(size));

        public Tensor Of(Op.SplitKey op, Batches x) => Apply.Of(op, x.Some);

        public Tensor Of(Op.FoldIn op, Batches x) => Apply.Of(op, x.All(size));

        public Tensor Of(Op.Fft op, Batches x) => Apply.Of(op, x.Some);

        public Tensor Of(Op.Barrier op, Batches x) => Apply.Of(op, x.All(size));

        public Tensor Of(Op.Callback op, Batches x) => Apply.Of(op with { Batch = op.Batch.Insert(0, size) }, x.All(size));

        public Tensor Of(Op.Custom op, Batches x)
        {
            foreach (var inner in op.Rule.Inner.Where(_batches.ContainsKey))
                Whole(inner);
            return Apply.Of(new Op.Custom(Custom(Rewriting.Moved(op.Rule, node => _wholes.GetValueOrDefault(node)))), x.All(size));
        }

        public Tensor Of(Op.Scan op, Batches x) => Loops.Batched(op.Loop, x.Some, x.IsBatched, size);

        public Tensor Of(Op.While op, Batches x) => WhileLoops.Batched(op.Loop, x.Some, x.IsBatched, size);

        public Tensor Of(Op.Cond op, Batches x) => Conditionals.Batched(op.Branches, x.Some, x.IsBatched, size);

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

    // [size,m,k]·[k,n] is one product of size·m rows; the other cases are products of equal batch axes, the shared factor repeated without a copy.
    private static Tensor BatchedMatMul(Batches arguments, int size)
    {
        var (x, isBatched) = arguments;
        if (isBatched[0] && !isBatched[1] && x[1].Rank == 2)
        {
            var (rows, inner, columns) = (x[0].Shape[1], x[0].Shape[2], x[1].Shape[1]);
            return Reshape(MatMul(Reshape(x[0], size * rows, inner), x[1]), size, rows, columns);
        }
        var all = arguments.All(size);
        return MatMul(all[0], all[1]);
    }

    // A matrix that all examples share is one with many columns: those of [size,n,k] side by side.
    private static Tensor BatchedMatrix(Op.Matrix op, Batches arguments, int size)
    {
        var (x, isBatched) = arguments;
        var at = MatrixFunctions.Of(op.Function).ColumnsOf;
        if (at < 0 || !isBatched[at] || isBatched.Count(batched => batched) > 1 || x[at].Rank != 3)
            return Apply.Of(op, arguments.All(size));
        var (rows, columns) = (x[at].Shape[1], x[at].Shape[2]);
        Tensor[] folded = [.. x];
        folded[at] = Reshape(Transpose(x[at], 1, 0, 2), rows, size * columns);
        return Transpose(Reshape(Apply.Of(op, folded), rows, size, columns), 1, 0, 2);
    }

    private static Tensor Repeat(Tensor x, int size) => BroadcastTo(x, x.Shape.Insert(0, size));

    private static Ints Later(Ints axes) => Ints.From(axes.Count, i => axes[i] + 1);

    /// <summary>[size, …] with axes of length 1 put in behind the batch axis, so that the rest aligns with <paramref name="rank"/> axes.</summary>
    private static Shape Aligned(Shape batch, int rank) =>
        [batch[0], .. Enumerable.Repeat(1, rank - batch.Rank + 1), .. batch.AsSpan()[1..]];

    /// <summary>The arguments of an op that is batched.</summary>
    /// <param name="Some">Those that are batched, and the others as they are.</param>
    /// <param name="IsBatched">Which are batched.</param>
    private readonly record struct Batches(Tensor[] Some, bool[] IsBatched)
    {
        /// <summary>All batched, the others repeated.</summary>
        public Tensor[] All(int size)
        {
            var (some, isBatched) = this;
            return [.. some.Select((argument, i) => isBatched[i] ? argument : Repeat(argument, size))];
        }
    }
}
