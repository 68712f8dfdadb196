using System.Runtime.CompilerServices;

namespace AutoDiff;

public abstract partial record Tensor
{
    /// <summary>The elements at positions and in ranges, one for each axis from the first on: <c>x[0, 1..3]</c>, <c>x[^1]</c>, <c>x[.., 0]</c>.</summary>
    /// <remarks>
    /// A position takes its axis away, a range keeps it; axes that none is given for stay whole. <see cref="TensorIndex.Ellipsis"/> stands for the
    /// axes that the others leave, <see cref="TensorIndex.NewAxis"/> adds one. Steps other than 1 are <see cref="Ops.Slice"/>'s, positions by tensor <see cref="Ops.Gather"/>'s.
    /// </remarks>
    /// <exception cref="ArgumentException">There are more indices than axes, or one lies outside its axis.</exception>
    [IndexerName("Part")]
    public Tensor this[params ReadOnlySpan<TensorIndex> indices] => IndexSelection.Of(indices, Shape, "Tensor.Part").From(this);

    /// <summary>The same with the indices in an array.</summary>
    /// <exception cref="ArgumentException">There are more indices than axes, or one lies outside its axis.</exception>
    [IndexerName("Part")]
    public Tensor this[params TensorIndex[] indices]
    {
        get
        {
            Require.NotNull(indices, "Tensor.Part");
            return this[indices.AsSpan()];
        }
    }

    /// <summary>The elements that the indexer picks, as a place to set or add to: <c>x.At(0, 1..3).Set(y)</c>.</summary>
    /// <exception cref="ArgumentException">There are more indices than axes, or one lies outside its axis.</exception>
    [OverloadResolutionPriority(1)] // At(0) is a position before it is a Tensor
    public SliceUpdate At(params ReadOnlySpan<TensorIndex> indices) => new(this, IndexSelection.Of(indices, Shape, "Tensor.At"));

    /// <summary>The same with the indices in an array.</summary>
    /// <exception cref="ArgumentException">There are more indices than axes, or one lies outside its axis.</exception>
    public SliceUpdate At(params TensorIndex[] indices)
    {
        Require.NotNull(indices, "Tensor.At");
        return At(indices.AsSpan());
    }

    /// <summary>The slices at positions of an axis, as a place to set or add to: <c>x.At(indices).Add(y)</c>.</summary>
    /// <param name="indices">Positions along the axis, whole numbers, of any shape.</param>
    /// <param name="axis">The axis; negative axes count from the end.</param>
    /// <remarks>A constant index out of range is refused at once, a computed one when the graph runs.</remarks>
    /// <exception cref="ArgumentException">The axis is out of range, or a constant index.</exception>
    public IndexUpdate At(Tensor indices, int axis = 0)
    {
        Require.NotNull(indices, "Tensor.At");
        return new(this, indices, Require.Axis(axis, Shape, "Tensor.At"));
    }
}
