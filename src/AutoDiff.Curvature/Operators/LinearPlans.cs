using System.Collections.Concurrent;

namespace AutoDiff.Curvature;

/// <summary>The plans of a linear map that depends on a point, as a loss's Hessian does, for points of one set of shapes: made once, used at any point.</summary>
internal sealed class LinearPlans
{
    /// <summary>How many directions a batch has at least: from three on the size changes no bit.</summary>
    public const int FewestRows = 4;

    private readonly LinearParts _parts;
    private readonly Lazy<SplitGraph> _product;
    private readonly ConcurrentDictionary<int, LinearBatch> _batches = [];
    private readonly ConcurrentDictionary<int, Lazy<HessianBlock[]>> _blocks = [];

    private LinearPlans(LinearParts parts, int[] sizes, int[] resultSizes)
    {
        (_parts, Rows, Sizes, ResultSizes) = (parts, parts.Rows, sizes, resultSizes);
        (Size, ResultSize) = (sizes.Sum(), resultSizes.Sum());
        _product = new(parts.Product);
        Single = new(1, () => _product.Value);
        Batches = [.. BatchSizes(Rows).Select(Batch)];
    }

    /// <summary>How many directions a batch may have so that what is computed of them stays in cache.</summary>
    public int Rows { get; }

    /// <summary>The number of elements of each leaf of a direction.</summary>
    public int[] Sizes { get; }

    /// <summary>The number of elements of each leaf of a product.</summary>
    public int[] ResultSizes { get; }

    /// <summary>The number of elements of a direction.</summary>
    public int Size { get; }

    /// <summary>The number of elements of a product.</summary>
    public int ResultSize { get; }

    /// <summary>A direction → its product.</summary>
    public LinearBatch Single { get; }

    /// <summary>Directions → their products, in batches of few, of twice as many, and so on.</summary>
    public LinearBatch[] Batches { get; }

    /// <summary>The plans of (point, direction) → product, linear in the direction and symmetric, for points of the example's shapes.</summary>
    public static LinearPlans Of<T>(string operation, Func<T, T, T> product, T like)
        where T : ITensorTree<T>
    {
        var sizes = LeafArrays.Sizes(like);
        return new(LinearParts.Of(product, like, operation), sizes, sizes);
    }

    /// <summary>The plans of (point, direction) → product, linear in the direction, for points, directions and products of the examples' shapes.</summary>
    public static LinearPlans Of<TPoint, TIn, TOut>(
        string operation,
        Func<TPoint, TIn, TOut> product,
        TPoint point,
        TIn direction,
        TOut result
    )
        where TPoint : ITensorTree<TPoint>
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut> =>
        new(LinearParts.Of(product, point, direction, operation), LeafArrays.Sizes(direction), LeafArrays.Sizes(result));

    /// <summary>Directions → their products, so many at a time.</summary>
    public LinearBatch Batch(int rows) => _batches.GetOrAdd(rows, count => new(count, () => _parts.Batched(count)));

    /// <summary>The plan for so many directions: one, or a batch as small as holds them.</summary>
    public LinearBatch For(int count) => count == 1 ? Single : Batch(Math.Max(count, FewestRows));

    /// <summary>A symmetric map's matrix by rows, those of some leaves at a time, at most so many at once.</summary>
    public HessianBlock[] Blocks(int most) =>
        _blocks.GetOrAdd(most, rows => new(() => [.. _parts.Units(rows).Select(units => new HessianBlock(units))])).Value;

    /// <summary>The map at the point's leaves times a vector, all in random rounding of one seed.</summary>
    public double[][] RoundedProduct(double[][] leaves, ReadOnlySpan<double> direction, ulong seed)
    {
        var inputs = new List<double[]>(leaves);
        inputs.AddRange(RoundedEvaluation.Evaluate(_product.Value.Before, leaves, seed));
        foreach (var size in Sizes)
        {
            inputs.Add(direction[..size].ToArray());
            direction = direction[size..];
        }
        return RoundedEvaluation.Evaluate(_product.Value.After, inputs.ToArray(), seed);
    }

    private static IEnumerable<int> BatchSizes(int most)
    {
        for (var rows = FewestRows; rows < most; rows *= 2)
            yield return rows;
        yield return most;
    }
}
