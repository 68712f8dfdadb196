namespace AutoDiff.Curvature;

/// <summary>The Hessian of a scalar loss at a point, or its Gauss-Newton part, by exact products: linearized once, so that a product costs the tangent's part only.</summary>
/// <remarks>
/// Vectors are batched, so that a block's work is matrix products. A row of a block has the same bits in any block; those of a product on its own, and of
/// <see cref="ToMatrix"/>, may differ from them in rounding, where a sum of many terms runs in another order.
/// </remarks>
public sealed class HessianOperator : LinearOperator
{
    private readonly PointProducts _products;

    internal HessianOperator(PointProducts products)
        : base(products.Size) => _products = products;

    /// <summary>The Hessian operator of <paramref name="loss"/> at <paramref name="point"/>; n counts all elements of all leaves, in order.</summary>
    /// <remarks>At several points an objective makes the plans once.</remarks>
    /// <exception cref="ArgumentException">The loss is not a scalar.</exception>
    /// <exception cref="InvalidOperationException">The loss uses a value that is being differentiated or traced.</exception>
    public static HessianOperator Of<T>(Func<T, Tensor> loss, T point)
        where T : ITensorTree<T>
    {
        Require.NotNull(point, "Hessian");
        var scalar = ScalarLoss.Of("Hessian", loss);
        var plans = LinearPlans.Of("Hessian", (x, direction) => Transforms.Hvp(scalar, x, direction), point);
        return new(new WholeProducts(plans, LeafArrays.Of(point)));
    }

    /// <summary>The product with <paramref name="x"/> [n] in random rounding.</summary>
    internal double[] RoundedProduct(ReadOnlySpan<double> x, ulong seed) => _products.Rounded(x, seed);

    /// <inheritdoc/>
    /// <remarks>A batch of unit vectors of one leaf at a time: what is 0 for all of them is not multiplied.</remarks>
    public override double[] ToMatrix(RunOptions? options = null)
    {
        var matrix = NewMatrix();
        _products.Write(matrix, options ?? new());
        return matrix;
    }

    /// <inheritdoc/>
    protected override void Product(ReadOnlySpan<double> x, Span<double> y) => _products.Apply(x, y);

    /// <inheritdoc/>
    protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options) =>
        _products.Apply(x, y, count, options);
}
