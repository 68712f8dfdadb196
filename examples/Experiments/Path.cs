using AutoDiff.Optimization;

namespace AutoDiff.Examples.Experiments;

/// <summary>Where a method walks.</summary>
internal static class Path
{
    /// <summary>The parameters before the first step and after each or, where told, after each so many.</summary>
    /// <param name="optimizer">The method.</param>
    /// <param name="loss">What it descends.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="steps">How many it takes.</param>
    /// <param name="every">How many lie between two of the points, a divisor of the steps.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static double[][] Of<S>(
        Optimizer<Tensor, S> optimizer,
        Func<Tensor, Tensor> loss,
        Tensor start,
        int steps,
        int every = 1,
        CancellationToken cancellation = default
    )
        where S : ITensorTree<S>
    {
        var step = Training.CompileStep(optimizer, loss);
        var state = Training.Init(optimizer, start);
        var path = new double[(steps / every) + 1][];
        path[0] = state.Parameters.ToArray();
        for (var i = 1; i < path.Length; i++)
        {
            state = every == 1 ? step.Invoke(state) : Transforms.Fold(step, state, every, cancellation: cancellation);
            path[i] = state.Parameters.ToArray();
            cancellation.ThrowIfCancellationRequested();
        }
        return path;
    }
}
