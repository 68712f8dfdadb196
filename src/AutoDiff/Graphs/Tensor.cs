using System.Runtime.CompilerServices;

namespace AutoDiff;

/// <summary>An immutable node of a graph: a value of a fixed shape that is known (<see cref="Constant"/>), awaited (<see cref="Input"/>) or computed (<see cref="Apply"/>).</summary>
/// <remarks>
/// Using a tensor builds nodes and computes nothing; <c>Item</c>, <c>ToArray</c>, <c>ToString</c>, <c>Evaluate</c> and <c>Compile</c> compute.
/// Nodes are equal by reference: a record's own equality would walk the whole graph, exponentially often where nodes are shared.
/// </remarks>
public abstract partial record Tensor
{
    private protected Tensor(Shape shape) => Shape = shape;

    /// <summary>The lengths of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>The number of axes.</summary>
    public int Rank => Shape.Rank;

    /// <summary>Whether nodes built on this one note where they were built.</summary>
    internal virtual bool NotesOrigin => false;

    /// <summary>Equality by reference.</summary>
    public virtual bool Equals(Tensor? other) => ReferenceEquals(this, other);

    /// <summary>A hash of the reference.</summary>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>A scalar constant.</summary>
    public static implicit operator Tensor(double value) => Of(value);

    /// <summary>A vector of the array's elements, copied.</summary>
    public static implicit operator Tensor(double[] values) => Of(values);

    /// <summary>A matrix of the array's elements, copied.</summary>
    public static implicit operator Tensor(double[,] values) => Of(values);

    /// <summary>A scalar constant.</summary>
    public static Tensor Of(double value) => Constant.Owning([value], Shape.Scalar);

    /// <summary>A constant of the given values in row-major order; a vector where no shape is given.</summary>
    /// <exception cref="ArgumentException">The number of values is not the shape's size.</exception>
    [OverloadResolutionPriority(1)] // [2, 3] is lengths before it is a Shape
    public static Tensor Of(ReadOnlySpan<double> values, params ReadOnlySpan<int> shape)
    {
        var lengths = shape.IsEmpty ? Shape.Of(values.Length) : Shape.Of(shape);
        Require.That(lengths.Size == values.Length, $"[Tensor.Of] shape {lengths} needs {lengths.Size} values; got {values.Length}");
        return Constant.Owning(values.ToArray(), lengths);
    }

    /// <summary>A constant of the given values in row-major order and of the given shape, which may be a scalar's.</summary>
    /// <exception cref="ArgumentException">The number of values is not the shape's size.</exception>
    public static Tensor Of(ReadOnlySpan<double> values, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Require.That(shape.Size == values.Length, $"[Tensor.Of] shape {shape} needs {shape.Size} values; got {values.Length}");
        return Constant.Owning(values.ToArray(), shape);
    }

    /// <summary>A matrix [rows, columns] of the array's elements, copied.</summary>
    public static Tensor Of(double[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var flat = new double[values.Length];
        Buffer.BlockCopy(values, 0, flat, 0, flat.Length * sizeof(double));
        return Constant.Owning(flat, [values.GetLength(0), values.GetLength(1)]);
    }

    /// <summary>A constant of the elements of a <see cref="System.Numerics.Tensors.Tensor{T}"/>, copied in row-major order.</summary>
    public static Tensor Of(System.Numerics.Tensors.Tensor<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var flat = new double[checked((int)values.FlattenedLength)];
        values.FlattenTo(flat);
        return Constant.Owning(flat, Shape.From(values.Rank, axis => checked((int)values.Lengths[axis])));
    }

    /// <summary>A constant whose every element is <paramref name="value"/>: one stored number, broadcast.</summary>
    public static Tensor Full(double value, Shape shape) => Ops.BroadcastTo(value, shape);

    /// <summary>A constant of zeros.</summary>
    public static Tensor Zeros(Shape shape) => Full(0, shape);

    /// <summary>A constant of ones.</summary>
    public static Tensor Ones(Shape shape) => Full(1, shape);

    /// <summary>The identity matrix [size, size].</summary>
    public static Tensor Eye(int size)
    {
        var values = new double[Shape.Of(size, size).Size];
        for (var i = 0; i < size; i++)
            values[i * (size + 1)] = 1;
        return Constant.Owning(values, [size, size]);
    }

    /// <summary>The vector 0, 1, … <paramref name="count"/> − 1.</summary>
    /// <exception cref="ArgumentException">The count is negative.</exception>
    public static Tensor Range(int count)
    {
        Require.That(count >= 0, $"[Range] got {count}; expected at least 0");
        return Of([.. Enumerable.Range(0, count).Select(i => (double)i)]);
    }

    /// <summary>The same elements as a <see cref="System.Numerics.Tensors.Tensor{T}"/>; a scalar becomes a vector of one element, since that type has no scalars.</summary>
    public System.Numerics.Tensors.Tensor<double> ToTensor() =>
        System.Numerics.Tensors.Tensor.Create(
            Computed(nameof(ToTensor)).Values.ToArray(),
            Rank == 0 ? [1] : [.. Shape.Select(length => (nint)length)]
        );
}
