namespace AutoDiff;

public static partial class Ops
{
    /// <summary>The largest element of each window of signals of any rank; equal largest elements share the derivative.</summary>
    /// <param name="x">Signals [batch, channels, length…].</param>
    /// <param name="sizes">The windows' size along each axis.</param>
    /// <param name="window">How the windows lie. Padding is −∞, on no side longer than half a window; a window that lies on padding alone, as dilated ones may, gives −∞.</param>
    /// <returns>Values [batch, channels, position…].</returns>
    /// <exception cref="ArgumentException">A window does not fit, or a number is out of range.</exception>
    public static Tensor MaxPool(Tensor x, Ints sizes, ConvolutionWindow window) =>
        Pool(x, sizes, window, Reduction.Max, double.NegativeInfinity, nameof(MaxPool));

    /// <summary>The mean of each window of signals of any rank.</summary>
    /// <param name="x">Signals [batch, channels, length…].</param>
    /// <param name="sizes">The windows' size along each axis.</param>
    /// <param name="window">How the windows lie; padding is on no side longer than half a window.</param>
    /// <param name="countPadding">Whether padding counts as zeros, as PyTorch's <c>count_include_pad</c>; else the mean is over the signal's own elements, NaN where a window has none.</param>
    /// <returns>Values [batch, channels, position…].</returns>
    /// <exception cref="ArgumentException">A window does not fit, or a number is out of range.</exception>
    public static Tensor AveragePool(Tensor x, Ints sizes, ConvolutionWindow window, bool countPadding = true)
    {
        var sums = Pool(x, sizes, window, Reduction.Sum, 0, nameof(AveragePool));
        return countPadding
            ? sums / sizes.Aggregate(1.0, (product, length) => product * length)
            : sums / Counts(x.Shape, sums.Shape, sizes, window);
    }

    private static Tensor Pool(Tensor x, Ints sizes, ConvolutionWindow window, Reduction kind, double fill, string operation)
    {
        Require.NotNull(x, operation);
        Require.NotNull(sizes, operation);
        Require.NotNull(window, operation);
        Require.That(
            x.Rank > 2 && sizes.Count == x.Rank - 2,
            $"[{operation}] got {x.Shape}, sizes {string.Join('×', sizes)}; expected [batch,channels,length…] and a size for each length"
        );
        var folds = new Folding(operation, x.Shape, sizes, window, 1, [x.Shape]);
        for (var i = 0; i < sizes.Count; i++)
        {
            var extent = ((sizes[i] - 1L) * window.Dilation[i]) + 1;
            Require.That(
                2L * window.Low[i] <= extent && 2L * window.High[i] <= extent,
                $"[{operation}] got padding {string.Join('×', window.Low)} before and {string.Join('×', window.High)} behind, sizes {string.Join('×', sizes)}, dilation {string.Join('×', window.Dilation)} for {x.Shape}; expected at most half a window"
            );
        }
        return Pool(x, folds, kind, fill);
    }

    /// <summary>What each window is reduced to: [batch, channels, position…].</summary>
    private static Tensor Pool(Tensor x, Folding folds, Reduction kind, double fill)
    {
        var rank = folds.Positions.Count;
        return folds.AreApart
            ? Reduce(kind, folds.Blocks(x), Ints.From(rank, i => 3 + (2 * i)))
            : SwapFirst(Reduce(kind, folds.Windows(x, fill), Ints.From(rank, i => 1 + i)));
    }

    /// <summary>How many of a window's elements are the signal's own: [position…].</summary>
    private static Tensor Counts(Shape x, Shape result, Ints sizes, ConvolutionWindow window)
    {
        Tensor counts = 1;
        for (var i = 0; i < sizes.Count; i++)
        {
            var (axis, length) = (i, x[i + 2]);
            var along = Enumerable
                .Range(0, result[i + 2])
                .Select(position => (double)Enumerable.Range(0, sizes[axis]).Count(tap => Inside(position, tap)));
            counts = ExpandDims(counts, -1) * Tensor.Of([.. along], result[i + 2]);

            bool Inside(int position, int tap)
            {
                var at = ((long)position * window.Stride[axis]) + ((long)tap * window.Dilation[axis]) - window.Low[axis];
                return at >= 0 && at < length;
            }
        }
        return counts;
    }
}
