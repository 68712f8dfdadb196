namespace AutoDiff.Curvature;

/// <summary>A block-diagonal map, of each layer's parameters as a matrix X [p, q] one to another.</summary>
internal sealed class KroneckerOperator(int size, IReadOnlyList<(KroneckerLayer Layer, Func<double[], double[]> Map)> blocks)
    : LinearOperator(size)
{
    /// <summary>X ↦ L·X·R, which is (L ⊗ Rᵀ) of the vector.</summary>
    public static double[] Between(ReadOnlyMemory<double> left, double[] x, ReadOnlyMemory<double> right, int p, int q)
    {
        var (half, whole) = (new double[p * q], new double[p * q]);
        Products.Multiply(left, x, half, p, p, q);
        Products.Multiply(half, right, whole, p, q, q);
        return whole;
    }

    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        foreach (var (layer, map) in blocks)
        {
            var part = new double[layer.Inputs * layer.Outputs];
            for (var i = 0; i < part.Length; i++)
                part[i] = x[layer.Place(i)];
            part = map(part);
            for (var i = 0; i < part.Length; i++)
                y[layer.Place(i)] = part[i];
        }
    }
}
