using System.Text.Json;
using AutoDiff.Files;
using AutoDiff.Laws;
using AutoDiff.Nets;
using static AutoDiff.Transforms;

namespace AutoDiff.Properties;

public sealed partial class LayerLaws
{
    private static readonly bool[] Modes = [false, true];

    private static Law<LayerTrial>[] Structure =>
        [
            new(
                "OutputHasItsShape",
                "apply(p, x [n, …]) is finite and [n, output shape…], for 0, 1 and 3 examples at inference, and 3 in training",
                Shaped
            ),
            new("InitIsDeterministic", "init(key) has the same bits and names each time; another key gives others", Initialized),
            new("EveryParameterIsRead", "the output depends on each of init's parameters, and without one of them there is an error", Read),
            new("StateKeepsItsStructure", "apply gives a state of initState's names and shapes; inference gives back the bits", Kept),
            new("FilesKeepTheNet", "through a file and through JSON the output has the same bits", Saved),
        ];

    private static IEnumerable<Verdict> Shaped(LayerTrial trial)
    {
        var example = new Net(trial.Layer, trial.Row.Input).Output;
        foreach (var (count, training) in ((int, bool)[])[(0, false), (1, false), (3, false), (3, true)])
        {
            var output = trial.Output(trial.Parameters, trial.Inputs(count), training);
            yield return Same($"the output of {count} examples, training: {training}", output.Shape, example.Insert(0, count));
            yield return Holding(
                Array.TrueForAll(output.ToArray(), double.IsFinite),
                $"the output of {count} examples, training: {training}, is not finite: {output}"
            );
        }
    }

    private static IEnumerable<Verdict> Initialized(LayerTrial trial)
    {
        var (once, again, other) = (trial.Start(0), trial.Start(0), trial.Start(1));
        yield return Same("names of another key", Described(other), Described(once));
        for (var i = 0; i < once.Count; i++)
        {
            var (name, values) = (once.Names[i], once.Tensors[i].ToArray());
            yield return Agreement.Identical($"\"{name}\", again = \"{name}\"", again.Tensors[i].ToArray(), values);
            yield return Holding(
                Array.TrueForAll(values, value => value.Equals(values[0])) || !values.AsSpan().SequenceEqual(other.Tensors[i].ToArray()),
                $"\"{name}\" is {once.Tensors[i]} for either key, and no constant"
            );
        }
    }

    private static IEnumerable<Verdict> Read(LayerTrial trial)
    {
        Input[] inputs = [.. trial.Parameters.Select(leaf => new Input(leaf.Value.Shape, leaf.Key))];
        var parameters = TreeMath.Rebuild(trial.Parameters, inputs);
        Tensor[] outputs = [.. Modes.Select(training => trial.Output(parameters, trial.Inputs(2), training))];
        var order = Walk.Order(outputs);
        foreach (var (input, name) in inputs.Zip(parameters.Names))
        {
            yield return Holding(order.Contains(input), $"no output depends on \"{name}\"");
            var without = TensorMap.Of([.. parameters.Where(leaf => leaf.Key != name).Select(leaf => (leaf.Key, leaf.Value))]);
            yield return Refused($"without \"{name}\"", () => trial.Output(without, trial.Inputs(2), training: false));
        }
    }

    private static IEnumerable<Verdict> Kept(LayerTrial trial)
    {
        var initial = trial.Layer.InitState(trial.Row.Input);
        yield return Same("the state after a batch", Described(trial.State), Described(initial));
        var after = trial.Layer.Apply(trial.Parameters, trial.Inputs(3), trial.Context(training: true)).State;
        yield return Same("the state after training", Described(after), Described(initial));
        var left = trial.Layer.Apply(trial.Parameters, trial.Inputs(3), trial.Context(training: false)).State;
        yield return Same("the state after inference", Described(left), Described(initial));
        foreach (var (name, value) in trial.State)
            yield return Agreement.Identical($"\"{name}\" after inference", left[name].ToArray(), value.ToArray());
    }

    private static IEnumerable<Verdict> Saved(LayerTrial trial)
    {
        var (net, inputs) = (new Pair<TensorMap, TensorMap>(trial.Parameters, trial.State), trial.Inputs(3));
        var expected = Output(net);
        yield return Agreement.Identical(
            "JSON",
            Output(JsonSerializer.Deserialize<Pair<TensorMap, TensorMap>>(JsonSerializer.Serialize(net))!),
            expected
        );
        var file = Path.GetTempFileName();
        try
        {
            TreeFile.Save(file, net);
            var like = new Pair<TensorMap, TensorMap>(trial.Start(1), trial.Layer.InitState(trial.Row.Input));
            yield return Agreement.Identical("a file", Output(TreeFile.Load(file, like)), expected);
        }
        finally
        {
            File.Delete(file);
        }

        double[] Output(Pair<TensorMap, TensorMap> at) =>
            trial.Layer.Apply(at.First, inputs, AutoDiff.Nets.Context.Inference(at.Second)).Output.ToArray();
    }

    private static string Described(TensorMap map) => string.Join(", ", map.Select(leaf => $"{leaf.Key} {leaf.Value.Shape}"));

    private static Verdict Same<T>(string what, T actual, T expected)
        where T : notnull => Holding(actual.Equals(expected), $"{what}: {actual}; expected {expected}");

    /// <summary>Whether a call is refused in words that begin with what refuses it.</summary>
    private static Verdict Refused(string what, Func<Tensor> call)
    {
        try
        {
            return new Verdict.Fails($"{what} the output is {call().Shape}; expected an error");
        }
        catch (ArgumentException problem)
        {
            return Holding(
                problem.Message.StartsWith('['),
                $"{what} the error is \"{problem.Message}\"; expected one that names what refuses"
            );
        }
    }
}
