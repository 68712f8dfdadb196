namespace AutoDiff;

internal static partial class Batching
{
    private sealed partial class Batched
    {
        public Tensor Of(Op.ArgSort op, Batches x) => Apply.Of(op with { Axis = op.Axis + 1 }, x.Some);

        public Tensor Of(Op.SearchSorted op, Batches x) =>
            x is { IsBatched: [false, _], Some: [{ Rank: 1 }, _] }
                ? Apply.Of(op, x.Some) // the batch is one more axis of picks
                : Apply.Of(op, x.All(size));

        public Tensor Of(Op.CumulativeArgMax op, Batches x) => Apply.Of(op with { Axis = op.Axis + 1 }, x.Some);

        public Tensor Of(Op.LastPicks op, Batches x) => Apply.Of(op with { BatchRank = op.BatchRank + 1 }, x.Some);

        public Tensor Of(Op.SetSlice op, Batches x) => Apply.Of(new Op.SetSlice(op.Start.Insert(0, 0), op.Step.Insert(0, 1)), x.All(size));

        public Tensor Of(Op.AddSlice op, Batches x) => Apply.Of(new Op.AddSlice(op.Start.Insert(0, 0), op.Step.Insert(0, 1)), x.All(size));
    }
}
