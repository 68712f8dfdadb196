using AutoDiff.Laws;
using AutoDiff.Nets;
using AutoDiff.Optimization;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Properties;

public sealed partial class LayerLaws
{
    private const double Rounding = 1e-11;
    private const double Rate = 1e-3;

    private static Law<LayerTrial> Trains => new("Trains", "compiled steps of gradient descent are the steps, and lower the loss", Trained);

    private static Law<LayerTrial> PermutedUnitsChangeNothing =>
        new(
            "PermutedUnitsChangeNothing",
            "hidden units that change places leave the function as it is",
            trial =>
            {
                var units = trial.Row.Units!;
                var (rolled, state, x) = (units.Rolled(trial.Parameters), units.Rolled(trial.State), trial.Inputs(3));
                return
                [
                    Holding(
                        !TreeMath.Ravel(rolled).ToArray().AsSpan().SequenceEqual(TreeMath.Ravel(trial.Parameters).ToArray()),
                        "no parameter changed its place"
                    ),
                    Holding(
                        units.Axes.All(row => trial.Parameters.TryGet(row.Name, out _) || trial.State.TryGet(row.Name, out _)),
                        "a row names neither a parameter nor a state"
                    ),
                    Agreement.Close(
                        "permuted = in order",
                        trial.Layer.Apply(rolled, x, AutoDiff.Nets.Context.Inference(state)).Output,
                        trial.Output(trial.Parameters, x, false),
                        Rounding
                    ),
                ];
            }
        );

    private static Law<LayerTrial>[] Batches =>
        [
            new("ExamplesAreApart", "apply(p, x)ᵢ = apply(p, xᵢ): at inference, and in training where nothing is drawn or shared", Apart),
            new("MappedIsOneByOne", "vmap(apply)(P, X) = apply(Pᵢ, Xᵢ) one by one, in both modes, with keys and states mapped too", Mapped),
            new("FewExamplesWork", "no example and one give values and gradients, or training says why not", Few),
            new("Composes", "sequential(layer, dense) is dense after layer, with its parameters, state and key below layers.0", Composed),
        ];

    private static IEnumerable<Verdict> Apart(LayerTrial trial)
    {
        var x = trial.Inputs(3);
        var whole = Evaluate(trial.Output(trial.Parameters, x, training: false));
        yield return Agreement.Close("all at once = one by one", whole, OneByOne(trial.Context(training: false)), Rounding);
        if (trial.Row.MixesExamples || Draws(trial))
            yield break;
        var training = AutoDiff.Nets.Context.Training(state: trial.State);
        yield return Agreement.Close(
            "all at once = one by one, in training",
            trial.Layer.Apply(trial.Parameters, x, training).Output,
            OneByOne(training),
            Rounding
        );

        Tensor OneByOne(Context context) =>
            Concatenate([.. Enumerable.Range(0, 3).Select(i => trial.Layer.Apply(trial.Parameters, x[i..(i + 1)], context).Output)]);
    }

    private static bool Draws(LayerTrial trial)
    {
        try
        {
            _ = trial.Layer.Apply(trial.Parameters, trial.Inputs(2), AutoDiff.Nets.Context.Training(state: trial.State));
            return false;
        }
        catch (ArgumentException withoutKey) when (withoutKey.Message.Contains("without a key", StringComparison.Ordinal))
        {
            return true;
        }
    }

    private static IEnumerable<Verdict> Mapped(LayerTrial trial)
    {
        const int nets = 3;
        var parameters = Stacked(trial.Parameters);
        var states = Stacked(trial.State);
        var (keys, x) = (trial.StepKey.SplitBatch(nets), Reshaped(2));
        foreach (var training in Modes)
        {
            var mapped = Vmap<Pair<TensorMap, TensorMap>, Pair<Key, Tensor>, Pair<Tensor, TensorMap>>(One)(
                new(parameters, states),
                new(keys, x)
            );
            for (var i = 0; i < nets; i++)
            {
                var (output, state) = One(new(At(parameters, i), At(states, i)), new(Key.FromWords(keys.Words[i]), x[i]));
                yield return Agreement.Close($"output {i}, training: {training}", mapped.First[i], output, Rounding);
                foreach (var (name, value) in state)
                    yield return Agreement.Close($"state \"{name}\" {i}, training: {training}", mapped.Second[name][i], value, Rounding);
            }

            Pair<Tensor, TensorMap> One(Pair<TensorMap, TensorMap> net, Pair<Key, Tensor> at)
            {
                var context = training ? AutoDiff.Nets.Context.Training(at.First, net.Second) : AutoDiff.Nets.Context.Inference(net.Second);
                var (output, state) = trial.Layer.Apply(net.First, at.Second, context);
                return new(output, state);
            }
        }
        var one = Reshaped(1);
        yield return Agreement.Close(
            "inputs alone",
            Vmap<Tensor, Tensor>(each => trial.Output(trial.Parameters, each, training: false))(one),
            Stack([.. Enumerable.Range(0, nets).Select(i => trial.Output(trial.Parameters, one[i], training: false))]),
            Rounding
        );

        Tensor Reshaped(int count) => Reshape(trial.Inputs(nets * count), [nets, count, .. trial.Row.Input]);
        static TensorMap At(TensorMap map, int i) => TreeMath.Map(map, leaf => leaf[i]);
        static TensorMap Stacked(TensorMap map) => Evaluate(TreeMath.Map(map, leaf => Stack([leaf, 1.25 * leaf, 0.5 * leaf])));
    }

    private static IEnumerable<Verdict> Few(LayerTrial trial)
    {
        foreach (var count in (int[])[0, 1])
        {
            yield return Gradient(count, training: false);
            yield return Gradient(count, training: true);
        }

        Verdict Gradient(int count, bool training)
        {
            try
            {
                var (value, gradient) = ValueAndGrad<TensorMap>(parameters =>
                    Sum(Square(trial.Output(parameters, trial.Inputs(count), training)))
                )(trial.Parameters);
                var (loss, slopes) = (value.Item(), gradient.Tensors.SelectMany(leaf => leaf.ToArray()).ToArray());
                return Holding(
                    count == 0
                        ? loss is 0 && Array.TrueForAll(slopes, slope => slope is 0)
                        : double.IsFinite(loss) && Array.TrueForAll(slopes, double.IsFinite),
                    $"{count} examples, training: {training}: the sum of squares is {loss}, its gradient {string.Join(", ", slopes)}"
                );
            }
            catch (ArgumentException problem) when (training)
            {
                return Holding(problem.Message.StartsWith('['), $"training on {count} examples says \"{problem.Message}\"");
            }
        }
    }

    private static IEnumerable<Verdict> Composed(LayerTrial trial)
    {
        var (dense, x) = (new Dense(2), trial.Inputs(3));
        var both = new Sequential(trial.Layer, dense);
        var parameters = both.Init(trial.StepKey, trial.Row.Input);
        var state = TensorMap.Join(("layers.0", trial.State));
        foreach (var training in Modes)
        {
            var context = training ? AutoDiff.Nets.Context.Training(trial.StepKey, state) : AutoDiff.Nets.Context.Inference(state);
            var (output, after) = both.Apply(parameters, x, context);
            var first = trial.Layer.Apply(parameters.Part("layers.0"), x, context.Part("layers.0", 0));
            var second = dense.Apply(parameters.Part("layers.1"), first.Output, context.Part("layers.1", 1));
            yield return Agreement.Close($"output, training: {training}", output, second.Output, 0);
            yield return Same("the state", Described(after), Described(TensorMap.Join(("layers.0", first.State))));
        }
    }

    private static IEnumerable<Verdict> Trained(LayerTrial trial)
    {
        const int steps = 4;
        var batch = new Pair<Pair<Tensor, Tensor>, Pair<Key, TensorMap>>(
            new(
                trial.Inputs(3),
                Evaluate(trial.StepKey.FoldIn(1).Normal(trial.Output(trial.Parameters, trial.Inputs(3), training: true).Shape))
            ),
            new(trial.StepKey, trial.State)
        );
        var descent = Optimizers.GradientDescent<TensorMap>(Rate);
        var start = Training.Init(descent, trial.Parameters);
        var folded = Fold(
            Training.CompileStep(
                descent,
                (TensorMap parameters, Pair<Pair<Tensor, Tensor>, Pair<Key, TensorMap>> at) => Loss(parameters, at)
            ),
            start,
            batch,
            steps
        );
        var stepped = start;
        var first = double.NaN;
        for (var i = 0; i < steps; i++)
        {
            stepped = Evaluate(Training.Step(descent, stepped, parameters => Loss(parameters, batch)));
            first = i == 0 ? stepped.Loss.Item() : first;
        }
        yield return Agreement.Close("folded = stepped", TreeMath.Ravel(folded.Parameters), TreeMath.Ravel(stepped.Parameters), Rounding);
        yield return Holding(folded.Loss.Item() < first, $"the loss went from {first} to {folded.Loss.Item()}");

        Tensor Loss(TensorMap parameters, Pair<Pair<Tensor, Tensor>, Pair<Key, TensorMap>> at) =>
            Mean(
                Square(
                    trial.Layer.Apply(parameters, at.First.First, AutoDiff.Nets.Context.Training(at.Second.First, at.Second.Second)).Output
                        - at.First.Second
                )
            );
    }
}
