using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <content>Initial weights that belong together.</content>
public static partial class Initializers
{
    /// <summary>gain times a matrix of orthonormal rows or columns, whichever are fewer: each such matrix equally likely.</summary>
    /// <param name="gain">The gain of the activation.</param>
    /// <remarks>A weight of more than two axes, as a convolution's kernel, counts as the matrix [first axis, all others], as PyTorch's does. Saxe, McClelland, Ganguli (1312.6120).</remarks>
    /// <exception cref="ArgumentException">The gain is not finite; at the draw, the weight has fewer than two axes.</exception>
    public static Initializer Orthogonal(double gain = Gains.Linear)
    {
        Require.That(double.IsFinite(gain), $"[Initializers.Orthogonal] got gain {gain}; expected a finite number");
        return new(
            "orthogonal",
            (key, shape, _) =>
            {
                Require.That(shape.Rank >= 2, $"[Initializers.Orthogonal] got a weight {shape}; expected at least two axes");
                if (shape.Size == 0)
                    return Tensor.Zeros(shape);
                return ReshapeTo(gain * key.Orthogonal([shape[0], shape.Size / shape[0]]), shape);
            }
        );
    }

    /// <summary>The identity: 1 at [i, i] of a dense weight [inputs, units], else 0. What goes in comes out, as far as there are units.</summary>
    /// <exception cref="ArgumentException">At the draw: the weight has not two axes.</exception>
    public static Initializer Identity { get; } =
        new(
            "identity",
            (_, shape, _) =>
            {
                Require.That(shape.Rank == 2, $"[Initializers.Identity] got a weight {shape}; expected two axes");
                return Equal(ExpandDims(Tensor.Range(shape[0]), 1), Tensor.Range(shape[1]));
            }
        );

    /// <summary>The identity of convolutions: each output channel is an input channel of its group, as far as there are some, through the middle of the window; else 0.</summary>
    /// <param name="groups">The convolution's groups.</param>
    /// <remarks>The middle of a window of length n is its element n ⁄ 2, rounded down; PyTorch's <c>dirac_</c>. Zagoruyko, Komodakis (1706.00388).</remarks>
    /// <exception cref="ArgumentException">There is no group; at the draw, the weight is no kernel [outputs, channels ⁄ groups, size…] of that many groups.</exception>
    public static Initializer Dirac(int groups = 1)
    {
        Require.That(groups > 0, $"[Initializers.Dirac] got {groups} groups; expected at least 1");
        return new(
            "Dirac",
            (_, shape, _) =>
            {
                Require.That(
                    shape.Rank >= 3 && shape[0] % groups == 0,
                    $"[Initializers.Dirac] got a weight {shape} for {groups} groups; expected [outputs,channels/groups,size…] with outputs a multiple of the groups"
                );
                var isPassed = Equal(Modulo(Column(shape, 0), Math.Max(shape[0] / groups, 1)), Column(shape, 1));
                for (var axis = 2; axis < shape.Rank; axis++)
                    isPassed *= Equal(Column(shape, axis), shape[axis] / 2);
                return isPassed;
            }
        );
    }

    /// <summary>0, 1, … along an axis of a shape, so that it broadcasts against the others.</summary>
    private static Tensor Column(Shape shape, int axis) =>
        Reshape(Tensor.Range(shape[axis]), [shape[axis], .. Enumerable.Repeat(1, shape.Rank - 1 - axis)]);
}
