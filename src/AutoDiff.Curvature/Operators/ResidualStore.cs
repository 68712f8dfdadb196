namespace AutoDiff.Curvature;

/// <summary>What products at a point need of each batch besides itself: kept as far as it fits, and computed again where not.</summary>
/// <param name="batches">How many batches there are.</param>
/// <param name="bytes">How much may be kept.</param>
internal sealed class ResidualStore(int batches, long bytes)
{
    private readonly Dictionary<Tensor, double[]>?[] _kept = new Dictionary<Tensor, double[]>?[batches];
    private long _bytes;

    /// <summary>The bytes kept.</summary>
    public long Kept => Volatile.Read(ref _bytes);

    /// <summary>The point's leaves and the residuals of a plan there; what is computed here is in <paramref name="met"/> too, for other plans of the batch.</summary>
    public double[][] Known(int batch, double[][] leaves, SplitPlan plan, Dictionary<Tensor, double[]> met)
    {
        if (Found(batch, plan, met) is { } found)
            return [.. leaves, .. found];
        var residuals = plan.Compute(leaves);
        for (var i = 0; i < residuals.Length; i++)
            met[plan.Residuals[i]] = residuals[i];
        Keep(batch, met);
        return [.. leaves, .. residuals];
    }

    private double[][]? Found(int batch, SplitPlan plan, Dictionary<Tensor, double[]> met)
    {
        var found = new double[plan.Residuals.Length][];
        lock (_kept)
        {
            var kept = _kept[batch];
            for (var i = 0; i < found.Length; i++)
            {
                var node = plan.Residuals[i];
                if (!met.TryGetValue(node, out found[i]!) && kept?.TryGetValue(node, out found[i]!) != true)
                    return null;
            }
        }
        return found;
    }

    private void Keep(int batch, Dictionary<Tensor, double[]> met)
    {
        lock (_kept)
        {
            var kept = _kept[batch] ?? [];
            var added = met.Where(residual => !kept.ContainsKey(residual.Key)).ToArray();
            var size = added.Sum(residual => sizeof(double) * (long)residual.Value.Length);
            if (size > bytes - _bytes)
                return;
            _bytes += size;
            foreach (var (node, values) in added)
                kept[node] = values;
            _kept[batch] = kept;
        }
    }
}
