namespace AutoDiff;

public static partial class Ops
{
    /// <summary>Running products along an axis, from the end when <paramref name="reverse"/>.</summary>
    /// <remarks>Multiplied pairwise, so that every derivative, to any order, is exact also where factors are 0; the error of the k-th grows with log k.</remarks>
    /// <exception cref="ArgumentException">The axis is out of range.</exception>
    public static Tensor CumulativeProduct(Tensor x, int axis = -1, bool reverse = false) =>
        Running(x, axis, reverse, Multiply, nameof(CumulativeProduct));

    /// <summary>ln Σ eˣ of the elements up to each along an axis, from the end when <paramref name="reverse"/>; overflows nowhere.</summary>
    /// <remarks>Added pairwise, each pair shifted by its larger element; −∞ where all so far are −∞, with derivative 0 there.</remarks>
    /// <exception cref="ArgumentException">The axis is out of range.</exception>
    public static Tensor CumulativeLogSumExp(Tensor x, int axis = -1, bool reverse = false) =>
        Running(x, axis, reverse, (a, b) => LogSumExp(Stack(a, b), 0), nameof(CumulativeLogSumExp));

    /// <summary>The largest element so far along an axis, from the end when <paramref name="reverse"/>; NaN from the first NaN on.</summary>
    /// <remarks>Of equal elements the one met first has the derivative.</remarks>
    /// <exception cref="ArgumentException">The axis is out of range.</exception>
    public static Tensor CumulativeMax(Tensor x, int axis = -1, bool reverse = false) =>
        Reached(x, axis, reverse, isLargest: true, nameof(CumulativeMax));

    /// <summary>The smallest element so far along an axis, from the end when <paramref name="reverse"/>; NaN from the first NaN on.</summary>
    /// <remarks>Of equal elements the one met first has the derivative.</remarks>
    /// <exception cref="ArgumentException">The axis is out of range.</exception>
    public static Tensor CumulativeMin(Tensor x, int axis = -1, bool reverse = false) =>
        Reached(x, axis, reverse, isLargest: false, nameof(CumulativeMin));

    private static Tensor Reached(Tensor x, int axis, bool reverse, bool isLargest, string operation)
    {
        Require.NotNull(x, operation);
        axis = Require.Axis(axis, x.Shape, operation);
        return TakeAlongAxis(x, Apply.Of(new Op.CumulativeArgMax(axis, reverse), isLargest ? x : -x), axis);
    }

    private static Tensor Running(Tensor x, int axis, bool reverse, Func<Tensor, Tensor, Tensor> combine, string operation)
    {
        Require.NotNull(x, operation);
        axis = Require.Axis(axis, x.Shape, operation);
        return reverse ? Flip(Prefixes(Flip(x, axis), axis, combine), axis) : Prefixes(x, axis, combine);
    }

    /// <summary>What an associative function makes of the elements up to each: of pairs first, which gives every second one, and then of the rest.</summary>
    /// <remarks>Blelloch, "Prefix sums and their applications" (1990): about two applications for each element, in a graph of depth 2·log₂ n.</remarks>
    private static Tensor Prefixes(Tensor x, int axis, Func<Tensor, Tensor, Tensor> combine)
    {
        var length = x.Shape[axis];
        if (length < 2 || x.Shape.Size == 0)
            return x;
        var half = length / 2;
        var odd = Prefixes(combine(SliceAxis(x, axis, 0, half, 2), SliceAxis(x, axis, 1, half, 2)), axis, combine);
        var later = (length - 1) / 2;
        var first = SliceAxis(x, axis, 0, 1, 1);
        var even =
            later == 0 ? first : Concatenate([first, combine(SliceAxis(odd, axis, 0, later, 1), SliceAxis(x, axis, 2, later, 2))], axis);
        // even₀ odd₀ even₁ odd₁ …
        var pairs = Stack([SliceAxis(even, axis, 0, half, 1), odd], axis + 1);
        var woven = ReshapeTo(pairs, x.Shape.With(axis, 2 * half));
        return length == 2 * half ? woven : Concatenate([woven, SliceAxis(even, axis, half, 1, 1)], axis);
    }
}
