namespace AutoDiff.Curvature;

/// <summary>Ends of searches, gathered where they are the same point.</summary>
internal sealed class PointGroups<T>(Objective<T> objective, FindOptions<T> options)
    where T : ITensorTree<T>
{
    // By loss, so that only those of about the same need be compared.
    private readonly List<PointGroup> _byLoss = [];

    private double _largest;

    /// <summary>The groups in the order of their first ends.</summary>
    public List<PointGroup> All { get; } = [];

    /// <summary>Puts an end where it belongs.</summary>
    public void Add(int start, SearchEnd end)
    {
        _largest = Math.Max(_largest, Math.Max(Math.Abs(end.At.Value), double.IsFinite(end.FirstLoss) ? Math.Abs(end.FirstLoss) : 0));
        var point = objective.Unravel(end.At.X);
        var canonical = options.Canonical is { } map ? Image(map, point) : end.At.X;
        var group = Near(end, canonical);
        foreach (var symmetry in options.Symmetries)
            group ??= Near(end, Image(symmetry, point));
        if (group is null)
        {
            group = new(end, canonical);
            All.Add(group);
            _byLoss.Insert(First(end.At.Value), group);
        }
        group.Members.Add((start, end));
    }

    private double[] Image(Func<T, T> map, T point) => objective.Ravel("CriticalPoint.Find", map(point));

    private PointGroup? Near(SearchEnd end, double[] x)
    {
        // Near a critical point the loss is that of the point, to second order: a window in the unit of all losses seen is wide enough.
        var window = options.SameDistance * _largest;
        for (var i = First(end.At.Value - window); i < _byLoss.Count && _byLoss[i].First.At.Value <= end.At.Value + window; i++)
        {
            if (IsSame(_byLoss[i], end, x))
                return _byLoss[i];
        }
        return null;
    }

    private bool IsSame(PointGroup group, SearchEnd end, double[] x)
    {
        var difference = (double[])x.Clone();
        VectorLoops.AddScaled(-1, group.Canonical, difference);
        return VectorLoops.Norm(difference) <= options.SameDistance * Math.Max(group.First.Scale, end.Scale);
    }

    /// <summary>The first position of a loss no lower.</summary>
    private int First(double loss)
    {
        var (low, high) = (0, _byLoss.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _byLoss[middle].First.At.Value < loss ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}
