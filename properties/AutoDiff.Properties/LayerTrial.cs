using AutoDiff.Laws;
using AutoDiff.Nets;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Properties;

/// <summary>A layer at random parameters, state and inputs: what the laws of layers are about.</summary>
internal sealed class LayerTrial
{
    private const double Spread = 0.25;

    private readonly Key _key;

    public LayerTrial(LayerCase row, int seed)
    {
        (Row, Seed, _key) = (row, seed, Key.Of((ulong)seed));
        // Away from the start, where zeros and ones would hide a factor or a term.
        var start = Start(0);
        Parameters = Evaluate(
            TreeMath.Rebuild(
                start,
                [.. start.Tensors.Select((leaf, i) => leaf + _key.FoldIn(1).FoldIn((ulong)i).Normal(leaf.Shape, 0, Spread))]
            )
        );
        var initial = Evaluate(Layer.InitState(row.Input));
        State = Evaluate(Layer.Apply(Parameters, Inputs(5, 2), AutoDiff.Nets.Context.Training(_key.FoldIn(3), initial)).State);
    }

    public LayerCase Row { get; }

    public int Seed { get; }

    public Layer Layer => Row.Layer;

    public TensorMap Parameters { get; }

    /// <summary>The state after a batch, which is no longer the start.</summary>
    public TensorMap State { get; }

    /// <summary>The parameters before training of one key or another.</summary>
    public TensorMap Start(ulong which) => Layer.Init(_key.FoldIn(0).FoldIn(which), Row.Input);

    /// <summary>Inputs [count, …]: others for another number.</summary>
    public Tensor Inputs(int count, ulong which = 0) => Evaluate(Row.Inputs(_key.FoldIn(4).FoldIn(which), Row.Input.Insert(0, count)));

    public Context Context(bool training) =>
        training ? AutoDiff.Nets.Context.Training(StepKey, State) : AutoDiff.Nets.Context.Inference(State);

    public Key StepKey => _key.FoldIn(5);

    public Tensor Output(TensorMap parameters, Tensor x, bool training) => Layer.Apply(parameters, x, Context(training)).Output;

    /// <summary>Output as a function of all that it can be differentiated by, parameters and inputs, in one vector.</summary>
    public Trial Function(bool training)
    {
        var inputs = Inputs(3);
        return Row.IsDifferentiable
            ? Of(new Pair<TensorMap, Tensor>(Parameters, inputs), at => Output(at.First, at.Second, training))
            : Of(Parameters, parameters => Output(parameters, inputs, training));

        Trial Of<T>(T at, Func<T, Tensor> function)
            where T : ITensorTree<T> => new(Row.Name, Ravelled.Function(function, at), Evaluate(TreeMath.Ravel(at)), Seed);
    }

    public override string ToString() => $"{Row.Name}, seed {Seed}";
}
