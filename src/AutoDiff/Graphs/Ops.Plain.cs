namespace AutoDiff;

/// <content>Two tensors without a list, and arrays for F#, which sees no <c>params</c> spans.</content>
public static partial class Ops
{
    /// <summary>One tensor after another along an axis; every other axis has equal lengths.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit, or the axis is out of range.</exception>
    public static Tensor Concatenate(Tensor first, Tensor second, int axis = 0) => Concatenate([first, second], axis);

    /// <summary>Two tensors of one shape as the slices of a new axis.</summary>
    /// <exception cref="ArgumentException">The shapes differ, or the axis is out of range.</exception>
    public static Tensor Stack(Tensor first, Tensor second, int axis = 0) => Stack([first, second], axis);

    /// <summary><see cref="Reshape(Tensor, ReadOnlySpan{int})"/> with the lengths in an array.</summary>
    /// <exception cref="ArgumentException">The sizes differ, or more than one length is −1.</exception>
    public static Tensor Reshape(Tensor x, params int[] shape)
    {
        Require.NotNull(shape, nameof(Reshape));
        return Reshape(x, shape.AsSpan());
    }

    /// <summary><see cref="Transpose(Tensor, ReadOnlySpan{int})"/> with the axes in an array.</summary>
    /// <exception cref="ArgumentException">The axes are no permutation.</exception>
    public static Tensor Transpose(Tensor x, params int[] axes)
    {
        Require.NotNull(axes, nameof(Transpose));
        return Transpose(x, axes.AsSpan());
    }

    /// <summary><see cref="Flip(Tensor, ReadOnlySpan{int})"/> with the axes in an array.</summary>
    /// <exception cref="ArgumentException">An axis is out of range or named twice.</exception>
    public static Tensor Flip(Tensor x, params int[] axes)
    {
        Require.NotNull(axes, nameof(Flip));
        return Flip(x, axes.AsSpan());
    }

    /// <summary><see cref="Squeeze(Tensor, ReadOnlySpan{int})"/> with the axes in an array.</summary>
    /// <exception cref="ArgumentException">An axis is longer than 1, out of range or named twice.</exception>
    public static Tensor Squeeze(Tensor x, params int[] axes)
    {
        Require.NotNull(axes, nameof(Squeeze));
        return Squeeze(x, axes.AsSpan());
    }

    /// <summary><see cref="Any(Tensor, ReadOnlySpan{int})"/> with the axes in an array.</summary>
    /// <exception cref="ArgumentException">An axis is out of range or named twice.</exception>
    public static Tensor Any(Tensor x, params int[] axes)
    {
        Require.NotNull(axes, nameof(Any));
        return Any(x, axes.AsSpan());
    }

    /// <summary><see cref="All(Tensor, ReadOnlySpan{int})"/> with the axes in an array.</summary>
    /// <exception cref="ArgumentException">An axis is out of range or named twice.</exception>
    public static Tensor All(Tensor x, params int[] axes)
    {
        Require.NotNull(axes, nameof(All));
        return All(x, axes.AsSpan());
    }

    /// <summary><see cref="Tile(Tensor, ReadOnlySpan{int})"/> with the counts in an array.</summary>
    /// <exception cref="ArgumentException">There is not one count for each axis, one is negative, or the result is too large for an array.</exception>
    public static Tensor Tile(Tensor x, params int[] counts)
    {
        Require.NotNull(counts, nameof(Tile));
        return Tile(x, counts.AsSpan());
    }

    /// <summary><see cref="KeepAxes(Tensor, Shape, ReadOnlySpan{int})"/> with the axes in an array.</summary>
    /// <exception cref="ArgumentException">An axis is out of range, or the tensor has another number of elements.</exception>
    public static Tensor KeepAxes(Tensor reduced, Shape original, params int[] axes)
    {
        Require.NotNull(axes, nameof(KeepAxes));
        return KeepAxes(reduced, original, axes.AsSpan());
    }

    /// <summary><see cref="Einsum(string, ReadOnlySpan{Tensor})"/> with the operands in an array.</summary>
    /// <exception cref="ArgumentException">The equation is malformed or does not fit the operands.</exception>
    public static Tensor Einsum(string equation, params Tensor[] operands)
    {
        Require.NotNull(operands, nameof(Einsum));
        return Einsum(equation, operands.AsSpan());
    }
}
