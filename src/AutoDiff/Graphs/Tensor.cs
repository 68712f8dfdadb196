using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff;

/// <summary>An immutable node of a graph: a value of a fixed shape that is known (<see cref="Constant"/>), awaited (<see cref="Input"/>) or computed (<see cref="Apply"/>).</summary>
/// <remarks>
/// Using a tensor builds nodes and computes nothing; <c>Item</c>, <c>ToArray</c>, <c>ToString</c>, <c>Evaluate</c> and <c>Compile</c> compute.
/// Nodes are equal by reference: a record's own equality would walk the whole graph, exponentially often where nodes are shared.
/// </remarks>
public abstract partial record Tensor
{
    private protected Tensor(Shape shape) => Shape = shape;

    /// <summary>Where the node stands among those of a walk: see <see cref="Numbering"/>.</summary>
    internal int Number;

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
    public static implicit operator Tensor(double[] values)
    {
        Require.NotNull(values, nameof(Tensor));
        return Of(values);
    }

    /// <summary>A matrix of the array's elements, copied.</summary>
    public static implicit operator Tensor(double[,] values)
    {
        Require.NotNull(values, nameof(Tensor));
        return Of(values);
    }

    /// <summary>A scalar constant.</summary>
    public static Tensor Of(double value) => Constant.Owning([value], Shape.Scalar);

    /// <summary>A constant of the given values in row-major order; a vector where no shape is given.</summary>
    /// <exception cref="ArgumentException">The number of values is not the shape's size.</exception>
    [OverloadResolutionPriority(1)] // [2, 3] is lengths before it is a Shape
    public static Tensor Of(ReadOnlySpan<double> values, params ReadOnlySpan<int> shape)
    {
        var lengths = shape.IsEmpty ? Shape.Of(values.Length) : Shape.Result("Tensor.Of", shape);
        Require.That(lengths.Size == values.Length, $"[Tensor.Of] got {values.Length} values for {lengths}; expected {lengths.Size}");
        return Constant.Owning(values.ToArray(), lengths);
    }

    /// <summary>A constant of the given values in row-major order and of the given shape, which may be a scalar's.</summary>
    /// <exception cref="ArgumentException">The number of values is not the shape's size.</exception>
    public static Tensor Of(ReadOnlySpan<double> values, Shape shape)
    {
        Require.NotNull(shape, "Tensor.Of");
        Require.That(shape.Size == values.Length, $"[Tensor.Of] got {values.Length} values for {shape}; expected {shape.Size}");
        return Constant.Owning(values.ToArray(), shape);
    }

    /// <summary>A matrix [rows, columns] of the array's elements, copied.</summary>
    public static Tensor Of(double[,] values)
    {
        Require.NotNull(values, "Tensor.Of");
        var flat = Allocation.Of<double>("Tensor.Of", values.Length);
        // Counted in elements: bytes may be more than an int counts.
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, double>(ref MemoryMarshal.GetArrayDataReference(values)), flat.Length).CopyTo(flat);
        return Constant.Owning(flat, [values.GetLength(0), values.GetLength(1)]);
    }

    /// <summary>A constant of the elements of a <see cref="System.Numerics.Tensors.Tensor{T}"/>, copied in row-major order.</summary>
    /// <exception cref="ArgumentException">There are more elements than an array can hold.</exception>
    public static Tensor Of(System.Numerics.Tensors.Tensor<double> values)
    {
        Require.NotNull(values, "Tensor.Of");
        var lengths = new long[values.Rank];
        for (var axis = 0; axis < lengths.Length; axis++)
            lengths[axis] = values.Lengths[axis];
        var shape = Shape.Result("Tensor.Of", lengths);
        var flat = Allocation.Of<double>("Tensor.Of", shape.Size);
        values.FlattenTo(flat);
        return Constant.Owning(flat, shape);
    }

    /// <summary>A constant whose every element is <paramref name="value"/>: one stored number, broadcast.</summary>
    public static Tensor Full(double value, Shape shape)
    {
        Require.NotNull(shape, "Tensor.Full");
        return Ops.BroadcastTo(value, shape);
    }

    /// <summary>A constant of zeros.</summary>
    public static Tensor Zeros(Shape shape)
    {
        Require.NotNull(shape, "Tensor.Zeros");
        return Full(0, shape);
    }

    /// <summary>A constant of ones.</summary>
    public static Tensor Ones(Shape shape)
    {
        Require.NotNull(shape, "Tensor.Ones");
        return Full(1, shape);
    }

    /// <summary>The identity matrix [size, size].</summary>
    /// <exception cref="ArgumentException">The size is negative, or the matrix is too large for an array or for memory.</exception>
    public static Tensor Eye(int size)
    {
        Require.That(size >= 0, $"[Tensor.Eye] got size {size}; expected at least 0");
        var values = Allocation.Of<double>("Tensor.Eye", (long)size * size);
        for (var i = 0; i < size; i++)
            values[i * (size + 1)] = 1;
        return Constant.Owning(values, [size, size]);
    }

    /// <summary>The vector 0, 1, … <paramref name="count"/> − 1.</summary>
    /// <exception cref="ArgumentException">The count is negative, or the vector is too large for an array or for memory.</exception>
    public static Tensor Range(int count) => Range(count, "Tensor.Range");

    internal static Tensor Range(int count, string operation)
    {
        Require.That(count >= 0, $"[{operation}] got count {count}; expected at least 0");
        var values = Allocation.Of<double>(operation, count);
        for (var i = 0; i < values.Length; i++)
            values[i] = i;
        return Constant.Owning(values, [count]);
    }
}
