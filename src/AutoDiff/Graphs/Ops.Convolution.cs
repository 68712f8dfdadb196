namespace AutoDiff;

public static partial class Ops
{
    /// <summary>Cross-correlation along any number of axes, as nets use it: y[b,o,i…] = Σ x[b,c, i·stride + u·dilation − padding …] w[o,c,u…].</summary>
    /// <param name="x">Signals [batch, channels, length…]: [batch, channels, height, width] are images.</param>
    /// <param name="kernel">Kernels [outputs, channels ⁄ groups, size…].</param>
    /// <param name="stride">The step between windows, above 0.</param>
    /// <param name="padding">Zeros on every side, not negative.</param>
    /// <param name="dilation">The distance between a window's elements, above 0.</param>
    /// <param name="groups">How many groups channels and outputs are divided into, each by itself: as many as channels make the convolution depthwise.</param>
    /// <returns>Values [batch, outputs, position…].</returns>
    /// <exception cref="ArgumentException">The ranks, channels or groups do not fit, or the kernel is larger than the padded signal.</exception>
    public static Tensor Convolution(Tensor x, Tensor kernel, int stride = 1, int padding = 0, int dilation = 1, int groups = 1)
    {
        Require.NotNull(x, nameof(Convolution));
        return Convolution(x, kernel, ConvolutionWindow.Of(Math.Max(0, x.Rank - 2), stride, padding, dilation), groups);
    }

    /// <summary>The same with windows that lie in their own way along each axis: <see cref="ConvolutionWindow.Same"/> among them.</summary>
    /// <param name="x">Signals [batch, channels, length…].</param>
    /// <param name="kernel">Kernels [outputs, channels ⁄ groups, size…].</param>
    /// <param name="window">How the windows lie.</param>
    /// <param name="groups">How many groups channels and outputs are divided into.</param>
    /// <exception cref="ArgumentException">The ranks, channels or groups do not fit, or the kernel is larger than the padded signal.</exception>
    public static Tensor Convolution(Tensor x, Tensor kernel, ConvolutionWindow window, int groups = 1)
    {
        Require.NotNull(x, nameof(Convolution));
        Require.NotNull(kernel, nameof(Convolution));
        Require.NotNull(window, nameof(Convolution));
        Require.That(
            x.Rank > 2
                && x.Rank == kernel.Rank
                && Divides(groups, x.Shape[1])
                && Divides(groups, kernel.Shape[0])
                && x.Shape[1] == (long)kernel.Shape[1] * groups,
            $"[Convolution] got x {x.Shape}, kernel {kernel.Shape}, groups {groups}; expected [batch,channels,length…] and [outputs,channels ⁄ groups,size…]"
        );
        var folds = new Folding(nameof(Convolution), x.Shape, Spatial(kernel.Shape), window, groups, [x.Shape, kernel.Shape]);
        folds.Fits([kernel.Shape[0], x.Shape[0], .. folds.Positions]);
        var product = MatMul(folds.Grouped(kernel), folds.Columns(x));
        return SwapFirst(ReshapeTo(product, [kernel.Shape[0], x.Shape[0], .. folds.Positions]));
    }

    /// <summary>The transpose of <see cref="Convolution(Tensor, Tensor, int, int, int, int)"/> with respect to its images: maps outputs [batch, outputs, …] back to images [batch, channels, height, width].</summary>
    /// <param name="y">The convolution's outputs, or their cotangent.</param>
    /// <param name="kernel">Kernels [outputs, channels ⁄ groups, rows, columns].</param>
    /// <param name="height">The images' height.</param>
    /// <param name="width">The images' width.</param>
    /// <param name="stride">As in the convolution.</param>
    /// <param name="padding">As in the convolution.</param>
    /// <param name="dilation">As in the convolution.</param>
    /// <param name="groups">As in the convolution.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor ConvolutionTranspose(
        Tensor y,
        Tensor kernel,
        int height,
        int width,
        int stride = 1,
        int padding = 0,
        int dilation = 1,
        int groups = 1
    ) => ConvolutionTranspose(y, kernel, [height, width], ConvolutionWindow.Of(2, stride, padding, dilation), groups);

    /// <summary>The transpose of <see cref="Convolution(Tensor, Tensor, ConvolutionWindow, int)"/> with respect to its signals: [batch, channels, length…] from outputs [batch, outputs, position…].</summary>
    /// <param name="y">The convolution's outputs, or their cotangent.</param>
    /// <param name="kernel">Kernels [outputs, channels ⁄ groups, size…].</param>
    /// <param name="lengths">The signals' lengths.</param>
    /// <param name="window">As in the convolution.</param>
    /// <param name="groups">As in the convolution.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor ConvolutionTranspose(Tensor y, Tensor kernel, Ints lengths, ConvolutionWindow window, int groups = 1)
    {
        Require.NotNull(y, nameof(ConvolutionTranspose));
        Require.NotNull(kernel, nameof(ConvolutionTranspose));
        Require.NotNull(lengths, nameof(ConvolutionTranspose));
        Require.NotNull(window, nameof(ConvolutionTranspose));
        Require.That(
            y.Rank > 2
                && y.Rank == kernel.Rank
                && lengths.Count == y.Rank - 2
                && lengths.All(length => length >= 0)
                && y.Shape[1] == kernel.Shape[0]
                && Divides(groups, kernel.Shape[0])
                && (long)kernel.Shape[1] * groups <= int.MaxValue,
            $"[ConvolutionTranspose] got y {y.Shape}, kernel {kernel.Shape}, lengths {string.Join('×', lengths)}, groups {groups}; expected [batch,outputs,position…], [outputs,channels ⁄ groups,size…] and a length of at least 0 for each position"
        );
        var folds = new Folding(
            nameof(ConvolutionTranspose),
            y.Shape,
            lengths,
            Spatial(kernel.Shape),
            kernel.Shape[1] * groups,
            window,
            groups,
            [y.Shape, kernel.Shape]
        );
        return folds.Signals(MatMul(MoveAxis(folds.Grouped(kernel), -1, -2), folds.Rows(y)));
    }

    /// <summary>The transpose of <see cref="Convolution(Tensor, Tensor, int, int, int, int)"/> with respect to its kernels: [outputs, channels ⁄ groups, rows, columns] from images and output cotangents.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor ConvolutionKernelTranspose(
        Tensor x,
        Tensor y,
        int rows,
        int columns,
        int stride = 1,
        int padding = 0,
        int dilation = 1,
        int groups = 1
    ) => ConvolutionKernelTranspose(x, y, [rows, columns], ConvolutionWindow.Of(2, stride, padding, dilation), groups);

    /// <summary>The transpose of <see cref="Convolution(Tensor, Tensor, ConvolutionWindow, int)"/> with respect to its kernels: [outputs, channels ⁄ groups, size…].</summary>
    /// <param name="x">Signals [batch, channels, length…].</param>
    /// <param name="y">The cotangent of the outputs [batch, outputs, position…].</param>
    /// <param name="size">The kernels' sizes.</param>
    /// <param name="window">As in the convolution.</param>
    /// <param name="groups">As in the convolution.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor ConvolutionKernelTranspose(Tensor x, Tensor y, Ints size, ConvolutionWindow window, int groups = 1)
    {
        Require.NotNull(x, nameof(ConvolutionKernelTranspose));
        Require.NotNull(y, nameof(ConvolutionKernelTranspose));
        Require.NotNull(size, nameof(ConvolutionKernelTranspose));
        Require.NotNull(window, nameof(ConvolutionKernelTranspose));
        Require.That(
            x.Rank > 2
                && x.Rank == y.Rank
                && x.Shape[0] == y.Shape[0]
                && size.Count == x.Rank - 2
                && Divides(groups, x.Shape[1])
                && Divides(groups, y.Shape[1]),
            $"[ConvolutionKernelTranspose] got x {x.Shape}, y {y.Shape}, size {string.Join('×', size)}, groups {groups}; expected [batch,channels,length…], [batch,outputs,position…] and a size for each length, groups that divide channels and outputs"
        );
        var folds = new Folding(nameof(ConvolutionKernelTranspose), x.Shape, size, window, groups, [x.Shape, y.Shape]);
        Require.That(
            Spatial(y.Shape).Equals(folds.Positions),
            $"[ConvolutionKernelTranspose] got y {y.Shape} for x {x.Shape}; expected the windows' {string.Join('×', folds.Positions)} positions in its last axes"
        );
        Shape kernel = [y.Shape[1], x.Shape[1] / groups, .. size];
        folds.Fits([.. kernel]);
        return ReshapeTo(MatMul(folds.Rows(y), MoveAxis(folds.Columns(x), -1, -2)), kernel);
    }

    private static bool Divides(int groups, int channels) => groups > 0 && channels % groups == 0;

    private static Ints Spatial(Shape x) => Ints.Of(x.AsSpan()[2..]);

    /// <summary>[first, second, rest…] → [second, first, rest…].</summary>
    internal static Tensor SwapFirst(Tensor x) => Transpose(x, [1, 0, .. Enumerable.Range(2, x.Rank - 2)]);
}
