using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace AutoDiff.Curvature;

/// <summary>A symmetric linear map of ℝⁿ, known by its products with vectors.</summary>
/// <remarks>Symmetry is the implementer's promise. Operators are reentrant: many threads may apply one at once.</remarks>
public abstract class LinearOperator
{
    /// <summary>An operator on vectors of <paramref name="size"/> elements.</summary>
    /// <exception cref="ArgumentException">The size is negative.</exception>
    protected LinearOperator(int size)
    {
        if (size < 0)
            Check.Fail($"[LinearOperator] got size {size}; expected at least 0");
        Size = size;
    }

    /// <summary>The number n of elements of the vectors it maps.</summary>
    public int Size { get; }

    /// <summary>Writes the product with <paramref name="x"/> [n] to <paramref name="y"/> [n].</summary>
    /// <exception cref="ArgumentException">A vector has another length, or the two share memory.</exception>
    public void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        Check.Length("LinearOperator.Apply", "a vector x", x.Length, Size);
        Check.Length("LinearOperator.Apply", "a vector y", y.Length, Size);
        if (x.Overlaps(y))
            Check.Fail($"[LinearOperator.Apply] got vectors x and y that share memory; expected separate ones");
        Product(x, y);
    }

    /// <summary>The product with <paramref name="x"/> [n], as a new vector [n].</summary>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    public ImmutableArray<double> Apply(ReadOnlySpan<double> x)
    {
        var y = new double[Size];
        Apply(x, y);
        return ImmutableCollectionsMarshal.AsImmutableArray(y);
    }

    /// <summary>The operator x ↦ Ax + Bx.</summary>
    /// <exception cref="ArgumentException">The other operator has another size.</exception>
    public LinearOperator Plus(LinearOperator other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Size != Size)
            Check.Fail($"[LinearOperator.Plus] got operators of size {Size} and {other.Size}; expected equal sizes");
        return new SumOperator(this, other);
    }

    /// <summary>The operator x ↦ <paramref name="factor"/>·Ax.</summary>
    public LinearOperator Scale(double factor) => new ScaledOperator(this, factor);

    /// <summary>The operator x ↦ Ax + <paramref name="shift"/>·x, whose eigenvalues are those of A plus the shift.</summary>
    public LinearOperator Shift(double shift) => new ShiftedOperator(this, shift);

    /// <summary>Writes the product with x [n] to y [n]; both have the right length and share no memory; y holds anything beforehand.</summary>
    protected abstract void Product(ReadOnlySpan<double> x, Span<double> y);
}
