using System.Collections.Concurrent;

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

    /// <summary>The examples' losses [examples]; null where only their mean is known.</summary>
    public Func<T, TBatch, Tensor>? Losses { get; init; }

    /// <summary>The Fisher matrix times a direction; null without a likelihood.</summary>
    public Func<T, TBatch, T, T>? Fisher { get; init; }

    /// <summary>The Fisher matrix of so many targets drawn with a key, times a direction; null without a likelihood.</summary>
    public Func<T, TBatch, Key, int, T, T>? Drawn { get; init; }

    /// <summary>A loss alone.</summary>
    public static BatchFunctions<T, TBatch> Of(string operation, Func<T, TBatch, Tensor> loss, T like, TBatch batch) =>
        new() { Loss = Traced(operation, loss, like, batch, scalar: true) };

    /// <summary>A loss of each example.</summary>
    public static BatchFunctions<T, TBatch> OfExamples(string operation, Func<T, TBatch, Tensor> losses, T like, TBatch batch)
    {
        var each = Traced(operation, Vector(operation, losses), like, batch, scalar: false);
        return new() { Loss = (x, data) => Ops.Mean(each(x, data)), Losses = each };
    }

    /// <summary>A model and how targets are distributed given its outputs.</summary>
    public static BatchFunctions<T, TBatch> Of(
        string operation,
        Func<T, TBatch, Tensor> model,
        Likelihood likelihood,
        Func<TBatch, Tensor> targets,
        T like,
        TBatch batch
    )
    {
        var outputs = Traced(operation, model, like, batch, scalar: false);
        var losses = Vector<Tensor>(operation, (y, data) => likelihood.Losses(y, targets(data)));
        var each = Traced(operation, losses, Tensor.Zeros(outputs(like, batch).Shape), batch, scalar: false);
        return new()
        {
            Loss = (x, data) => Ops.Mean(each(outputs(x, data), data)),
            Losses = (x, data) => each(outputs(x, data), data),
            GaussNewton = (x, data, v) => Curved(x => outputs(x, data), (y, u) => Transforms.Hvp(z => Ops.Mean(each(z, data)), y, u), x, v),
            Fisher = (x, data, v) => Curved(x => outputs(x, data), (y, u) => likelihood.Fisher(y, u) / y.Shape[0], x, v),
            Drawn = (x, data, key, draws, v) =>
                Curved(x => outputs(x, data), (y, u) => PerExample.Drawn(likelihood, y, u, key, draws) / y.Shape[0], x, v),
        };
    }

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
        var (sizes, drawn) = (LeafArrays.Sizes(like), new ConcurrentDictionary<int, LinearPlans>());
        return new()
        {
            Value = new(() => new(Transforms.Compile((Pair<T, TBatch> p) => Loss(p.First, p.Second)).For(point), sizes)),
            Gradient = new(() =>
                new(Transforms.Compile((Pair<T, TBatch> p) => ValueAndGradient(x => Loss(x, p.Second), p.First)).For(point), sizes)
            ),
            Hessian = new(() => Linear("Objective.Hessian", (x, data, v) => Transforms.Hvp(y => Loss(y, data), x, v))),
            GaussNewton = GaussNewton is null ? null : new(() => Linear("Objective.GaussNewton", GaussNewton)),
            Fisher = Fisher is null ? null : new(() => Linear("Objective.Fisher", Fisher)),
            Drawn = Drawn is null
                ? null
                : draws =>
                    drawn.GetOrAdd(draws, _ => With("Objective.Fisher", Key.Of(0), (x, data, key, v) => Drawn(x, data, key, draws, v))),
            SecondMoment = Losses is null
                ? null
                : new(() => Linear("Objective.EmpiricalFisher", (x, data, v) => PerExample.SecondMoment(y => Losses(y, data), x, v))),
            Covariance = Losses is null
                ? null
                : new(() =>
                    With(
                        "Objective.GradientCovariance",
                        like,
                        (x, data, mean, v) => PerExample.Covariance(y => Losses(y, data), x, mean, v)
                    )
                ),
        };

        LinearPlans Linear(string operation, Func<T, TBatch, T, T> product) =>
            LinearPlans.Of(operation, (Pair<T, TBatch> p, T v) => product(p.First, p.Second, v), point, like, like);

        LinearPlans With<TExtra>(string operation, TExtra extra, Func<T, TBatch, TExtra, T, T> product)
            where TExtra : ITensorTree<TExtra> =>
            LinearPlans.Of(
                operation,
                (Pair<Pair<T, TBatch>, TExtra> p, T v) => product(p.First.First, p.First.Second, p.Second, v),
                new(point, extra),
                like,
                like
            );
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

    private static Func<TIn, TBatch, Tensor> Vector<TIn>(string operation, Func<TIn, TBatch, Tensor> losses) =>
        (x, batch) =>
        {
            var values = losses(x, batch);
            Require.NotNull(values, operation);
            Require.That(
                values.Rank == 1,
                $"[{operation}] the function gave shape {values.Shape}; expected a loss for each example [examples]"
            );
            return values;
        };

    private static Pair<Tensor, T> ValueAndGradient(Func<T, Tensor> loss, T x)
    {
        var (value, gradient) = Transforms.ValueAndGrad(loss, x);
        return new(value, gradient);
    }
}
