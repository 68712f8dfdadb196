namespace AutoDiff.Curvature;

/// <summary>A loss at points of one set of shapes: called once, and each plan of it made once, when it is first asked for, and shared by all that follows.</summary>
/// <remarks>
/// A point is a tree, or the vector [n] of all its leaves' elements in order. What the loss captures is read when the objective is made. Reentrant: many threads may use
/// one at once, and no result depends on it.
/// </remarks>
/// <typeparam name="T">The tree of parameters.</typeparam>
public sealed class Objective<T>
    where T : ITensorTree<T>
{
    private readonly T _like;
    private readonly int[] _sizes;
    private readonly LossPrograms _loss;

    internal Objective(Func<T, Tensor> loss, T like, Func<T, T, T>? gaussNewton = null)
        : this(like, evaluated => new WholeLoss<T>(loss, evaluated, gaussNewton)) { }

    internal Objective(T like, Func<T, LossPrograms> loss)
    {
        _like = Transforms.Evaluate(like);
        _sizes = LeafArrays.Sizes(_like);
        Size = TreeMath.Size(_like);
        _loss = loss(_like);
    }

    /// <summary>The number n of parameters: the elements of all leaves.</summary>
    public int Size { get; }

    /// <summary>The point as a vector [n]: leaf after leaf, each row by row.</summary>
    /// <exception cref="ArgumentException">The point has another structure, other settings or shapes than the objective's.</exception>
    public double[] Ravel(T point) => Ravel("Objective.Ravel", point);

    /// <summary>The point of a vector [n]: a tree of constants.</summary>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    public T Unravel(ReadOnlySpan<double> vector)
    {
        Require.Length("Objective.Unravel", "a vector", vector.Length, Size);
        var leaves = new List<Tensor>(_sizes.Length);
        foreach (var leaf in TreeMath.Leaves(_like))
        {
            leaves.Add(Tensor.Of(vector[..leaf.Shape.Size], leaf.Shape));
            vector = vector[leaf.Shape.Size..];
        }
        return TreeMath.Rebuild(_like, leaves);
    }

    /// <summary>The loss at x [n].</summary>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    public double Value(ReadOnlySpan<double> x) => Value(x, null);

    /// <summary>The loss at x [n].</summary>
    /// <param name="x">The point.</param>
    /// <param name="options">Over batches: threads, which share them, progress and cancellation; null for the objective's own.</param>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public double Value(ReadOnlySpan<double> x, RunOptions? options)
    {
        Require.Length("Objective.Value", "a point", x.Length, Size);
        return _loss.Value(x, options);
    }

    /// <summary>The loss at x [n], with its gradient written to <paramref name="gradient"/> [n].</summary>
    /// <exception cref="ArgumentException">A vector has another length.</exception>
    public double ValueAndGradient(ReadOnlySpan<double> x, Span<double> gradient) => ValueAndGradient(x, gradient, null);

    /// <summary>The loss at x [n], with its gradient written to <paramref name="gradient"/> [n].</summary>
    /// <param name="x">The point.</param>
    /// <param name="gradient">Room for the gradient; unchanged where the work is cancelled.</param>
    /// <param name="options">Over batches: threads, which share them, progress and cancellation; null for the objective's own.</param>
    /// <exception cref="ArgumentException">A vector has another length.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public double ValueAndGradient(ReadOnlySpan<double> x, Span<double> gradient, RunOptions? options)
    {
        Require.Length("Objective.ValueAndGradient", "a point", x.Length, Size);
        Require.Length("Objective.ValueAndGradient", "a gradient", gradient.Length, Size);
        return _loss.ValueAndGradient(x, gradient, options);
    }

    /// <summary>The Hessian at a point.</summary>
    /// <exception cref="ArgumentException">The point has another structure, other settings or shapes than the objective's.</exception>
    public HessianOperator Hessian(T point) => new(_loss.Hessian(Leaves("Objective.Hessian", point)));

    /// <summary>The Hessian at x [n].</summary>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    public HessianOperator Hessian(ReadOnlySpan<double> x) => new(_loss.Hessian(Leaves("Objective.Hessian", x)));

    /// <summary>The generalized Gauss-Newton matrix Jᵀ·H·J at a point, J the model's Jacobian and H the Hessian of the loss in the outputs (Schraudolph 2002).</summary>
    /// <remarks>By products, forward through the model and back; neither J nor H is formed. It is the Hessian of the loss with the model linearized at the point.</remarks>
    /// <exception cref="InvalidOperationException">The objective was made from a loss alone.</exception>
    /// <exception cref="ArgumentException">The point has another structure, other settings or shapes than the objective's.</exception>
    public HessianOperator GaussNewton(T point) => new(GaussNewton(Leaves("Objective.GaussNewton", point)));

    /// <summary>The generalized Gauss-Newton matrix at x [n].</summary>
    /// <exception cref="InvalidOperationException">The objective was made from a loss alone.</exception>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    public HessianOperator GaussNewton(ReadOnlySpan<double> x) => new(GaussNewton(Leaves("Objective.GaussNewton", x)));

    /// <summary>The loss along the line from a point in a direction.</summary>
    /// <exception cref="ArgumentException">One of them has another structure, other settings or shapes than the objective's.</exception>
    public LossAlongLine Along(T point, T direction) => Along("Objective.Along", point, direction);

    /// <summary>The loss along the line from x [n] in a direction [n].</summary>
    /// <exception cref="ArgumentException">A vector has another length.</exception>
    public LossAlongLine Along(ReadOnlySpan<double> x, ReadOnlySpan<double> direction)
    {
        Require.Length("Objective.Along", "a point", x.Length, Size);
        Require.Length("Objective.Along", "a direction", direction.Length, Size);
        return new(_loss, x.ToArray(), direction.ToArray());
    }

    /// <summary>The point as a vector, in the name of an operation.</summary>
    internal double[] Ravel(string operation, T point)
    {
        var vector = new double[Size];
        LeafArrays.Join(Leaves(operation, point), vector);
        return vector;
    }

    /// <summary>The loss along a line, in the name of an operation.</summary>
    internal LossAlongLine Along(string operation, T point, T direction) => Along(Ravel(operation, point), Ravel(operation, direction));

    /// <summary>The gradient [n] at x [n] in random rounding.</summary>
    internal double[] RoundedGradient(ReadOnlySpan<double> x, ulong seed) => _loss.RoundedGradient(x, seed);

    /// <summary>Refuses, in the name of an operation, an objective of no parameters.</summary>
    internal void RequireParameters(string operation) =>
        Require.That(Size > 0, $"[{operation}] got a point without elements; expected at least one");

    private PointProducts GaussNewton(double[][] leaves) =>
        _loss.GaussNewton(leaves)
        ?? throw new InvalidOperationException(
            "[Objective.GaussNewton] the objective was made from a loss alone; expected one of a model and a loss of its outputs, Objective.Of(model, loss, like)"
        );

    private double[][] Leaves(string operation, T point)
    {
        Require.NotNull(point, operation);
        var (leaves, names) = (TreeMath.Leaves(point), TreeMath.Names(point));
        Require.That(leaves.Length == _sizes.Length, $"[{operation}] got {leaves.Length} leaves; expected {_sizes.Length}");
        foreach (var ((leaf, like), name) in leaves.Zip(TreeMath.Leaves(_like)).Zip(names))
            Require.That(leaf.Shape.Equals(like.Shape), $"[{operation}] leaf \"{name}\" has shape {leaf.Shape}; expected {like.Shape}");
        Require.That(
            _like.IsLike(point),
            $"[{operation}] got a point of another structure or other settings; expected those of the objective"
        );
        return LeafArrays.Of(point);
    }

    private double[][] Leaves(string operation, ReadOnlySpan<double> x)
    {
        Require.Length(operation, "a point", x.Length, Size);
        var leaves = LeafArrays.New(_sizes);
        LeafArrays.Split(x, leaves);
        return leaves;
    }
}
