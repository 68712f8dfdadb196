namespace AutoDiff;

/// <content>Trees as vectors of one Euclidean space.</content>
public static partial class TreeMath
{
    /// <summary>a + b, leaf by leaf.</summary>
    /// <exception cref="ArgumentException">The structures or a pair of shapes differ; so for every function of two trees here.</exception>
    public static T Add<T>(T a, T b)
        where T : ITensorTree<T> => Rebuild(a, Paired(nameof(Add), a, b, OfOneShape(Ops.Add)));

    /// <summary>a − b, leaf by leaf.</summary>
    /// <exception cref="ArgumentException">The structures or a pair of shapes differ.</exception>
    public static T Subtract<T>(T a, T b)
        where T : ITensorTree<T> => Rebuild(a, Paired(nameof(Subtract), a, b, OfOneShape(Ops.Subtract)));

    /// <summary>factor · tree.</summary>
    /// <param name="factor">A scalar.</param>
    /// <param name="tree">The tree.</param>
    /// <exception cref="ArgumentException">The factor is no scalar.</exception>
    public static T Scale<T>(Tensor factor, T tree)
        where T : ITensorTree<T>
    {
        IsScalar(nameof(Scale), factor);
        Require.NotNull(tree, "TreeMath.Scale");
        return Map(tree, leaf => factor * leaf);
    }

    /// <summary>factor · x + y.</summary>
    /// <param name="factor">A scalar.</param>
    /// <param name="x">The tree that is scaled.</param>
    /// <param name="y">The tree that is added.</param>
    /// <exception cref="ArgumentException">The factor is no scalar, or the structures or a pair of shapes differ.</exception>
    public static T Axpy<T>(Tensor factor, T x, T y)
        where T : ITensorTree<T>
    {
        IsScalar(nameof(Axpy), factor);
        return Rebuild(y, Paired(nameof(Axpy), x, y, OfOneShape((left, right) => (factor * left) + right)));
    }

    /// <summary>Σ aᵢ bᵢ over the elements of all leaves, a scalar; 0 for trees without leaves.</summary>
    /// <exception cref="ArgumentException">The structures or a pair of shapes differ.</exception>
    public static Tensor Dot<T>(T a, T b)
        where T : ITensorTree<T>
    {
        var products = Paired(nameof(Dot), a, b, OfOneShape((left, right) => Ops.Sum(left * right)));
        return products.Length == 0 ? 0 : Total(products);
    }

    /// <summary>The 2-norm √Σ xᵢ² over the elements of all leaves, a scalar; 0 for a tree without leaves.</summary>
    /// <remarks>The norm of the leaves' norms, so that it neither overflows nor underflows; the derivative at 0 is 0.</remarks>
    public static Tensor Norm<T>(T tree)
        where T : ITensorTree<T>
    {
        var norms = Tree.Leaves(tree, "TreeMath.Norm").Select(leaf => Ops.Norm(leaf)).ToArray();
        return norms.Length switch
        {
            0 => 0,
            1 => norms[0],
            _ => Ops.Norm(Ops.Stack(norms)),
        };
    }

    /// <summary>A tree of zeros with the structure and shapes of <paramref name="like"/>.</summary>
    public static T ZerosLike<T>(T like)
        where T : ITensorTree<T>
    {
        Require.NotNull(like, "TreeMath.ZerosLike");
        return Map(like, leaf => Tensor.Zeros(leaf.Shape));
    }

    /// <summary>All elements as one vector [size]: leaf after leaf, each in row-major order.</summary>
    public static Tensor Ravel<T>(T tree)
        where T : ITensorTree<T>
    {
        var leaves = Tree.Leaves(tree, "TreeMath.Ravel");
        Shape.Result("TreeMath.Ravel", [leaves.Sum(leaf => (long)leaf.Shape.Size)], Array.ConvertAll(leaves, leaf => leaf.Shape));
        var parts = Array.ConvertAll(leaves, leaf => Ops.ReshapeTo(leaf, [leaf.Shape.Size]));
        return parts.Length == 0 ? Tensor.Of([]) : Ops.Concatenate(parts);
    }

    /// <summary>The tree with the structure and shapes of <paramref name="like"/> whose elements are the vector's: the inverse of <see cref="Ravel"/>.</summary>
    /// <param name="like">The tree whose structure and shapes are wanted.</param>
    /// <param name="vector">A vector [size of like].</param>
    /// <exception cref="ArgumentException">The vector has another rank or length.</exception>
    public static T Unravel<T>(T like, Tensor vector)
        where T : ITensorTree<T>
    {
        Require.NotNull(vector, "TreeMath.Unravel");
        var leaves = Tree.Leaves(like, "TreeMath.Unravel");
        var size = Tree.Size(leaves, "TreeMath.Unravel");
        Require.That(
            vector.Rank == 1 && vector.Shape[0] == size,
            $"[TreeMath.Unravel] got {vector.Shape}; expected [{size}], an element for each of the tree's"
        );
        var parts = Ops.Split(vector, Ints.From(leaves.Length, i => leaves[i].Shape.Size));
        return Rebuild(like, [.. parts.Select((part, i) => Ops.ReshapeTo(part, leaves[i].Shape))]);
    }

    /// <summary>f, refusing to broadcast: a sum or product of different shapes is no operation of one vector space.</summary>
    private static Func<Tensor, Tensor, Tensor> OfOneShape(Func<Tensor, Tensor, Tensor> f) =>
        (left, right) =>
        {
            Require.That(left.Shape.Equals(right.Shape), $"shapes differ: {left.Shape} and {right.Shape}; expected equal shapes");
            return f(left, right);
        };

    /// <summary>The sum of its halves' sums, whose rounding grows with the logarithm of their number.</summary>
    private static Tensor Total(ReadOnlySpan<Tensor> terms) =>
        terms.Length == 1 ? terms[0] : Total(terms[..((terms.Length + 1) / 2)]) + Total(terms[((terms.Length + 1) / 2)..]);

    private static void IsScalar(string operation, Tensor factor)
    {
        Require.NotNull(factor, $"TreeMath.{operation}");
        Require.That(factor.Rank == 0, $"[TreeMath.{operation}] the factor has shape {factor.Shape}; expected a scalar");
    }
}
