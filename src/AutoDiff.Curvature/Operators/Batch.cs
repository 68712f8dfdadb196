namespace AutoDiff.Curvature;

/// <summary>A batch of examples as arrays, with the plans for its shapes.</summary>
/// <param name="Index">Its place in the sequence.</param>
/// <param name="Weight">Its weight in the mean.</param>
/// <param name="Leaves">The elements of its leaves; read only.</param>
/// <param name="Plans">The plans.</param>
internal sealed record Batch<TPlans>(int Index, double Weight, double[][] Leaves, TPlans Plans);
