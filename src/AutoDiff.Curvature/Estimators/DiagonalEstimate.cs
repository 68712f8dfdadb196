using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>A diagonal [n] estimated from random products, NaN where the products allowed give none. The measure is the 2-norm of the standard errors; an iteration is a sample.</summary>
public sealed record DiagonalEstimate : Solution<ImmutableArray<double>>
{
    /// <summary>The standard deviation of each element [n], itself estimated; 0 where it is exact to rounding, NaN where one sample tells nothing.</summary>
    public required ImmutableArray<double> StandardErrors { get; init; }

    /// <summary>An element as an estimate of its own, with its interval.</summary>
    /// <exception cref="ArgumentException">The index is out of range.</exception>
    public Estimate Element(int index)
    {
        Require.That((uint)index < (uint)Value.Length, $"[DiagonalEstimate.Element] got index {index}; expected 0 to {Value.Length - 1}");
        return new(Value[index], StandardErrors[index], Products) { Outcome = Outcome, Samples = Iterations };
    }
}
