using static AutoDiff.Ops;

namespace AutoDiff.Curvature;

/// <summary>Second moments of the examples' gradients, as products with the Jacobian of their losses [examples].</summary>
internal static class PerExample
{
    /// <summary>Jᵀ·(J·v) ⁄ examples: the mean of g·(gᵀv).</summary>
    public static T SecondMoment<T>(Func<T, Tensor> losses, T x, T direction)
        where T : ITensorTree<T>
    {
        var jacobian = Transforms.Linearize(losses, x);
        var slopes = jacobian.Apply(direction);
        return jacobian.Transposed().Apply(slopes / slopes.Shape[0]);
    }

    /// <summary>The same about the mean gradient m over all batches: (J − 1·mᵀ)ᵀ·(J − 1·mᵀ)·v ⁄ examples, which is semidefinite for each batch alone.</summary>
    public static T Covariance<T>(Func<T, Tensor> losses, T x, T mean, T direction)
        where T : ITensorTree<T>
    {
        var jacobian = Transforms.Linearize(losses, x);
        var slopes = jacobian.Apply(direction) - TreeMath.Dot(mean, direction);
        var weights = slopes / slopes.Shape[0];
        return TreeMath.Axpy(-Sum(weights), mean, jacobian.Transposed().Apply(weights));
    }

    /// <summary>The outputs' Fisher information, of targets drawn for each example, times a direction: the mean over draws of s·(sᵀu), s the gradient of the example's loss in its outputs.</summary>
    public static Tensor Drawn(Likelihood likelihood, Tensor outputs, Tensor direction, Key key, int draws)
    {
        var examples = outputs.Shape[0];
        var size = outputs.Shape.Size / Math.Max(1, examples);
        var many = Reshape(BroadcastTo(outputs, outputs.Shape.Insert(0, draws)), [draws * examples, .. outputs.Shape.Skip(1)]);
        var targets = StopGradient(likelihood.Sample(many, key));
        var scores = Reshape(Transforms.Grad(y => Sum(likelihood.Losses(y, targets)), many), draws, examples, size);
        var slopes = Sum(scores * Reshape(direction, 1, examples, size), 2);
        return ReshapeTo(Sum(scores * ExpandDims(slopes, 2), 0) / draws, outputs.Shape);
    }
}
