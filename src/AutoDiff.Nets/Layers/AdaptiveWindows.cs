using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>Pooling over as many windows as are asked for: window i of n over a length L goes from ⌊i·L ⁄ n⌋ to before ⌈(i + 1)·L ⁄ n⌉.</summary>
internal static class AdaptiveWindows
{
    public static Tensor Average(Tensor x, Ints counts, string layer)
    {
        var lengths = Checked(x, counts, layer);
        if (AreEven(lengths, counts))
            return AveragePool(x, Sizes(lengths, counts), Beside(lengths, counts));
        // A mean over a rectangle is a mean of means: a product with each axis's weights.
        for (var i = 0; i < counts.Count; i++)
            x = MoveAxis(MatMul(MoveAxis(x, i + 2, -1), Weights(lengths[i], counts[i])), -1, i + 2);
        return x;
    }

    public static Tensor Max(Tensor x, Ints counts, string layer)
    {
        var lengths = Checked(x, counts, layer);
        if (AreEven(lengths, counts))
            return MaxPool(x, Sizes(lengths, counts), Beside(lengths, counts));
        // Windows shorter than the longest are filled with an element of −∞, put behind the last.
        for (var i = counts.Count - 1; i >= 0; i--)
        {
            var padded = Pad(x, Ints.Repeat(0, x.Rank), Ints.From(x.Rank, axis => axis == i + 2 ? 1 : 0), double.NegativeInfinity);
            x = Gather(padded, Elements(lengths[i], counts[i]), i + 2);
        }
        return Ops.Max(x, Ints.From(counts.Count, i => 3 + (2 * i)).AsSpan());
    }

    private static Ints Checked(Tensor x, Ints counts, string layer)
    {
        var example = Checks.Example(x, layer);
        var lengths = Checks.Lengths(example, counts.Count, layer);
        Require.That(lengths.All(length => length > 0), $"[{layer}] got examples of shape {example}; expected no empty axis");
        return lengths;
    }

    private static bool AreEven(Ints lengths, Ints counts) => lengths.Zip(counts, (length, count) => length % count).All(rest => rest == 0);

    private static Ints Sizes(Ints lengths, Ints counts) => Ints.From(counts.Count, i => lengths[i] / counts[i]);

    private static ConvolutionWindow Beside(Ints lengths, Ints counts) =>
        ConvolutionWindow.Of(counts.Count) with
        {
            Stride = Sizes(lengths, counts),
        };

    private static (int Start, int End) Window(int position, int length, int count) =>
        ((int)((long)position * length / count), (int)((((position + 1L) * length) + count - 1) / count));

    /// <summary>[length, count]: 1 ⁄ the window's size for each of its elements.</summary>
    private static Tensor Weights(int length, int count)
    {
        var weights = new double[length * count];
        for (var position = 0; position < count; position++)
        {
            var (start, end) = Window(position, length, count);
            for (var at = start; at < end; at++)
                weights[(at * count) + position] = 1.0 / (end - start);
        }
        return Tensor.Of(weights, length, count);
    }

    /// <summary>[count, longest window]: the windows' elements, and the one behind the last where a window has no more.</summary>
    private static Tensor Elements(int length, int count)
    {
        var windows = Enumerable.Range(0, count).Select(position => Window(position, length, count)).ToArray();
        var longest = windows.Max(window => window.End - window.Start);
        var elements = windows.SelectMany(window =>
            Enumerable.Range(window.Start, longest).Select(at => at < window.End ? (double)at : length)
        );
        return Tensor.Of([.. elements], count, longest);
    }
}
