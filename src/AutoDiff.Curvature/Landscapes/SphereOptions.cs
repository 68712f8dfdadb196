using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>How a sphere around a point is sampled.</summary>
public sealed record SphereOptions : RunOptions
{
    /// <summary>The number of directions, the same at every radius; 100 by default, at least 1.</summary>
    /// <exception cref="ArgumentException">There is not at least one.</exception>
    public int Directions
    {
        get;
        init
        {
            Require.Positive("SphereOptions", "a number of directions of", value);
            field = value;
        }
    } = 100;

    /// <summary>The shares, each from 0 to 1, below which the quantiles lie; 0.05, 0.25, 0.5, 0.75 and 0.95 by default.</summary>
    /// <exception cref="ArgumentException">One is not from 0 to 1.</exception>
    public ImmutableArray<double> Quantiles
    {
        get;
        init
        {
            Require.That(!value.IsDefault, $"[SphereOptions] got no quantiles; expected an array, empty for none");
            foreach (var share in value)
                Require.That(share is >= 0 and <= 1, $"[SphereOptions] got a quantile of {share}; expected 0 to 1");
            field = value;
        }
    } = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>The key that the directions are drawn from.</summary>
    public Key Key { get; init; } = Key.Of(0);
}
