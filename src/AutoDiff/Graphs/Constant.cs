using System.Runtime.CompilerServices;

namespace AutoDiff;

/// <summary>A tensor whose elements are known.</summary>
public sealed partial record Constant : Tensor
{
    private readonly double[] _values;

    private Constant(double[] values, Shape shape)
        : base(shape) => _values = values;

    /// <summary>The elements in row-major order.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The same elements as memory, which can be kept.</summary>
    public ReadOnlyMemory<double> Memory => _values;

    /// <summary>The elements, for code that promises not to write to them.</summary>
    internal double[] Buffer => _values;

    /// <summary>A constant that takes over <paramref name="values"/>, which nobody may write to afterwards.</summary>
    internal static Constant Owning(double[] values, Shape shape) => new(values, shape);

    /// <summary>The same elements in row-major order under another shape of the same size.</summary>
    internal Constant Under(Shape shape) => shape.Equals(Shape) ? this : new(_values, shape);

    /// <summary>Equality by reference.</summary>
    public bool Equals(Constant? other) => ReferenceEquals(this, other);

    /// <summary>A hash of the reference.</summary>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
