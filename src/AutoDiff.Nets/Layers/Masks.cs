namespace AutoDiff.Nets;

/// <summary>Dropout inside of layers.</summary>
internal static class Masks
{
    /// <summary>In training x with elements put to 0 with a probability, the others divided by one minus it; x otherwise.</summary>
    /// <param name="x">What is dropped from.</param>
    /// <param name="rate">The probability, in [0, 1].</param>
    /// <param name="context">Training or inference, and the key.</param>
    /// <param name="index">The number of the draw within the layer, by which its key differs from the others'.</param>
    /// <param name="layer">The layer's name.</param>
    public static Tensor Dropped(Tensor x, double rate, Context context, int index, string layer)
    {
        if (!context.IsTraining || rate == 0)
            return x;
        var kept = context.RequiredKey(layer).FoldIn((ulong)index).Bernoulli(x.Shape, 1 - rate);
        return rate == 1 ? x * kept : x * (kept * (1 / (1 - rate)));
    }
}
