using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace AutoDiff.Curvature;

/// <summary>The operator of a diagonal matrix: x ↦ d∘x.</summary>
public sealed class DiagonalOperator : LinearOperator
{
    private readonly double[] _values;

    private DiagonalOperator(double[] values)
        : base(values.Length) => _values = values;

    /// <summary>The diagonal d [n].</summary>
    public ImmutableArray<double> Values => ImmutableCollectionsMarshal.AsImmutableArray(_values);

    /// <summary>The operator of a diagonal [n], copied.</summary>
    /// <exception cref="ArgumentException">An element is not finite.</exception>
    public static DiagonalOperator Of(ReadOnlySpan<double> diagonal)
    {
        Require.Finite("DiagonalOperator", "the diagonal", diagonal);
        return new(diagonal.ToArray());
    }

    /// <inheritdoc/>
    public override double[] ToMatrix(RunOptions? options = null)
    {
        var matrix = NewMatrix();
        for (var i = 0; i < Size; i++)
            matrix[(long)i * (Size + 1)] = _values[i];
        return matrix;
    }

    /// <inheritdoc/>
    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        for (var i = 0; i < x.Length; i++)
            y[i] = _values[i] * x[i];
    }
}
