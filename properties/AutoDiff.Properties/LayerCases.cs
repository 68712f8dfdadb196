using AutoDiff.Nets;

namespace AutoDiff.Properties;

/// <summary>Every layer, with the settings that change what it computes.</summary>
public static partial class LayerCases
{
    /// <summary>The rows.</summary>
    public static LayerCase[] All { get; } = [.. Plain, .. Normalizations, .. Images, .. Activations, .. Composites, .. Sequences];

    private static LayerCase[] Plain =>
        [
            new("dense", new Dense(3), [4]),
            new("dense without bias, over the last axis", new Dense(3) { Bias = false }, [2, 4]),
            new("sequential", new Sequential(new Dense(3), new Dense(2)), [4])
            {
                Units = new(3, ("layers.0.weight", 1, 1), ("layers.0.bias", 0, 1), ("layers.1.weight", 0, 1)),
            },
            new("sequential of sequentials", new Sequential(new Sequential(new Dense(3)), new Sequential(), new Dense(2)), [2, 4]),
        ];
}
