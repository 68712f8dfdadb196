namespace AutoDiff.Curvature;

/// <summary>The plans of a function's Jacobian, for points and batches of one set of shapes.</summary>
/// <param name="Forward">A tangent → the outputs' tangent.</param>
/// <param name="Backward">The outputs' cotangent → the point's.</param>
internal sealed record JacobianPlans(Lazy<LinearPlans> Forward, Lazy<LinearPlans> Backward)
{
    /// <summary>The number of outputs.</summary>
    public required int Outputs { get; init; }

    /// <summary>The plans of a function that is called here, once.</summary>
    public static JacobianPlans Of<T, TBatch>(Func<T, TBatch, Tensor> function, T like, TBatch batch)
        where T : ITensorTree<T>
        where TBatch : ITensorTree<TBatch>
    {
        Pair<T, TBatch> point = new(like, batch);
        var traced = Transforms.Trace(
            (Pair<T, TBatch> p) =>
            {
                var outputs = function(p.First, p.Second);
                Require.NotNull(outputs, "Jacobian");
                return outputs;
            },
            point,
            "Jacobian"
        );
        var result = Tensor.Zeros(traced(point).Shape);
        return new(
            new(() =>
                LinearPlans.Of(
                    "Jacobian",
                    (Pair<T, TBatch> p, T v) => Transforms.Jvp(x => traced(new(x, p.Second)), p.First, v).Tangent,
                    point,
                    like,
                    result
                )
            ),
            new(() =>
                LinearPlans.Of(
                    "Jacobian",
                    (Pair<T, TBatch> p, Tensor w) => Transforms.Vjp(x => traced(new(x, p.Second)), p.First).Pullback(w),
                    point,
                    result,
                    like
                )
            )
        )
        {
            Outputs = result.Shape.Size,
        };
    }
}
