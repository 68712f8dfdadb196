namespace AutoDiff;

public static partial class Ops
{
    /// <summary>Matrix product by NumPy's rules: [batch…, m, k] and [batch…, k, n], batch axes broadcast; a vector counts as a row on the left, a column on the right.</summary>
    /// <exception cref="ArgumentException">An argument is a scalar, or the inner lengths differ.</exception>
    public static Tensor MatMul(Tensor left, Tensor right)
    {
        Require.NotNull(left, nameof(MatMul));
        Require.NotNull(right, nameof(MatMul));
        Require.That(left.Rank > 0 && right.Rank > 0, $"[MatMul] got left {left.Shape}, right {right.Shape}; expected no scalar");
        ShapeRules.InnerFits(left.Shape, right.Shape);
        var (given, (row, column)) = ((left.Shape, right.Shape), (left.Rank == 1, right.Rank == 1));
        left = row ? ExpandDims(left, 0) : left;
        right = column ? ExpandDims(right, 1) : right;
        if (left.Rank > 2 || right.Rank > 2)
        {
            var batch = Shape.BroadcastLengths(left.Shape.AsSpan()[..^2], right.Shape.AsSpan()[..^2]);
            Require.That(
                batch is not null,
                $"[MatMul] batch axes of left {given.Item1} and right {given.Item2} do not broadcast; expected each length before the last two axes to be equal or 1"
            );
            left = BroadcastTo(left, Fitting([.. batch, .. left.Shape.AsSpan()[^2..]]));
            right = BroadcastTo(right, Fitting([.. batch, .. right.Shape.AsSpan()[^2..]]));
        }
        Fitting([.. left.Shape.AsSpan()[..^1], right.Shape[-1]]);
        Tensor product = Apply.Of(Cached.MatMul, left, right);
        product = column ? ReshapeTo(product, product.Shape.Without([product.Rank - 1])) : product;
        return row ? ReshapeTo(product, product.Shape.Without([product.Rank - (column ? 1 : 2)])) : product;

        Shape Fitting(ReadOnlySpan<int> lengths) => Shape.Result(nameof(MatMul), lengths, given.Item1, given.Item2);
    }

    /// <summary>Σ xᵢ yᵢ of two vectors of equal length.</summary>
    public static Tensor Dot(Tensor x, Tensor y)
    {
        Require.NotNull(x, nameof(Dot));
        Require.NotNull(y, nameof(Dot));
        Require.That(x.Rank == 1 && x.Shape.Equals(y.Shape), $"[Dot] got {x.Shape} and {y.Shape}; expected two vectors of equal length");
        return MatMul(x, y);
    }

    /// <summary>The matrix xᵢ yⱼ of two vectors.</summary>
    public static Tensor Outer(Tensor x, Tensor y)
    {
        Require.NotNull(x, nameof(Outer));
        Require.NotNull(y, nameof(Outer));
        Require.That(x.Rank == 1 && y.Rank == 1, $"[Outer] got {x.Shape} and {y.Shape}; expected two vectors");
        Shape.Result(nameof(Outer), [x.Shape[0], y.Shape[0]], x.Shape, y.Shape);
        return ExpandDims(x, 1) * y;
    }

    /// <summary>The largest element of each window of [batch, channels, height, width]; equal largest elements share the derivative.</summary>
    /// <param name="x">Images [batch, channels, height, width].</param>
    /// <param name="size">The window's height and width.</param>
    /// <param name="stride">The step between windows; the window's size where null.</param>
    /// <param name="padding">Elements of −∞ on every side, at most half the size.</param>
    /// <exception cref="ArgumentException">x is no batch of images, a window does not fit, or a parameter is out of range.</exception>
    public static Tensor MaxPool(Tensor x, int size, int? stride = null, int padding = 0) =>
        Pool(x, size, stride, padding, Reduction.Max, double.NegativeInfinity, nameof(MaxPool));

    /// <summary>The mean of each window of [batch, channels, height, width]; padding counts as zeros.</summary>
    /// <param name="x">Images [batch, channels, height, width].</param>
    /// <param name="size">The window's height and width.</param>
    /// <param name="stride">The step between windows; the window's size where null.</param>
    /// <param name="padding">Zeros on every side, at most half the size.</param>
    /// <exception cref="ArgumentException">As for <see cref="MaxPool(Tensor, int, int?, int)"/>.</exception>
    public static Tensor AveragePool(Tensor x, int size, int? stride = null, int padding = 0) =>
        Pool(x, size, stride, padding, Reduction.Sum, 0, nameof(AveragePool)) / ((double)size * size);

    private static Tensor Pool(Tensor x, int size, int? stride, int padding, Reduction kind, double fill, string operation)
    {
        Require.NotNull(x, operation);
        Require.That(x.Rank == 4, $"[{operation}] got {x.Shape}; expected [batch,channels,height,width]");
        Require.That(
            padding >= 0 && 2L * padding <= size,
            $"[{operation}] got padding {padding}, size {size} for {x.Shape}; expected 0 to half the size"
        );
        var window = ConvolutionWindow.Of(2, stride ?? size, padding);
        return Pool(x, new(operation, x.Shape, [size, size], window, 1, [x.Shape]), kind, fill);
    }
}
