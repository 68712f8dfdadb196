namespace AutoDiff;

/// <content>The reductions with axes kept, and as F# calls them, which sees no <c>params</c> spans.</content>
public static partial class Ops
{
    /// <summary>Σ x over the axes, or over all where none is given, which stay at length 1 where <paramref name="keepDims"/>. See <see cref="Sum(Tensor, ReadOnlySpan{int})"/>.</summary>
    /// <exception cref="ArgumentException">An axis is out of range or named twice.</exception>
    public static Tensor Sum(Tensor x, ReadOnlySpan<int> axes, bool keepDims) => Kept(Sum(x, axes), x, axes, keepDims);

    /// <summary>The same over one axis.</summary>
    /// <exception cref="ArgumentException">An axis is out of range.</exception>
    public static Tensor Sum(Tensor x, int axis, bool keepDims) => Sum(x, [axis], keepDims);

    /// <summary>The same over axes in an array, which none stays of.</summary>
    /// <exception cref="ArgumentException">An axis is out of range or named twice.</exception>
    public static Tensor Sum(Tensor x, params int[] axes)
    {
        Require.NotNull(axes, nameof(Sum));
        return Sum(x, axes.AsSpan());
    }

    /// <summary>The arithmetic mean over the axes, or over all where none is given, which stay at length 1 where <paramref name="keepDims"/>. See <see cref="Mean(Tensor, ReadOnlySpan{int})"/>.</summary>
    /// <exception cref="ArgumentException">An axis is out of range or named twice.</exception>
    public static Tensor Mean(Tensor x, ReadOnlySpan<int> axes, bool keepDims) => Kept(Mean(x, axes), x, axes, keepDims);

    /// <summary>The same over one axis.</summary>
    /// <exception cref="ArgumentException">An axis is out of range.</exception>
    public static Tensor Mean(Tensor x, int axis, bool keepDims) => Mean(x, [axis], keepDims);

    /// <summary>The same over axes in an array, which none stays of.</summary>
    /// <exception cref="ArgumentException">An axis is out of range or named twice.</exception>
    public static Tensor Mean(Tensor x, params int[] axes)
    {
        Require.NotNull(axes, nameof(Mean));
        return Mean(x, axes.AsSpan());
    }

    /// <summary>The product over the axes, or over all where none is given, which stay at length 1 where <paramref name="keepDims"/>. See <see cref="Product(Tensor, ReadOnlySpan{int})"/>.</summary>
    /// <exception cref="ArgumentException">An axis is out of range or named twice.</exception>
    public static Tensor Product(Tensor x, ReadOnlySpan<int> axes, bool keepDims) => Kept(Product(x, axes), x, axes, keepDims);

    /// <summary>The same over one axis.</summary>
    /// <exception cref="ArgumentException">An axis is out of range.</exception>
    public static Tensor Product(Tensor x, int axis, bool keepDims) => Product(x, [axis], keepDims);

    /// <summary>The same over axes in an array, which none stays of.</summary>
    /// <exception cref="ArgumentException">An axis is out of range or named twice.</exception>
    public static Tensor Product(Tensor x, params int[] axes)
    {
        Require.NotNull(axes, nameof(Product));
        return Product(x, axes.AsSpan());
    }

    /// <summary>The largest element over the axes, or over all where none is given, which stay at length 1 where <paramref name="keepDims"/>. See <see cref="Max(Tensor, ReadOnlySpan{int})"/>.</summary>
    /// <exception cref="ArgumentException">There is no element, or an axis is out of range or named twice.</exception>
    public static Tensor Max(Tensor x, ReadOnlySpan<int> axes, bool keepDims) => Kept(Max(x, axes), x, axes, keepDims);

    /// <summary>The same over one axis.</summary>
    /// <exception cref="ArgumentException">There is no element, or an axis is out of range.</exception>
    public static Tensor Max(Tensor x, int axis, bool keepDims) => Max(x, [axis], keepDims);

    /// <summary>The same over axes in an array, which none stays of.</summary>
    /// <exception cref="ArgumentException">There is no element, or an axis is out of range or named twice.</exception>
    public static Tensor Max(Tensor x, params int[] axes)
    {
        Require.NotNull(axes, nameof(Max));
        return Max(x, axes.AsSpan());
    }

    /// <summary>The smallest element over the axes, or over all where none is given, which stay at length 1 where <paramref name="keepDims"/>. See <see cref="Min(Tensor, ReadOnlySpan{int})"/>.</summary>
    /// <exception cref="ArgumentException">There is no element, or an axis is out of range or named twice.</exception>
    public static Tensor Min(Tensor x, ReadOnlySpan<int> axes, bool keepDims) => Kept(Min(x, axes), x, axes, keepDims);

    /// <summary>The same over one axis.</summary>
    /// <exception cref="ArgumentException">There is no element, or an axis is out of range.</exception>
    public static Tensor Min(Tensor x, int axis, bool keepDims) => Min(x, [axis], keepDims);

    /// <summary>The same over axes in an array, which none stays of.</summary>
    /// <exception cref="ArgumentException">There is no element, or an axis is out of range or named twice.</exception>
    public static Tensor Min(Tensor x, params int[] axes)
    {
        Require.NotNull(axes, nameof(Min));
        return Min(x, axes.AsSpan());
    }

    /// <summary>ln Σ eˣ over the axes, or over all where none is given, which stay at length 1 where <paramref name="keepDims"/>. See <see cref="LogSumExp(Tensor, ReadOnlySpan{int})"/>.</summary>
    /// <exception cref="ArgumentException">An axis is out of range or named twice.</exception>
    public static Tensor LogSumExp(Tensor x, ReadOnlySpan<int> axes, bool keepDims) => Kept(LogSumExp(x, axes), x, axes, keepDims);

    /// <summary>The same over one axis.</summary>
    /// <exception cref="ArgumentException">An axis is out of range.</exception>
    public static Tensor LogSumExp(Tensor x, int axis, bool keepDims) => LogSumExp(x, [axis], keepDims);

    /// <summary>The same over axes in an array, which none stays of.</summary>
    /// <exception cref="ArgumentException">An axis is out of range or named twice.</exception>
    public static Tensor LogSumExp(Tensor x, params int[] axes)
    {
        Require.NotNull(axes, nameof(LogSumExp));
        return LogSumExp(x, axes.AsSpan());
    }

    /// <summary>The median over the axes, or over all where none is given, which stay at length 1 where <paramref name="keepDims"/>. See <see cref="Median(Tensor, ReadOnlySpan{int})"/>.</summary>
    /// <exception cref="ArgumentException">There is no element, or an axis is out of range or named twice.</exception>
    public static Tensor Median(Tensor x, ReadOnlySpan<int> axes, bool keepDims) => Median(x, axes, keepDims, nameof(Median));

    /// <summary>The same over one axis.</summary>
    /// <exception cref="ArgumentException">There is no element, or an axis is out of range.</exception>
    public static Tensor Median(Tensor x, int axis, bool keepDims) => Median(x, [axis], keepDims);

    /// <summary>The same over axes in an array, which none stays of.</summary>
    /// <exception cref="ArgumentException">There is no element, or an axis is out of range or named twice.</exception>
    public static Tensor Median(Tensor x, params int[] axes)
    {
        Require.NotNull(axes, nameof(Median));
        return Median(x, axes.AsSpan());
    }

    /// <summary><see cref="Variance(Tensor, ReadOnlySpan{int})"/> over axes in an array.</summary>
    /// <exception cref="ArgumentException">An axis is out of range or named twice.</exception>
    public static Tensor Variance(Tensor x, params int[] axes)
    {
        Require.NotNull(axes, nameof(Variance));
        return Variance(x, axes.AsSpan());
    }

    /// <summary><see cref="StandardDeviation(Tensor, ReadOnlySpan{int})"/> over axes in an array.</summary>
    /// <exception cref="ArgumentException">An axis is out of range or named twice.</exception>
    public static Tensor StandardDeviation(Tensor x, params int[] axes)
    {
        Require.NotNull(axes, nameof(StandardDeviation));
        return StandardDeviation(x, axes.AsSpan());
    }

    /// <summary><see cref="Norm(Tensor, ReadOnlySpan{int})"/> over axes in an array.</summary>
    /// <exception cref="ArgumentException">An axis is out of range or named twice.</exception>
    public static Tensor Norm(Tensor x, params int[] axes)
    {
        Require.NotNull(axes, nameof(Norm));
        return Norm(x, axes.AsSpan());
    }
}
