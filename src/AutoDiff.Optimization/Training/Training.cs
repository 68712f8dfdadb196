namespace AutoDiff.Optimization;

/// <summary>Runs of an optimizer: the state before the first step, and one step; <see cref="Transforms.Fold"/> takes a compiled step over batches.</summary>
public static class Training
{
    /// <summary>The state before the first step.</summary>
    public static State<P, S> Init<P, S>(Transition<P, S> optimizer, P parameters)
        where P : ITensorTree<P>
        where S : ITensorTree<S>
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        return new(parameters, optimizer.Init(parameters), double.NaN);
    }

    /// <summary>The state after one step: gradient, update and loss, as one graph.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="state">The state before.</param>
    /// <param name="loss">The loss of parameters, a scalar.</param>
    public static State<P, S> Step<P, S>(Transition<P, S> optimizer, State<P, S> state, Func<P, Tensor> loss)
        where P : ITensorTree<P>
        where S : ITensorTree<S>
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(state);
        Require.NotNull(loss, nameof(Step));
        var (value, gradient) = Transforms.ValueAndGrad(
            parameters =>
            {
                var value = loss(parameters);
                Require.That(value.Rank == 0, $"[Step] the function gave shape {value.Shape}; expected a scalar []");
                return value;
            },
            state.Parameters
        );
        var (update, next) = optimizer.Step(gradient, state.Optimizer, state.Parameters);
        return new(TreeMath.Add(state.Parameters, update), next, value);
    }
}
