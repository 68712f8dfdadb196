using static AutoDiff.Ops;

namespace AutoDiff.Data;

/// <summary>Images of other sizes.</summary>
public static class Images
{
    /// <summary>Smaller images, each pixel the mean of those it covers, in part where it covers them in part: 28×28 to 14×14 by means of 2×2.</summary>
    /// <param name="images">The images […, height, width]; derivatives flow to them.</param>
    /// <param name="height">The new height, from 1 to the old.</param>
    /// <param name="width">The new width, from 1 to the old.</param>
    /// <remarks>
    /// Pixel i of n out of m covers [i·m⁄n, (i+1)·m⁄n), as OpenCV's INTER_AREA takes it; means by rows, then by columns. So the mean over all pixels stays what it was.
    /// </remarks>
    /// <exception cref="ArgumentException">There are fewer than two axes, or a size is out of range.</exception>
    public static Tensor ResizeByMeans(Tensor images, int height, int width)
    {
        Require.NotNull(images, nameof(ResizeByMeans));
        Require.That(images.Rank >= 2, $"[ResizeByMeans] got images {images.Shape}; expected […,height,width]");
        var (oldHeight, oldWidth) = (images.Shape[-2], images.Shape[-1]);
        Require.That(
            height >= 1 && height <= oldHeight && width >= 1 && width <= oldWidth,
            $"[ResizeByMeans] got {height}x{width} for images {images.Shape}; expected 1 to {oldHeight} by 1 to {oldWidth}"
        );
        if (oldHeight % height == 0 && oldWidth % width == 0)
        {
            var outer = images.Shape.AsSpan()[..^2];
            var blocks = Reshape(images, [.. outer, height, oldHeight / height, width, oldWidth / width]);
            return Mean(blocks, outer.Length + 1, outer.Length + 3);
        }
        return MatMul(MatMul(Shares(height, oldHeight), images), Transpose(Shares(width, oldWidth)));
    }

    /// <summary>Which part of each new pixel each old one is [pixels, old].</summary>
    private static Tensor Shares(int pixels, int old)
    {
        // In units of 1 ⁄ pixels of an old pixel, all bounds are whole.
        var shares = new double[pixels * old];
        for (var i = 0; i < pixels; i++)
        {
            for (var j = 0; j < old; j++)
            {
                var covered = Math.Min((i + 1L) * old, (j + 1L) * pixels) - Math.Max((long)i * old, (long)j * pixels);
                shares[(i * old) + j] = Math.Max(0, covered) / (double)old;
            }
        }
        return Tensor.Of(shares, pixels, old);
    }
}
