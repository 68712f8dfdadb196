using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Nets;

/// <summary>What recurrent layers have in common: [batch, time, features] through steps that carry a state of units, in layers one upon another, in one direction or both.</summary>
/// <remarks>
/// <para>
/// Parameters of layer i lie below <c>forward.i</c>, and in both directions also below <c>backward.i</c>: <c>input.weight</c> [features, gates·units], <c>state.weight</c>
/// [units, gates·units], <c>input.bias</c> and <c>state.bias</c> [gates·units], gate beside gate. They are the transposes of PyTorch's <c>weight_ih_li</c>, <c>weight_hh_li</c> and its
/// <c>bias_ih_li</c>, <c>bias_hh_li</c>, <c>backward</c> those with <c>_reverse</c>; all begin uniform in ±1 ⁄ √units, as there.
/// </para>
/// <para>The product with the inputs is one over all times, outside of the loop; each layer and direction is one <c>Scan</c>. No time at all leaves the initial state.</para>
/// </remarks>
public abstract record RecurrentLayer : Layer
{
    private protected RecurrentLayer(int units) => Units = units;

    /// <summary>The number of units of each layer and direction.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Units
    {
        get;
        init => field = Checks.Positive(value, GetType().Name, "units");
    }

    /// <summary>How many layers there are, each of which takes the outputs of the one below.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Layers
    {
        get;
        init => field = Checks.Positive(value, GetType().Name, "layers");
    } = 1;

    /// <summary>Whether each layer also runs from the last time to the first; the outputs of both are side by side, forward first.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>Whether the output is that of the last step [batch, units] and not of every time [batch, time, units]; the backward direction's last step is at the first time.</summary>
    public bool LastOnly { get; init; }

    /// <summary>The probability with which, in training, an output that goes to the next layer is 0; the others are divided by one minus it.</summary>
    /// <exception cref="ArgumentException">It is outside [0, 1].</exception>
    public double Dropout
    {
        get;
        init => field = Checks.Probability(value, GetType().Name, "dropout");
    }

    /// <summary>Whether there are biases.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>Whether the state has a bias too, as in PyTorch. Where it is only added to the inputs' bias, both are a direction in which no loss changes; without it there is none.</summary>
    public bool StateBias { get; init; } = true;

    /// <summary>Initial weights of the inputs, drawn for each gate [features, units]; uniform in ±1 ⁄ √units where null.</summary>
    public Initializer? InputWeight { get; init; }

    /// <summary>Initial weights of the state, drawn for each gate [units, units]; uniform in ±1 ⁄ √units where null.</summary>
    public Initializer? StateWeight { get; init; }

    /// <summary>Initial biases, drawn for each gate [units]; uniform in ±1 ⁄ √units where null.</summary>
    public Initializer? BiasStart { get; init; }

    /// <summary>The gates in the order in which they lie side by side.</summary>
    private protected abstract int Gates { get; }

    /// <summary>What is carried from step to step, the output first.</summary>
    private protected virtual string[] Carried => ["hidden"];

    private string Name => GetType().Name;

    /// <inheritdoc/>
    protected internal override string Title =>
        $"{Name}({Units}{(Layers > 1 ? $", {Layers} layers" : "")}{(Bidirectional ? ", bidirectional" : "")})";

    private string[] Directions => Bidirectional ? ["forward", "backward"] : ["forward"];

    /// <inheritdoc/>
    public override TensorMap Init(Key key, Shape input)
    {
        Require.NotNull(key, Name);
        Require.That(input is { Rank: 2 }, $"[{Name}] got examples of shape {input}; expected [time,features]");
        var cells = Enumerable.Range(0, Layers).SelectMany(layer => Directions.Select(direction => (layer, direction)));
        return TensorMap.Join([
            .. cells.Select((cell, i) => ($"{cell.direction}.{cell.layer}", Cell(key.FoldIn((ulong)i), Inputs(cell.layer, input[1])))),
        ]);
    }

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context) => Run(parameters, x, null, context).Output;

    /// <summary>The outputs from a given state on, and the state at the end.</summary>
    /// <param name="parameters">Parameters of <see cref="Init"/>'s structure.</param>
    /// <param name="x">The inputs [batch, time, features].</param>
    /// <param name="initial">
    /// The state before the first step, as an earlier call gave it: <c>hidden</c>, of an LSTM also <c>cell</c>, [layers · directions, batch, units] each, layer by layer, forward before
    /// backward, as PyTorch's; zeros where null.
    /// </param>
    /// <param name="context">Training or inference, and the key of dropout.</param>
    /// <returns>The output, and the last states in the form of <paramref name="initial"/>.</returns>
    /// <exception cref="ArgumentException">The inputs, the parameters or the state do not fit one another.</exception>
    public (Tensor Output, TensorMap Final) Run(TensorMap parameters, Tensor x, TensorMap? initial, Context context)
    {
        Require.NotNull(parameters, Name);
        Require.NotNull(x, Name);
        Require.NotNull(context, Name);
        Require.That(x.Rank == 3, $"[{Name}] got inputs {x.Shape}; expected [batch,time,features]");
        var carried = Carried;
        var starts = Starts(initial, x.Shape[0]);
        var last = new List<TreeList<Tensor>>();
        var sequence = SwapAxes(x, 0, 1); // by time, as the loops go: [time, batch, features]
        for (var layer = 0; layer < Layers; layer++)
        {
            var isLast = layer == Layers - 1;
            var outputs = new List<Tensor>();
            foreach (var direction in Directions)
            {
                var (final, all) = Loop(
                    parameters.Part($"{direction}.{layer}"),
                    $"{direction}.{layer}",
                    sequence,
                    starts[last.Count],
                    reverse: string.Equals(direction, "backward", StringComparison.Ordinal),
                    isLast && LastOnly
                );
                outputs.Add(all);
                last.Add(final);
            }
            sequence = outputs.Count == 1 ? outputs[0] : Concatenate(outputs, -1);
            if (!isLast)
                sequence = AutoDiff.Nets.Dropout.Masked(sequence, sequence.Shape, Dropout, context.Part("dropout", layer), Name);
        }
        var states = TensorMap.Of([.. carried.Select((name, i) => (name, Stack([.. last.Select(state => state[i])])))]);
        return (LastOnly ? sequence : SwapAxes(sequence, 0, 1), states);
    }

    /// <summary>The next of what is carried.</summary>
    /// <param name="state">What is carried, [batch, units] each.</param>
    /// <param name="fromInput">The inputs' part of all gates [batch, gates·units].</param>
    /// <param name="weight">The state's weight.</param>
    /// <param name="bias">The state's bias, null where it is in the inputs' part or there is none.</param>
    private protected abstract TreeList<Tensor> Next(TreeList<Tensor> state, Tensor fromInput, Tensor weight, Tensor? bias);

    /// <summary>Whether the state's bias is added to the inputs' part once for all times: where no gate multiplies it.</summary>
    private protected virtual bool AddsBiasOutside => true;

    /// <summary>A change to the initial biases of the inputs [gates·units], and of the state.</summary>
    private protected virtual (Tensor Input, Tensor State) Started(Tensor input, Tensor state) => (input, state);

    private int Inputs(int layer, int features) => layer == 0 ? features : Units * Directions.Length;

    private TensorMap Cell(Key key, int inputs)
    {
        var (weight, recurrent) = (Drawn(InputWeight, 0, [inputs, Units]), Drawn(StateWeight, 1, [Units, Units]));
        var (bias, stateBias) = Started(
            Drawn(BiasStart, 2, [Units]),
            StateBias ? Drawn(BiasStart, 3, [Units]) : Tensor.Zeros([Gates * Units])
        );
        return TensorMap.Of([
            ("input.weight", weight),
            ("state.weight", recurrent),
            .. Bias ? [("input.bias", bias)] : None,
            .. Bias && StateBias ? [("state.bias", stateBias)] : None,
        ]);

        Tensor Drawn(Initializer? initializer, ulong which, Shape shape)
        {
            var bound = 1 / Math.Sqrt(Units);
            var fans = new Fans(which == 0 ? inputs : Units, Units);
            var keys = Enumerable.Range(0, Gates).Select(gate => key.FoldIn(which).FoldIn((ulong)gate));
            return Concatenate([.. keys.Select(each => initializer?.Draw(each, shape, fans) ?? each.Uniform(shape, -bound, bound))], -1);
        }
    }

    private static (string, Tensor)[] None => [];

    // From [time, batch, features] to the last state, and the outputs of all times or of the last alone.
    private (TreeList<Tensor> Final, Tensor Output) Loop(
        TensorMap cell,
        string path,
        Tensor sequence,
        TreeList<Tensor> start,
        bool reverse,
        bool lastOnly
    )
    {
        var (weight, recurrent) = (Weight("input.weight", sequence.Shape[2]), Weight("state.weight", Units));
        var (bias, stateBias) = (Bias ? Vector("input.bias") : null, Bias && StateBias ? Vector("state.bias") : null);
        if (bias is not null && stateBias is not null && AddsBiasOutside)
            (bias, stateBias) = (bias + stateBias, null);
        var (time, batch) = (sequence.Shape[0], sequence.Shape[1]);
        var product = MatMul(Reshape(sequence, time * batch, sequence.Shape[2]), weight);
        var fromInputs = Reshape(bias is null ? product : product + bias, time, batch, Gates * Units);
        if (lastOnly)
        {
            var end = Scan(
                (TreeList<Tensor> s, Tensor i) => (Next(s, i, recurrent, stateBias), TreeList.Of<Tensor>()),
                start,
                fromInputs,
                reverse
            ).Final;
            return (end, end[0]);
        }
        return Scan(
            (TreeList<Tensor> s, Tensor i) => Next(s, i, recurrent, stateBias) is var next ? (next, next[0]) : default,
            start,
            fromInputs,
            reverse
        );

        Tensor Weight(string name, int rows) => Fitting(name, [rows, Gates * Units]);
        Tensor Vector(string name) => Fitting(name, [Gates * Units]);
        Tensor Fitting(string name, Shape shape)
        {
            var found = cell[name];
            Require.That(
                found.Shape.Equals(shape),
                $"[{Name}] \"{path}.{name}\" has shape {found.Shape}; expected {shape} for inputs of {sequence.Shape[2]} features and {Units} units"
            );
            return found;
        }
    }

    private TreeList<Tensor>[] Starts(TensorMap? initial, int batch)
    {
        var cells = Layers * Directions.Length;
        var zeros = Tensor.Zeros([batch, Units]);
        if (initial is null)
            return [.. Enumerable.Repeat(TreeList.Of<Tensor>([.. Carried.Select(_ => zeros)]), cells)];
        Shape shape = [cells, batch, Units];
        var states = Array.ConvertAll(Carried, name => initial[name]);
        Require.That(
            initial.Count == states.Length && Array.TrueForAll(states, state => state.Shape.Equals(shape)),
            $"[{Name}] got the initial state {initial}; expected {string.Join(" and ", Carried)} {shape}"
        );
        return [.. Enumerable.Range(0, cells).Select(cell => TreeList.Of<Tensor>([.. states.Select(state => state[cell])]))];
    }
}
