namespace AutoDiff.Curvature;

/// <summary>A sum of some batches' results, each times its weight.</summary>
/// <param name="Values">The sum, in arrays of its own.</param>
/// <param name="Weight">The sum of the weights.</param>
internal sealed record WeightedTerm(double[][] Values, double Weight)
{
    /// <summary>The sum of two, in the arrays of the first.</summary>
    public WeightedTerm Plus(WeightedTerm other)
    {
        for (var i = 0; i < Values.Length; i++)
            VectorLoops.AddScaled(1, other.Values[i], Values[i]);
        return this with { Weight = Weight + other.Weight };
    }

    /// <summary>The weighted mean, in the same arrays.</summary>
    public double[][] Mean()
    {
        foreach (var values in Values)
        {
            for (var i = 0; i < values.Length && Weight != 1; i++)
                values[i] /= Weight;
        }
        return Values;
    }
}
