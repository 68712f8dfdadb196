namespace AutoDiff.Curvature;

/// <summary>The products of a map by the plans of one function, linearized once at the point.</summary>
internal sealed class WholeProducts : PointProducts
{
    private readonly LinearPlans _plans;
    private readonly double[][] _leaves;
    private readonly LinearProducts _single;
    private readonly LinearProducts[] _batches;
    private readonly Lazy<HessianRows[]> _rows;
    private Arrays?[]? _spareRows;

    public WholeProducts(LinearPlans plans, double[][] leaves)
    {
        (_plans, _leaves, _single) = (plans, leaves, new(plans.Single, leaves, plans));
        _batches = Array.ConvertAll(plans.Batches, batch => new LinearProducts(batch, leaves, plans));
        _rows = new(() => Array.ConvertAll(plans.Blocks(plans.Rows), block => new HessianRows(block, leaves, plans.Sizes)));
    }

    public override int Size => _plans.Size;

    public override void Apply(ReadOnlySpan<double> x, Span<double> y) => _single.Apply(x, y);

    public override void Apply(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options)
    {
        // The smallest batch that holds a thread's share, else the largest.
        var share = ((count - 1) / options.Threads) + 1;
        var smallest = Array.FindIndex(_plans.Batches, batch => batch.Rows >= share);
        (smallest < 0 ? _batches[^1] : _batches[smallest]).Apply(x, y, count, options);
    }

    public override void Write(double[] matrix, RunOptions options)
    {
        var (rows, done) = (_rows.Value, 0);
        (int Block, int Batch)[] batches =
        [
            .. rows.SelectMany((block, i) => Enumerable.Range(0, block.Batches).Select(batch => (i, batch))),
        ];
        Work.Share(batches.Length, ref _spareRows, () => new Arrays?[rows.Length], WriteBatch, options);

        void WriteBatch(int i, Arrays?[] arrays)
        {
            var (block, batch) = batches[i];
            var count = rows[block].Write(batch, matrix, arrays[block] ??= rows[block].NewArrays());
            options.Progress?.Report(new("Hessian", (double)Interlocked.Add(ref done, count) / Size));
        }
    }

    public override double[] Rounded(ReadOnlySpan<double> x, ulong seed) =>
        [.. _plans.RoundedProduct(_leaves, x, seed).SelectMany(leaf => leaf)];
}
