using System.Collections.Immutable;

namespace AutoDiff.Nets;

/// <summary>What settings of layers are held to, as values for property initializers.</summary>
internal static class Checks
{
    public static int Positive(int value, string layer, string what)
    {
        Require.That(value > 0, $"[{layer}] got {value} {what}; expected at least 1");
        return value;
    }

    public static HeightWidth Positive(HeightWidth value, string layer, string what)
    {
        Require.That(value is { Height: > 0, Width: > 0 }, $"[{layer}] got {value} {what}; expected at least 1 along each axis");
        return value;
    }

    public static int NonNegative(int value, string layer, string what)
    {
        Require.That(value >= 0, $"[{layer}] got {value} {what}; expected at least 0");
        return value;
    }

    public static HeightWidth NonNegative(HeightWidth value, string layer, string what)
    {
        Require.That(value is { Height: >= 0, Width: >= 0 }, $"[{layer}] got {value} {what}; expected at least 0 along each axis");
        return value;
    }

    public static double Probability(double value, string layer, string what)
    {
        Require.That(value is >= 0 and <= 1, $"[{layer}] got {what} {value}; expected 0 to 1");
        return value;
    }

    public static double Finite(double value, string layer, string what)
    {
        Require.That(double.IsFinite(value), $"[{layer}] got {what} {value}; expected a finite number");
        return value;
    }

    public static T NotNull<T>(T? value, string layer, string what)
        where T : class
    {
        Require.That(value is not null, $"[{layer}] got null for {what}; expected a value");
        return value;
    }

    /// <summary>The lengths behind the channels of one example [channels, length…].</summary>
    public static Ints Lengths(Shape? input, int axes, string layer)
    {
        Require.That(
            input is not null && input.Rank == axes + 1,
            $"[{layer}] got examples of shape {input}; expected [channels,{(axes == 1 ? "length" : "height,width")}]"
        );
        return Ints.Of(input.AsSpan()[1..]);
    }

    /// <summary>The shape of one of a batch's examples.</summary>
    public static Shape Example(Tensor? x, string layer)
    {
        Require.NotNull(x, layer);
        Require.That(x.Rank > 0, $"[{layer}] got a scalar; expected [batch,…]");
        return x.Shape.Without([0]);
    }

    /// <summary>The layers of a composite, none of them null.</summary>
    public static ImmutableArray<Layer> Layers(Layer[]? layers, string composite)
    {
        Require.NotNull(layers, composite);
        for (var i = 0; i < layers.Length; i++)
            Require.That(layers[i] is not null, $"[{composite}] layer {i} is null; expected a layer");
        return [.. layers];
    }

    /// <summary>Where the parameters of a composite's layer lie.</summary>
    public static string Path(int layer) => $"layers.{layer}";

    /// <summary>The axis of x [batch, …] that is one of an example's: 0 is the first behind the batch, negative ones count from the last.</summary>
    public static int Axis(int axis, Tensor x, string layer)
    {
        var rank = Example(x, layer).Rank;
        Require.That(
            axis >= -rank && axis < rank,
            $"[{layer}] got axis {axis} for {x.Shape}; expected {-rank} to {rank - 1}, an axis of one example"
        );
        return axis < 0 ? axis + rank + 1 : axis + 1;
    }
}
