namespace AutoDiff.Curvature;

/// <summary>The products of a symmetric map that is a weighted mean over batches, with a part added that does not depend on them.</summary>
/// <param name="operation">In whose name to refuse.</param>
/// <param name="batches">The batches.</param>
/// <param name="plansOf">The map's plans among those of a batch.</param>
/// <param name="leaves">The point's leaves.</param>
/// <param name="extra">What the plans take besides point and batch, by the batch's place.</param>
/// <param name="added">The part that is added once; null for none.</param>
/// <param name="options">How it runs where a call does not say, and what is kept.</param>
internal sealed class BatchProducts<TPlans>(
    string operation,
    BatchSequence<TPlans> batches,
    Func<TPlans, LinearPlans> plansOf,
    double[][] leaves,
    Func<int, double[][]>? extra,
    PointProducts? added,
    BatchOptions options
) : PointProducts
{
    private const long MostSummedBytes = 256L << 20;

    private readonly LinearPlans _first = plansOf(batches.First);
    private readonly ResidualStore _store = new(batches.Count, options.KeptBytes);

    public override int Size => _first.Size;

    /// <summary>The bytes of residuals kept.</summary>
    public long Kept => _store.Kept;

    public override void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        var product = new double[Size];
        Apply(x.ToArray(), product, 1, options);
        product.CopyTo(y);
    }

    public override void Apply(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options)
    {
        var directions = DirectionChunks.Of(_first, x.Span, count);
        var means = Mean(
            "product",
            directions.Count,
            _ => directions.Plan(_first).Rows,
            (plans, _) => directions.Plan(plans).Plan,
            chunk => directions[chunk],
            options,
            (0, 1)
        );
        for (var chunk = 0; chunk < means.Length; chunk++)
            directions.Copy(chunk, means[chunk], _first.ResultSizes, y.Span, 0, Size);
        if (added is null)
            return;
        var rest = new double[count * Size];
        if (count == 1)
            added.Apply(x.Span, rest);
        else
            added.Apply(x, rest, count, options);
        VectorLoops.AddScaled(1, rest, y.Span);
    }

    public override void Write(double[] matrix, RunOptions options)
    {
        var most = _first.Rows;
        (int Block, int Batch)[] units =
        [
            .. _first.Blocks(most).SelectMany((block, i) => Enumerable.Range(0, block.Batches).Select(batch => (i, batch))),
        ];
        // As many rows in one pass over the batches as have room for their sums.
        var waiting = int.Log2(batches.Count) + 2 + options.Threads;
        var pass = (int)Math.Clamp(MostSummedBytes / (sizeof(double) * (long)most * Size * waiting + 1), 1, Math.Max(1, units.Length));
        for (var start = 0; start < units.Length; start += pass)
        {
            var some = units.AsSpan(start, Math.Min(pass, units.Length - start)).ToArray();
            var means = Mean(
                "Hessian",
                some.Length,
                i => _first.Blocks(most)[some[i].Block].Rows,
                (plans, i) => plans.Blocks(most)[some[i].Block].Plan,
                i =>
                {
                    var block = _first.Blocks(most)[some[i].Block];
                    var positions = block.NewPositions();
                    block.SetPositions(some[i].Batch, positions);
                    return positions;
                },
                options,
                (start / (double)units.Length, some.Length / (double)units.Length)
            );
            for (var i = 0; i < some.Length; i++)
                _first.Blocks(most)[some[i].Block].Copy(some[i].Batch, means[i], _first.Sizes, matrix);
        }
        if (added is null)
            return;
        var rest = new double[matrix.Length];
        added.Write(rest, new() { Threads = options.Threads, Cancellation = options.Cancellation });
        VectorLoops.AddScaled(1, rest, matrix);
    }

    public override double[] Rounded(ReadOnlySpan<double> x, ulong seed)
    {
        var direction = x.ToArray();
        return RoundedMean.Of(
            operation,
            batches,
            batch => plansOf(batch.Plans).RoundedProduct(Point(batch), direction, RoundedMean.Seed(seed, batch.Index)),
            added?.Rounded(x, RoundedMean.Seed(seed, -1)),
            seed
        );
    }

    /// <summary>The means of several plans' results.</summary>
    private double[][][] Mean(
        string stage,
        int functions,
        Func<int, int> rows,
        Func<LinearPlans, int, SplitPlan> plan,
        Func<int, double[][]> directions,
        RunOptions options,
        (double, double) part
    ) =>
        new BatchMean<TPlans>(operation, stage, batches).Of(
            functions,
            i => LeafArrays.New(_first.ResultSizes, rows(i)),
            batch =>
            {
                var (plans, point, met) = (plansOf(batch.Plans), Point(batch), new Dictionary<Tensor, double[]>());
                return (i, outputs) =>
                {
                    var split = plan(plans, i);
                    split.After.Run([.. _store.Known(batch.Index, point, split, met), .. directions(i)], outputs);
                };
            },
            options,
            part
        );

    private double[][] Point(Batch<TPlans> batch) => [.. leaves, .. batch.Leaves, .. extra?.Invoke(batch.Index) ?? []];
}
