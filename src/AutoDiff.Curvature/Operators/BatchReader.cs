namespace AutoDiff.Curvature;

/// <summary>Batches that are trees of tensors; each set of shapes and settings that is met has plans of its own, which are kept.</summary>
internal sealed class BatchReader<TBatch, TPlans> : BatchSequence<TPlans>
    where TBatch : ITensorTree<TBatch>
{
    private const int MostPlans = 32;

    private readonly string _operation;
    private readonly IReadOnlyList<TBatch> _batches;
    private readonly Func<TBatch, double> _weight;
    private readonly Func<TBatch, TPlans> _make;
    private readonly List<(TBatch Example, TPlans Plans)> _plans = [];
    private readonly double _unit;

    /// <summary>Reads the first batch and the last, so that a function which does not take them is refused at once.</summary>
    public BatchReader(string operation, IReadOnlyList<TBatch> batches, Func<TBatch, double>? weight, Func<TBatch, TPlans> make)
    {
        Require.NotNull(batches, operation);
        Require.That(batches.Count > 0, $"[{operation}] got no batches; expected at least one");
        (_operation, _batches, _weight, _make, Count) = (operation, batches, weight ?? Examples, make, batches.Count);
        // Weights count in units of the first one's, so that batches of one size are summed as they are.
        var first = Read(0, unit: 1);
        _unit = first.Weight > 0 ? first.Weight : 1;
        First = first.Plans;
        if (Count > 1)
            Read(Count - 1);
    }

    public override int Count { get; }

    public override TPlans First { get; }

    public override Batch<TPlans> Read(int index) => Read(index, _unit);

    private Batch<TPlans> Read(int index, double unit)
    {
        TBatch batch;
        TPlans plans;
        double weight;
        // One at a time: what loads a batch, weighs it or is traced for it need not be reentrant.
        lock (_plans)
        {
            batch = _batches[index];
            Require.That(batch is not null, $"[{_operation}] batch {index} is null; expected a tree of tensors");
            weight = _weight(batch);
            Require.That(
                weight >= 0 && double.IsFinite(weight),
                $"[{_operation}] batch {index} has weight {weight}; expected a finite number of at least 0"
            );
            plans = For(batch);
        }
        return new(index, weight / unit, LeafArrays.Shared(batch), plans);
    }

    private TPlans For(TBatch batch)
    {
        foreach (var (example, known) in _plans)
        {
            if (HaveSameShapes(example, batch) && example.IsLike(batch))
                return known;
        }
        var plans = _make(batch);
        if (_plans.Count == MostPlans)
            _plans.RemoveAt(0);
        // Shapes and settings are what it is kept for, not the elements.
        _plans.Add((TreeMath.Map(batch, leaf => new Input(leaf.Shape, "batch")), plans));
        return plans;
    }

    private double Examples(TBatch batch)
    {
        var leaves = TreeMath.Leaves(batch);
        Require.That(
            leaves.Length > 0 && leaves[0].Rank > 0,
            $"[{_operation}] got a batch whose first leaf has no axis to count examples by; expected one, or a function that gives a batch's weight"
        );
        return leaves[0].Shape[0];
    }

    private static bool HaveSameShapes(TBatch example, TBatch batch)
    {
        var (left, right) = (TreeMath.Leaves(example), TreeMath.Leaves(batch));
        return left.Length == right.Length && left.Zip(right).All(pair => pair.First.Shape.Equals(pair.Second.Shape));
    }
}
