namespace AutoDiff;

public static partial class Ops
{
    /// <summary>Σ x over the axes, or over all where none is given.</summary>
    /// <remarks>Added in blocks, and the blocks in halves, in an order that depends on the shape alone: the error is at most (280 + log₂ n)·u·Σ|x|
    /// with u = 2⁻⁵³, in single precision 2⁻²⁴. So for all that sums: means, norms, products and their
    /// gradients; but the cotangents of a tensor that is used many times are added in order. Registers' width, threads and processes change no bit
    /// where the machine has fused multiply-add.</remarks>
    /// <exception cref="ArgumentException">An axis is out of range or named twice; so for every reduction.</exception>
    public static Tensor Sum(Tensor x, params ReadOnlySpan<int> axes) => Reduce(Reduction.Sum, x, Axes(x, axes, nameof(Sum)));

    /// <summary>The arithmetic mean over the axes, or over all where none is given; NaN over no elements.</summary>
    public static Tensor Mean(Tensor x, params ReadOnlySpan<int> axes)
    {
        var over = Reduced(x, axes, nameof(Mean));
        return Reduce(Reduction.Sum, x, over) / Elements(x, over);
    }

    /// <summary>The product over the axes, or over all where none is given; 1 over no elements.</summary>
    /// <remarks>Multiplied pairwise, so that every derivative, to any order, is exact also where factors are 0.</remarks>
    public static Tensor Product(Tensor x, params ReadOnlySpan<int> axes)
    {
        foreach (var axis in Reduced(x, axes, nameof(Product)).Reverse())
        {
            while (x.Shape[axis] > 1)
            {
                var (length, half) = (x.Shape[axis], x.Shape[axis] / 2);
                var pairs = SliceAxis(x, axis, 0, half, 1) * SliceAxis(x, axis, half, half, 1);
                x = length % 2 == 0 ? pairs : Concatenate([pairs, SliceAxis(x, axis, length - 1, 1, 1)], axis);
            }
            x = x.Shape[axis] == 1 ? ReshapeTo(x, x.Shape.Without([axis])) : Tensor.Ones(x.Shape.Without([axis]));
        }
        return x;
    }

    /// <summary>The largest element over the axes, or over all; NaN where any is. Equal largest elements share the derivative.</summary>
    /// <remarks>The numbers after x name axes: Max(m, 0) reduces the first axis of m. The larger of m's elements and 0 is <see cref="Maximum"/>(m, 0).</remarks>
    /// <exception cref="ArgumentException">An axis that is reduced is empty, out of range or named twice.</exception>
    public static Tensor Max(Tensor x, params ReadOnlySpan<int> axes) => Reduce(Reduction.Max, x, Axes(x, axes, nameof(Max)));

    /// <summary>The smallest element over the axes, or over all; NaN where any is. Equal smallest elements share the derivative.</summary>
    /// <remarks>The numbers after x name axes, as for <see cref="Max(Tensor, ReadOnlySpan{int})"/>; the smaller of m's elements and 0 is <see cref="Minimum"/>(m, 0).</remarks>
    /// <exception cref="ArgumentException">An axis that is reduced is empty, out of range or named twice.</exception>
    public static Tensor Min(Tensor x, params ReadOnlySpan<int> axes) => Reduce(Reduction.Min, x, Axes(x, axes, nameof(Min)));

    /// <summary>ln Σ eˣ over the axes, or over all; shifted by the largest element, so it overflows nowhere.</summary>
    public static Tensor LogSumExp(Tensor x, params ReadOnlySpan<int> axes) =>
        Reduce(Reduction.LogSumExp, x, Axes(x, axes, nameof(LogSumExp)));

    /// <summary>The position of the largest element along an axis, the first of equals; derivative 0.</summary>
    public static Tensor ArgMax(Tensor x, int axis = -1)
    {
        Require.NotNull(x, nameof(ArgMax));
        return Apply.Of(new Op.ArgMax(Require.Axis(axis, x.Shape, nameof(ArgMax))), x);
    }

    /// <summary>Running sums along an axis, from the end when <paramref name="reverse"/>.</summary>
    /// <remarks>Each is the one before and one element more, so that sums of what is not negative never decrease; the error of the k-th grows with k.</remarks>
    public static Tensor CumulativeSum(Tensor x, int axis = -1, bool reverse = false)
    {
        Require.NotNull(x, nameof(CumulativeSum));
        return Apply.Of(new Op.CumulativeSum(Require.Axis(axis, x.Shape, nameof(CumulativeSum)), reverse), x);
    }

    /// <summary>eˣ ⁄ Σ eˣ along an axis; shifted by the largest element, so it overflows nowhere. An empty axis gives what it is, nothing.</summary>
    public static Tensor Softmax(Tensor x, int axis = -1) => Exp(LogSoftmax(x, axis, nameof(Softmax)));

    /// <summary>x − ln Σ eˣ along an axis; accurate for logits of any common offset. An empty axis gives what it is, nothing.</summary>
    public static Tensor LogSoftmax(Tensor x, int axis = -1) => LogSoftmax(x, axis, nameof(LogSoftmax));

    private static Tensor LogSoftmax(Tensor x, int axis, string operation)
    {
        Require.NotNull(x, operation);
        Ints over = [Require.Axis(axis, x.Shape, operation)];
        if (x.Shape[over[0]] == 0)
            return x;
        var shifted = x - KeepAxes(StopGradient(Reduce(Reduction.Max, x, over)), x.Shape, over);
        return shifted - KeepAxes(Reduce(Reduction.LogSumExp, shifted, over), x.Shape, over);
    }

    /// <summary>A reduced tensor with its reduced axes back, at length 1, so that it broadcasts against what it was reduced from.</summary>
    /// <param name="reduced">The reduction's result.</param>
    /// <param name="original">The shape before the reduction.</param>
    /// <param name="axes">The axes that were reduced; all where empty.</param>
    public static Tensor KeepAxes(Tensor reduced, Shape original, params ReadOnlySpan<int> axes)
    {
        Require.NotNull(reduced, nameof(KeepAxes));
        Require.NotNull(original, nameof(KeepAxes));
        var over = new bool[original.Rank];
        foreach (var axis in axes)
            over[Require.Axis(axis, original, nameof(KeepAxes))] = true;
        var all = axes.IsEmpty;
        var kept = Shape.Result(
            nameof(KeepAxes),
            Ints.From(original.Rank, axis => all || over[axis] ? 1 : original[axis]).AsSpan(),
            original
        );
        Require.That(
            kept.Size == reduced.Shape.Size,
            $"[KeepAxes] got {reduced.Shape} reduced from {original}; expected a tensor of {kept.Size} elements, as {kept} has"
        );
        return ReshapeTo(reduced, kept);
    }

    internal static Tensor Reduce(Reduction kind, Tensor x, Ints axes) =>
        axes.Count == 0 && Reductions.Of(kind).Fold is not null ? x : Apply.Of(new Op.Reduce(kind, axes), x);

    /// <summary>As <see cref="KeepAxes(Tensor, Shape, ReadOnlySpan{int})"/>, an empty list meaning no axis.</summary>
    internal static Tensor KeepAxes(Tensor reduced, Shape original, Ints axes) =>
        ReshapeTo(reduced, Shape.From(original.Rank, axis => axes.Contains(axis) ? 1 : original[axis]));

    private static double Elements(Tensor x, Ints axes) => axes.Aggregate(1.0, (count, axis) => count * x.Shape[axis]);
}
