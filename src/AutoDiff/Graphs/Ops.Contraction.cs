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
        var (row, column) = (left.Rank == 1, right.Rank == 1);
        left = row ? ExpandDims(left, 0) : left;
        right = column ? ExpandDims(right, 1) : right;
        if (left.Rank > 2 || right.Rank > 2)
        {
            var batch = Common(nameof(MatMul), Shape.Of(left.Shape.AsSpan()[..^2]), Shape.Of(right.Shape.AsSpan()[..^2]));
            left = BroadcastTo(left, [.. batch, .. left.Shape.AsSpan()[^2..]]);
            right = BroadcastTo(right, [.. batch, .. right.Shape.AsSpan()[^2..]]);
        }
        Tensor product = Apply.Of(Cached.MatMul, left, right);
        product = column ? ReshapeTo(product, product.Shape.Without([product.Rank - 1])) : product;
        return row ? ReshapeTo(product, product.Shape.Without([product.Rank - (column ? 1 : 2)])) : product;
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
        return ExpandDims(x, 1) * y;
    }

    /// <summary>2-D cross-correlation, as nets use it: y[b,o,i,j] = Σ x[b,c, i·stride + u·dilation − padding, …] w[o,c,u,v].</summary>
    /// <param name="x">Images [batch, channels, height, width].</param>
    /// <param name="kernel">Kernels [outputs, channels, rows, columns].</param>
    /// <param name="stride">The step between windows, above 0.</param>
    /// <param name="padding">Zeros on every side, not negative.</param>
    /// <param name="dilation">The distance between a window's elements, above 0.</param>
    /// <exception cref="ArgumentException">The ranks or channels do not fit, or the kernel is larger than the padded image.</exception>
    public static Tensor Convolution(Tensor x, Tensor kernel, int stride = 1, int padding = 0, int dilation = 1)
    {
        Require.NotNull(x, nameof(Convolution));
        Require.NotNull(kernel, nameof(Convolution));
        Require.That(
            x.Rank == 4 && kernel.Rank == 4 && x.Shape[1] == kernel.Shape[1],
            $"[Convolution] got x {x.Shape}, kernel {kernel.Shape}; expected [batch,channels,height,width] and [outputs,channels,rows,columns]"
        );
        var patches = Patches(x, kernel.Shape[2], kernel.Shape[3], stride, padding, dilation, 0);
        var (height, width) = (patches.Shape[2], patches.Shape[3]);
        // [batch, channels, height, width, rows, columns] → [batch·height·width, channels·rows·columns]
        var columns = Reshape(
            Transpose(patches, 0, 2, 3, 1, 4, 5),
            x.Shape[0] * height * width,
            kernel.Shape[1] * kernel.Shape[2] * kernel.Shape[3]
        );
        var product = MatMul(columns, Transpose(Reshape(kernel, kernel.Shape[0], columns.Shape[1])));
        return Transpose(Reshape(product, x.Shape[0], height, width, kernel.Shape[0]), 0, 3, 1, 2);
    }

    /// <summary>The transpose of <see cref="Convolution"/> with respect to its images: maps outputs [batch, outputs, …] back to images [batch, channels, height, width].</summary>
    /// <param name="y">The convolution's outputs, or their cotangent.</param>
    /// <param name="kernel">Kernels [outputs, channels, rows, columns].</param>
    /// <param name="height">The images' height.</param>
    /// <param name="width">The images' width.</param>
    /// <param name="stride">As in the convolution.</param>
    /// <param name="padding">As in the convolution.</param>
    /// <param name="dilation">As in the convolution.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor ConvolutionTranspose(
        Tensor y,
        Tensor kernel,
        int height,
        int width,
        int stride = 1,
        int padding = 0,
        int dilation = 1
    )
    {
        Require.NotNull(y, nameof(ConvolutionTranspose));
        Require.NotNull(kernel, nameof(ConvolutionTranspose));
        Require.That(
            y.Rank == 4 && kernel.Rank == 4 && y.Shape[1] == kernel.Shape[0],
            $"[ConvolutionTranspose] got y {y.Shape}, kernel {kernel.Shape}; expected [batch,outputs,height,width] and [outputs,channels,rows,columns]"
        );
        var (outputs, channels, rows, columns) = (kernel.Shape[0], kernel.Shape[1], kernel.Shape[2], kernel.Shape[3]);
        var flat = Reshape(Transpose(y, 0, 2, 3, 1), y.Shape[0] * y.Shape[2] * y.Shape[3], outputs);
        var product = MatMul(flat, Reshape(kernel, outputs, channels * rows * columns));
        var patches = Transpose(Reshape(product, y.Shape[0], y.Shape[2], y.Shape[3], channels, rows, columns), 0, 3, 1, 2, 4, 5);
        var padded = OverlapAdd(
            OverlapAdd(patches, 3, width + (2 * padding), stride, dilation),
            2,
            height + (2 * padding),
            stride,
            dilation
        );
        return SliceAxis(SliceAxis(padded, 2, padding, height, 1), 3, padding, width, 1);
    }

    /// <summary>The transpose of <see cref="Convolution"/> with respect to its kernels: [outputs, channels, rows, columns] from images and output cotangents.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor ConvolutionKernelTranspose(
        Tensor x,
        Tensor y,
        int rows,
        int columns,
        int stride = 1,
        int padding = 0,
        int dilation = 1
    )
    {
        Require.NotNull(x, nameof(ConvolutionKernelTranspose));
        Require.NotNull(y, nameof(ConvolutionKernelTranspose));
        Require.That(
            x.Rank == 4 && y.Rank == 4 && x.Shape[0] == y.Shape[0],
            $"[ConvolutionKernelTranspose] got x {x.Shape}, y {y.Shape}; expected [batch,channels,height,width] and [batch,outputs,height,width]"
        );
        var patches = Patches(x, rows, columns, stride, padding, dilation, 0);
        var positions = patches.Shape[0] * patches.Shape[2] * patches.Shape[3];
        Require.That(
            y.Shape[2] == patches.Shape[2] && y.Shape[3] == patches.Shape[3],
            $"[ConvolutionKernelTranspose] y {y.Shape} has not the {patches.Shape[2]} by {patches.Shape[3]} positions of the windows over x {x.Shape}"
        );
        var product = MatMul(
            Transpose(Reshape(Transpose(y, 0, 2, 3, 1), positions, y.Shape[1])),
            Reshape(Transpose(patches, 0, 2, 3, 1, 4, 5), positions, x.Shape[1] * rows * columns)
        );
        return Reshape(product, y.Shape[1], x.Shape[1], rows, columns);
    }

    /// <summary>The largest element of each window of [batch, channels, height, width]; equal largest elements share the derivative.</summary>
    /// <param name="x">Images [batch, channels, height, width].</param>
    /// <param name="size">The window's height and width.</param>
    /// <param name="stride">The step between windows; the window's size where null.</param>
    /// <param name="padding">Elements of −∞ on every side, at most half the size.</param>
    public static Tensor MaxPool(Tensor x, int size, int? stride = null, int padding = 0) =>
        Reduce(Reduction.Max, Pool(x, size, stride, padding, double.NegativeInfinity, nameof(MaxPool)), [4, 5]);

    /// <summary>The mean of each window of [batch, channels, height, width]; padding counts as zeros.</summary>
    /// <param name="x">Images [batch, channels, height, width].</param>
    /// <param name="size">The window's height and width.</param>
    /// <param name="stride">The step between windows; the window's size where null.</param>
    /// <param name="padding">Zeros on every side, at most half the size.</param>
    public static Tensor AveragePool(Tensor x, int size, int? stride = null, int padding = 0) =>
        Mean(Pool(x, size, stride, padding, 0, nameof(AveragePool)), 4, 5);

    private static Tensor Pool(Tensor x, int size, int? stride, int padding, double fill, string operation)
    {
        Require.NotNull(x, operation);
        Require.That(x.Rank == 4, $"[{operation}] got {x.Shape}; expected [batch,channels,height,width]");
        Require.That(
            padding >= 0 && 2 * padding <= size,
            $"[{operation}] padding {padding} for windows of {size}; expected 0 to half the size"
        );
        return Patches(x, size, size, stride ?? size, padding, 1, fill);
    }

    /// <summary>[batch, channels, height, width] → [batch, channels, positions down, positions across, rows, columns].</summary>
    private static Tensor Patches(Tensor x, int rows, int columns, int stride, int padding, int dilation, double fill)
    {
        Ints sides = [0, 0, padding, padding];
        var padded = padding == 0 ? x : Pad(x, sides, sides, fill);
        return Windows(Windows(padded, 2, rows, stride, dilation), 3, columns, stride, dilation);
    }
}
