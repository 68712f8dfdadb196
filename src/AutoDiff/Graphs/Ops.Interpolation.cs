namespace AutoDiff;

public static partial class Ops
{
    /// <summary>The piecewise linear function through the points (xp, fp), at x: fp's first value before the first point, its last one behind the last.</summary>
    /// <param name="x">Where, of any shape.</param>
    /// <param name="xp">The points' places [n], n above 0, ascending and different: this is not checked.</param>
    /// <param name="fp">The points' values [n].</param>
    /// <remarks>The slope at a point is that of the piece on its right, at the last point 0, as outside. Differentiable in all arguments. NaN gives NaN. The pieces are found by <see cref="SearchSorted"/>.</remarks>
    /// <exception cref="ArgumentException">xp and fp are no vectors of equal length, or are empty.</exception>
    public static Tensor Interpolate(Tensor x, Tensor xp, Tensor fp)
    {
        Require.NotNull(x, nameof(Interpolate));
        Require.NotNull(xp, nameof(Interpolate));
        Require.NotNull(fp, nameof(Interpolate));
        Require.That(
            xp.Rank == 1 && xp.Shape.Equals(fp.Shape) && xp.Shape[0] > 0,
            $"[Interpolate] got points {xp.Shape} with values {fp.Shape}; expected two vectors of equal length, not empty"
        );
        var count = xp.Shape[0];
        var (first, last) = (Take(fp, 0, 0), Take(fp, 0, -1));
        if (count == 1)
            return BroadcastTo(first, x.Shape);
        var (below, above) = (x < Take(xp, 0, 0), x >= Take(xp, 0, -1));
        var piece = Clamp(SearchSorted(xp, x, right: true) - 1, 0, count - 2);
        var (from, to, value) = (Gather(xp, piece), Gather(xp, piece + 1), Gather(fp, piece));
        // Outside, where a choice drops the line, it must have finite slopes nevertheless.
        var inside = Where(below + above, from, x);
        var line = value + ((inside - from) / (to - from) * (Gather(fp, piece + 1) - value));
        return Where(below, first, Where(above, last, line));
    }

    /// <summary>Images of another size, each pixel the nearest one's value: that at ⌊i·length ⁄ new length⌋ along each axis.</summary>
    /// <param name="x">Images [batch, channels, height, width], neither side empty.</param>
    /// <param name="height">The new height, not negative.</param>
    /// <param name="width">The new width, not negative.</param>
    /// <exception cref="ArgumentException">x is no batch of images with pixels, a length is negative, or the result is too large for an array.</exception>
    public static Tensor ResizeNearest(Tensor x, int height, int width) => Resized(x, height, width, nameof(ResizeNearest), Nearest);

    /// <summary>Images of another size, linear between pixels along each axis.</summary>
    /// <param name="x">Images [batch, channels, height, width], neither side empty.</param>
    /// <param name="height">The new height, not negative.</param>
    /// <param name="width">The new width, not negative.</param>
    /// <param name="alignCorners">Whether the corners' centres stay where they are; else the images' edges do, and what would lie beyond the outermost centres has their values. As in PyTorch.</param>
    /// <exception cref="ArgumentException">As for <see cref="ResizeNearest"/>.</exception>
    public static Tensor ResizeBilinear(Tensor x, int height, int width, bool alignCorners = false) =>
        Resized(x, height, width, nameof(ResizeBilinear), (y, axis, length) => Linear(y, axis, length, alignCorners));

    private static Tensor Resized(Tensor x, int height, int width, string operation, Func<Tensor, int, int, Tensor> along)
    {
        Require.NotNull(x, operation);
        Require.That(
            x.Rank == 4 && x.Shape[2] > 0 && x.Shape[3] > 0 && height >= 0 && width >= 0,
            $"[{operation}] got {x.Shape} for height {height}, width {width}; expected [batch,channels,height,width] with pixels, and lengths of at least 0"
        );
        Shape.Result(operation, [x.Shape[0], x.Shape[1], height, x.Shape[3]], x.Shape);
        var result = Shape.Result(operation, [x.Shape[0], x.Shape[1], height, width], x.Shape);
        return result.Size == 0 ? Tensor.Zeros(result) : along(along(x, 2, height), 3, width);
    }

    private static Tensor Nearest(Tensor x, int axis, int length)
    {
        long before = x.Shape[axis];
        return length == before ? x : Gather(x, Positions(length, i => i * before / length), axis);
    }

    private static Tensor Linear(Tensor x, int axis, int length, bool alignCorners)
    {
        long before = x.Shape[axis];
        if (length == before)
            return x;
        var place = Positions(
            length,
            i =>
                !alignCorners ? Math.Max(0, (((2 * i) + 1) * before) - length) / (2.0 * length)
                : length > 1 ? i * (before - 1) / (length - 1.0)
                : 0
        );
        var low = Floor(place);
        var share = KeepAxes(place - low, Shape.From(4, i => i == axis ? length : 1), 0);
        var (one, other) = (Gather(x, low, axis), Gather(x, Minimum(low + 1, before - 1), axis));
        return one + (share * (other - one));
    }

    private static Tensor Positions(int length, Func<long, double> at)
    {
        var positions = new double[length];
        for (var i = 0; i < length; i++)
            positions[i] = at(i);
        return Tensor.Of(positions);
    }
}
