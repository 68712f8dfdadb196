namespace AutoDiff;

public static partial class Ops
{
    /// <summary>x without the named axes, which have length 1, or without all such axes where none is named.</summary>
    /// <exception cref="ArgumentException">A named axis is longer, out of range or named twice.</exception>
    public static Tensor Squeeze(Tensor x, params ReadOnlySpan<int> axes)
    {
        var over = Axes(x, axes, nameof(Squeeze));
        if (axes.IsEmpty)
            over = [.. over.Where(axis => x.Shape[axis] == 1)];
        foreach (var axis in over)
            Require.That(x.Shape[axis] == 1, $"[Squeeze] got axis {axis} of {x.Shape}; expected an axis of length 1");
        return ReshapeTo(x, x.Shape.Without(over));
    }

    /// <summary>Two axes in each other's place.</summary>
    /// <exception cref="ArgumentException">An axis is out of range.</exception>
    public static Tensor SwapAxes(Tensor x, int first, int second)
    {
        Require.NotNull(x, nameof(SwapAxes));
        var (a, b) = (Require.Axis(first, x.Shape, nameof(SwapAxes)), Require.Axis(second, x.Shape, nameof(SwapAxes)));
        var permutation = Ints.From(
            x.Rank,
            axis =>
                axis == a ? b
                : axis == b ? a
                : axis
        );
        return Transpose(x, permutation.AsSpan());
    }

    /// <summary>The elements moved on by <paramref name="shift"/> places along an axis, the last ones to the front; a negative shift moves them back.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="shift">How far.</param>
    /// <param name="axis">The axis; null for all elements in row-major order.</param>
    /// <exception cref="ArgumentException">The axis is out of range.</exception>
    public static Tensor Roll(Tensor x, int shift, int? axis = null)
    {
        Require.NotNull(x, nameof(Roll));
        if (axis is null)
            return ReshapeTo(Roll(ReshapeTo(x, [x.Shape.Size]), shift, 0), x.Shape);
        var along = Require.Axis(axis.Value, x.Shape, nameof(Roll));
        var length = x.Shape[along];
        var moved = length == 0 ? 0 : ((shift % length) + length) % length;
        return moved == 0
            ? x
            : Concatenate([SliceAxis(x, along, length - moved, moved, 1), SliceAxis(x, along, 0, length - moved, 1)], along);
    }

    /// <summary>Each slice along an axis <paramref name="count"/> times in a row; the whole tensor again and again is <see cref="Tile(Tensor, ReadOnlySpan{int})"/>.</summary>
    /// <exception cref="ArgumentException">The count is negative, the axis is out of range, or the result is too large for an array.</exception>
    public static Tensor Repeat(Tensor x, int count, int axis = 0)
    {
        Require.NotNull(x, nameof(Repeat));
        axis = Require.Axis(axis, x.Shape, nameof(Repeat));
        Require.That(count >= 0, $"[Repeat] got count {count} for {x.Shape}; expected at least 0");
        long[] lengths = [.. x.Shape.Select((length, i) => i == axis ? (long)length * count : length)];
        var result = Shape.Result(nameof(Repeat), lengths, x.Shape);
        var apart = ExpandDims(x, axis + 1);
        return ReshapeTo(BroadcastTo(apart, apart.Shape.With(axis + 1, count)), result);
    }

    /// <summary>Slice i along an axis <paramref name="counts"/>[i] times in a row.</summary>
    /// <exception cref="ArgumentException">There is not one count for each slice, one is negative, the axis is out of range, or the result is too large for an array.</exception>
    public static Tensor Repeat(Tensor x, Ints counts, int axis = 0)
    {
        Require.NotNull(x, nameof(Repeat));
        Require.NotNull(counts, nameof(Repeat));
        axis = Require.Axis(axis, x.Shape, nameof(Repeat));
        Require.That(
            counts.Count == x.Shape[axis] && counts.All(count => count >= 0),
            $"[Repeat] got {counts.Count} counts {counts} for axis {axis} of {x.Shape}; expected one for each of its slices, none negative"
        );
        long[] lengths = [.. x.Shape.Select((length, i) => i == axis ? counts.Sum(count => (long)count) : length)];
        Shape.Result(nameof(Repeat), lengths, x.Shape);
        double[] positions = [.. counts.SelectMany((count, position) => Enumerable.Repeat((double)position, count))];
        return Gather(x, Constant.Owning(positions, [positions.Length]), axis);
    }

    /// <summary>Vectors of n₀, n₁, … elements spread over a grid [n₀, n₁, …], one tensor each: element (i₀, i₁, …) of the k-th is its iₖ-th.</summary>
    /// <param name="vectors">The vectors; a scalar counts as one element.</param>
    /// <param name="cartesian">Whether the grid is [n₁, n₀, …], x along columns and y along rows, as NumPy has it unless told otherwise.</param>
    /// <exception cref="ArgumentException">A tensor has more than one axis, or the grid is too large for an array.</exception>
    public static Tensor[] MeshGrid(IReadOnlyList<Tensor> vectors, bool cartesian = false)
    {
        Require.NotNull(vectors, nameof(MeshGrid));
        foreach (var vector in vectors)
        {
            Require.NotNull(vector, nameof(MeshGrid));
            Require.That(vector.Rank <= 1, $"[MeshGrid] got {vector.Shape}; expected vectors");
        }
        var rank = vectors.Count;
        var axes = Ints.From(rank, k => cartesian && rank > 1 && k < 2 ? 1 - k : k);
        long[] lengths = [.. axes.Select(k => (long)vectors[k].Shape.Size)];
        var grid = Shape.Result(nameof(MeshGrid), lengths, [.. vectors.Select(vector => vector.Shape)]);
        return
        [
            .. vectors.Select(
                (vector, k) => BroadcastTo(ReshapeTo(vector, Shape.From(rank, axis => axes[axis] == k ? vector.Shape.Size : 1)), grid)
            ),
        ];
    }

    /// <summary>The elements <c>start[i] + j·step[i]</c> along each axis i; x itself where these are all.</summary>
    internal static Tensor SliceOf(Tensor x, Ints start, Ints length, Ints step) =>
        length.AsSpan().SequenceEqual(x.Shape.AsSpan()) ? x : Apply.Of(new Op.Slice(start, length, step), x);
}
