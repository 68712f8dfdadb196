namespace AutoDiff.Curvature;

/// <summary>What a loss over batches is made of, as functions of parameters and a batch.</summary>
/// <typeparam name="T">The tree of parameters.</typeparam>
/// <typeparam name="TBatch">The tree of a batch.</typeparam>
internal sealed record BatchFunctions<T, TBatch>
    where T : ITensorTree<T>
    where TBatch : ITensorTree<TBatch>
{
    /// <summary>The mean over the batch's examples, a scalar.</summary>
    public required Func<T, TBatch, Tensor> Loss { get; init; }

    /// <summary>The Gauss-Newton matrix times a direction; null where the model is not known.</summary>
    public Func<T, TBatch, T, T>? GaussNewton { get; init; }

    /// <summary>A loss alone.</summary>
    public static BatchFunctions<T, TBatch> Of(string operation, Func<T, TBatch, Tensor> loss, T like, TBatch batch) =>
        new() { Loss = Traced(operation, loss, like, batch, scalar: true) };

    /// <summary>A model and a loss of its outputs.</summary>
    public static BatchFunctions<T, TBatch> Of(
        string operation,
        Func<T, TBatch, Tensor> model,
        Func<Tensor, TBatch, Tensor> loss,
        T like,
        TBatch batch
    )
    {
        var outputs = Traced(operation, model, like, batch, scalar: false);
        var outer = Traced(operation, loss, Tensor.Zeros(outputs(like, batch).Shape), batch, scalar: true);
        return new()
        {
            Loss = (x, data) => outer(outputs(x, data), data),
            GaussNewton = (x, data, direction) =>
                Curved(x => outputs(x, data), (y, u) => Transforms.Hvp(z => outer(z, data), y, u), x, direction),
        };
    }

    /// <summary>Jᵀ·(F·(J·v)), F a map of the outputs' tangents that depends on the outputs.</summary>
    public static T Curved(Func<T, Tensor> outputs, Func<Tensor, Tensor, Tensor> between, T x, T direction)
    {
        var jacobian = Transforms.Linearize(outputs, x);
        return jacobian.Transposed().Apply(between(jacobian.Value, jacobian.Apply(direction)));
    }

    /// <summary>The plans of all this for the shapes of a batch.</summary>
    public BatchPlans Plans(T like, TBatch batch)
    {
        Pair<T, TBatch> point = new(like, batch);
        var (loss, sizes, gaussNewton) = (Loss, LeafArrays.Sizes(like), GaussNewton);
        return new()
        {
            Value = new(() => new(Transforms.Compile((Pair<T, TBatch> p) => loss(p.First, p.Second)).For(point), sizes)),
            Gradient = new(() =>
                new(Transforms.Compile((Pair<T, TBatch> p) => ValueAndGradient(x => loss(x, p.Second), p.First)).For(point), sizes)
            ),
            Hessian = new(() => Linear("Objective.Hessian", (x, data, v) => Transforms.Hvp(y => loss(y, data), x, v))),
            GaussNewton = gaussNewton is null ? null : new(() => Linear("Objective.GaussNewton", gaussNewton)),
        };

        LinearPlans Linear(string operation, Func<T, TBatch, T, T> product) =>
            LinearPlans.Of(operation, (Pair<T, TBatch> p, T v) => product(p.First, p.Second, v), point, like, like);
    }

    private static Func<TIn, TBatch, Tensor> Traced<TIn>(
        string operation,
        Func<TIn, TBatch, Tensor> function,
        TIn like,
        TBatch batch,
        bool scalar
    )
        where TIn : ITensorTree<TIn>
    {
        Func<Pair<TIn, TBatch>, Tensor> joined = pair => function(pair.First, pair.Second);
        var traced = Transforms.Trace(scalar ? ScalarLoss.Of(operation, joined) : joined, new(like, batch), operation);
        return (x, data) => traced(new(x, data));
    }

    private static Pair<Tensor, T> ValueAndGradient(Func<T, Tensor> loss, T x)
    {
        var (value, gradient) = Transforms.ValueAndGrad(loss, x);
        return new(value, gradient);
    }
}
