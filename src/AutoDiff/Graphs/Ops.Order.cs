namespace AutoDiff;

public static partial class Ops
{
    /// <summary>The position of the smallest element along an axis, the first of equals; derivative 0. A NaN counts as smallest.</summary>
    /// <exception cref="ArgumentException">The axis is out of range or empty.</exception>
    public static Tensor ArgMin(Tensor x, int axis = -1)
    {
        Require.NotNull(x, nameof(ArgMin));
        axis = Require.Axis(axis, x.Shape, nameof(ArgMin));
        Require.That(x.Shape[axis] > 0, $"[ArgMin] axis {axis} of {x.Shape} is empty; expected at least one element");
        return ArgMax(-x, axis);
    }

    /// <summary>The positions along an axis that put its elements in order; derivative 0.</summary>
    /// <remarks>Equal elements, 0 and −0 among them, keep their order; NaN is last in either direction.</remarks>
    /// <exception cref="ArgumentException">The axis is out of range.</exception>
    public static Tensor ArgSort(Tensor x, int axis = -1, bool descending = false)
    {
        Require.NotNull(x, nameof(ArgSort));
        axis = Require.Axis(axis, x.Shape, nameof(ArgSort));
        return Apply.Of(new Op.ArgSort(axis, x.Shape[axis], descending), x);
    }

    /// <summary>The elements in order along an axis.</summary>
    /// <remarks>As by <see cref="ArgSort"/>: each cotangent goes to the element that came to its place.</remarks>
    /// <exception cref="ArgumentException">The axis is out of range.</exception>
    public static Tensor Sort(Tensor x, int axis = -1, bool descending = false)
    {
        Require.NotNull(x, nameof(Sort));
        axis = Require.Axis(axis, x.Shape, nameof(Sort));
        return TakeAlongAxis(x, ArgSort(x, axis, descending), axis);
    }

    /// <summary>The <paramref name="count"/> largest elements along an axis in descending order, and their positions; or the smallest, ascending.</summary>
    /// <remarks>What <see cref="Sort"/> in that direction begins with, found without sorting all where few are asked for. No derivative flows to positions.</remarks>
    /// <exception cref="ArgumentException">The axis is out of range, or has fewer elements.</exception>
    public static (Tensor Values, Tensor Positions) TopK(Tensor x, int count, int axis = -1, bool smallest = false)
    {
        Require.NotNull(x, nameof(TopK));
        axis = Require.Axis(axis, x.Shape, nameof(TopK));
        Require.That(
            count >= 0 && count <= x.Shape[axis],
            $"[TopK] got count {count} for axis {axis} of {x.Shape}; expected 0 to {x.Shape[axis]}"
        );
        var positions = Apply.Of(new Op.ArgSort(axis, count, !smallest), x);
        return (TakeAlongAxis(x, positions, axis), positions);
    }

    /// <summary>Where each value would go among sorted numbers: before its equals, or behind them where <paramref name="right"/>; derivative 0.</summary>
    /// <param name="sorted">The numbers [batch…, length], ascending as <see cref="Sort"/> leaves them, NaN last.</param>
    /// <param name="values">The values [batch…, picks…]; with sorted numbers of one axis, of any shape.</param>
    /// <param name="right">Whether equals are passed.</param>
    /// <returns>Positions 0 … length in the values' shape.</returns>
    /// <exception cref="ArgumentException">The numbers are a scalar, or the batch axes differ.</exception>
    public static Tensor SearchSorted(Tensor sorted, Tensor values, bool right = false)
    {
        Require.NotNull(sorted, nameof(SearchSorted));
        Require.NotNull(values, nameof(SearchSorted));
        return Apply.Of(new Op.SearchSorted(right), sorted, values);
    }

    /// <summary>The elements at <paramref name="indices"/> along an axis, each from its own row: result[i, j] = x[i, indices[i, j]] for the last of two axes.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="indices">Positions along the axis, whole numbers; every other axis is as long as x's. No derivative flows to them.</param>
    /// <param name="axis">The axis picked from.</param>
    /// <remarks>As <see cref="Gather"/> for what is out of range, and for what is picked twice.</remarks>
    /// <exception cref="ArgumentException">The axis is out of range, or another axis differs.</exception>
    public static Tensor TakeAlongAxis(Tensor x, Tensor indices, int axis = -1)
    {
        Require.NotNull(x, nameof(TakeAlongAxis));
        Require.NotNull(indices, nameof(TakeAlongAxis));
        axis = Require.Axis(axis, x.Shape, nameof(TakeAlongAxis));
        Require.That(
            indices.Rank == x.Rank && indices.Shape.Equals(x.Shape.With(axis, indices.Shape[axis])),
            $"[TakeAlongAxis] got indices {indices.Shape} for axis {axis} of {x.Shape}; expected equal lengths on every other axis"
        );
        return MoveAxis(Apply.Of(new Op.Gather(x.Rank - 1), MoveAxis(x, axis, -1), MoveAxis(indices, axis, -1)), -1, axis);
    }
}
