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
        var window = new Window(kernel.Shape[2], kernel.Shape[3], stride, padding, dilation);
        var (height, width) = Positions(nameof(Convolution), x.Shape, kernel.Shape, window);
        Fitting([x.Shape[0], height, width, kernel.Shape[0]]);
        Fitting([x.Shape[0] * height * width, kernel.Shape[0]]);
        var patches = Patches(x, window, 0);
        // [batch, channels, height, width, rows, columns] → [batch·height·width, channels·rows·columns]
        var columns = Reshape(
            Transpose(patches, 0, 2, 3, 1, 4, 5),
            (int)(x.Shape[0] * height * width),
            kernel.Shape[1] * kernel.Shape[2] * kernel.Shape[3]
        );
        var product = MatMul(columns, Transpose(Reshape(kernel, kernel.Shape[0], columns.Shape[1])));
        return Transpose(Reshape(product, x.Shape[0], (int)height, (int)width, kernel.Shape[0]), 0, 3, 1, 2);

        void Fitting(ReadOnlySpan<long> lengths) => Shape.Result(nameof(Convolution), lengths, x.Shape, kernel.Shape);
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
        Require.That(
            height >= 0 && width >= 0 && padding >= 0,
            $"[ConvolutionTranspose] got height {height}, width {width}, padding {padding} for y {y.Shape}, kernel {kernel.Shape}; expected none negative"
        );
        var (down, across) = (height + (2L * padding), width + (2L * padding));
        ShapeRules.OverlapFits(nameof(ConvolutionTranspose), y.Shape, 2, y.Shape[2], rows, down, stride, dilation);
        ShapeRules.OverlapFits(nameof(ConvolutionTranspose), y.Shape, 3, y.Shape[3], columns, across, stride, dilation);
        var positions = (long)y.Shape[0] * y.Shape[2] * y.Shape[3];
        var taps = (long)channels * rows * columns;
        Fitting([positions, outputs]);
        Fitting([outputs, taps]);
        Fitting([positions, taps]);
        Fitting([y.Shape[0], channels, y.Shape[2], across, rows]);
        Fitting([y.Shape[0], channels, down, across]);
        var flat = Reshape(Transpose(y, 0, 2, 3, 1), (int)positions, outputs);
        var product = MatMul(flat, Reshape(kernel, outputs, (int)taps));
        var patches = Transpose(Reshape(product, y.Shape[0], y.Shape[2], y.Shape[3], channels, rows, columns), 0, 3, 1, 2, 4, 5);
        var padded = OverlapAdd(OverlapAdd(patches, 3, (int)across, stride, dilation), 2, (int)down, stride, dilation);
        return SliceAxis(SliceAxis(padded, 2, padding, height, 1), 3, padding, width, 1);

        void Fitting(ReadOnlySpan<long> lengths) => Shape.Result(nameof(ConvolutionTranspose), lengths, y.Shape, kernel.Shape);
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
        var window = new Window(rows, columns, stride, padding, dilation);
        var (height, width) = Positions(nameof(ConvolutionKernelTranspose), x.Shape, y.Shape, window);
        Require.That(
            y.Shape[2] == height && y.Shape[3] == width,
            $"[ConvolutionKernelTranspose] got y {y.Shape} for x {x.Shape}; expected the {height} by {width} positions of the windows in its last axes"
        );
        var (positions, taps) = (x.Shape[0] * height * width, (long)x.Shape[1] * rows * columns);
        Fitting([y.Shape[1], taps]);
        Fitting([positions, taps]);
        Fitting([positions, y.Shape[1]]);
        var product = MatMul(
            Transpose(Reshape(Transpose(y, 0, 2, 3, 1), (int)positions, y.Shape[1])),
            Reshape(Transpose(Patches(x, window, 0), 0, 2, 3, 1, 4, 5), (int)positions, (int)taps)
        );
        return Reshape(product, y.Shape[1], x.Shape[1], rows, columns);

        void Fitting(ReadOnlySpan<long> lengths) => Shape.Result(nameof(ConvolutionKernelTranspose), lengths, x.Shape, y.Shape);
    }

    /// <summary>The largest element of each window of [batch, channels, height, width]; equal largest elements share the derivative.</summary>
    /// <param name="x">Images [batch, channels, height, width].</param>
    /// <param name="size">The window's height and width.</param>
    /// <param name="stride">The step between windows; the window's size where null.</param>
    /// <param name="padding">Elements of −∞ on every side, at most half the size.</param>
    /// <exception cref="ArgumentException">x is no batch of images, a window does not fit, or a parameter is out of range.</exception>
    public static Tensor MaxPool(Tensor x, int size, int? stride = null, int padding = 0) =>
        Reduce(Reduction.Max, Pool(x, size, stride, padding, double.NegativeInfinity, nameof(MaxPool)), [4, 5]);

    /// <summary>The mean of each window of [batch, channels, height, width]; padding counts as zeros.</summary>
    /// <param name="x">Images [batch, channels, height, width].</param>
    /// <param name="size">The window's height and width.</param>
    /// <param name="stride">The step between windows; the window's size where null.</param>
    /// <param name="padding">Zeros on every side, at most half the size.</param>
    /// <exception cref="ArgumentException">As for <see cref="MaxPool"/>.</exception>
    public static Tensor AveragePool(Tensor x, int size, int? stride = null, int padding = 0) =>
        Mean(Pool(x, size, stride, padding, 0, nameof(AveragePool)), 4, 5);

    private static Tensor Pool(Tensor x, int size, int? stride, int padding, double fill, string operation)
    {
        Require.NotNull(x, operation);
        Require.That(x.Rank == 4, $"[{operation}] got {x.Shape}; expected [batch,channels,height,width]");
        Require.That(
            padding >= 0 && 2L * padding <= size,
            $"[{operation}] got padding {padding}, size {size} for {x.Shape}; expected 0 to half the size"
        );
        var window = new Window(size, size, stride ?? size, padding, 1);
        Positions(operation, x.Shape, null, window);
        return Patches(x, window, fill);
    }

    /// <summary>How many windows fit the height and the width, checked in the operation's name together with all that is made of them.</summary>
    private static (long Height, long Width) Positions(string operation, Shape x, Shape? other, Window window)
    {
        Require.That(window.Padding >= 0, $"[{operation}] got padding {window.Padding} for {x}; expected at least 0");
        var (down, across) = (x[2] + (2L * window.Padding), x[3] + (2L * window.Padding));
        var height = ShapeRules.WindowCount(operation, x, 2, down, window.Rows, window.Stride, window.Dilation);
        var width = ShapeRules.WindowCount(operation, x, 3, across, window.Columns, window.Stride, window.Dilation);
        Shape[] operands = other is null ? [x] : [x, other];
        Shape.Result(operation, [x[0], x[1], down, across], operands);
        Shape.Result(operation, [x[0], x[1], height, across, window.Rows], operands);
        Shape.Result(operation, [x[0], x[1], height, width, window.Rows, window.Columns], operands);
        return (height, width);
    }

    /// <summary>[batch, channels, height, width] → [batch, channels, positions down, positions across, rows, columns].</summary>
    private static Tensor Patches(Tensor x, Window window, double fill)
    {
        Ints sides = [0, 0, window.Padding, window.Padding];
        var padded = window.Padding == 0 ? x : Pad(x, sides, sides, fill);
        return Windows(Windows(padded, 2, window.Rows, window.Stride, window.Dilation), 3, window.Columns, window.Stride, window.Dilation);
    }

    private readonly record struct Window(int Rows, int Columns, int Stride, int Padding, int Dilation);
}
