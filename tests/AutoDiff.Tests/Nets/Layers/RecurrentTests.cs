using AutoDiff.Nets;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Nets;

public sealed class RecurrentTests
{
    private static readonly Tensor _x = Key.Of(5).Normal([2, 5, 3]);

    public static TheoryData<RecurrentLayer> Kinds =>
        [
            new Recurrent(4),
            new Recurrent(4) { Relu = true, Layers = 2 },
            new Lstm(4) { Layers = 2, Bidirectional = true },
            new Gru(4) { Bidirectional = true },
        ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TheLastOutputIsThatOfTheLastStepOfEachDirection(RecurrentLayer layer)
    {
        var parameters = layer.Init(Key.Of(1), [5, 3]);
        var all = layer.Apply(parameters, _x, Context.Inference()).Output;
        var last = (layer with { LastOnly = true }).Apply(parameters, _x, Context.Inference()).Output;
        Assert.Equal(all[.., ^1, ..4].ToArray(), last[.., ..4].ToArray());
        if (layer.Bidirectional)
            Assert.Equal(all[.., 0, 4..].ToArray(), last[.., 4..].ToArray());
        Assert.Equal([2, layer.Bidirectional ? 8 : 4], last.Shape);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void RunGoesOnWhereAnotherEnded(RecurrentLayer layer)
    {
        layer = layer with { Bidirectional = false };
        var parameters = layer.Init(Key.Of(1), [5, 3]);
        var (whole, end) = layer.Run(parameters, _x, null, Context.Inference());
        var (first, middle) = layer.Run(parameters, _x[.., ..2], null, Context.Inference());
        var (second, last) = layer.Run(parameters, _x[.., 2..], middle, Context.Inference());
        Assert.Equal(whole.ToArray(), Concatenate(first, second, 1).ToArray(), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal(TreeMath.Ravel(end).ToArray(), TreeMath.Ravel(last).ToArray(), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NoTimeLeavesTheInitialState(RecurrentLayer layer)
    {
        var parameters = layer.Init(Key.Of(1), [0, 3]);
        var (output, final) = layer.Run(parameters, Tensor.Zeros([2, 0, 3]), null, Context.Inference());
        Assert.Equal([2, 0, layer.Bidirectional ? 8 : 4], output.Shape);
        Assert.All(final, state => Assert.All(state.Value.ToArray(), value => Assert.Equal(0, value)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ParametersBeginUniformInTheUnitsRoot(RecurrentLayer layer)
    {
        layer = layer with { Units = 100 };
        var parameters = layer.Init(Key.Of(1), [5, 3]);
        var gates = parameters["forward.0.state.weight"].Shape[1] / 100;
        Assert.Equal(
            layer is Lstm ? 4
                : layer is Gru ? 3
                : 1,
            gates
        );
        Assert.Equal([3, 100 * gates], parameters["forward.0.input.weight"].Shape);
        Assert.Equal([100, 100 * gates], parameters["forward.0.state.weight"].Shape);
        Assert.Equal([100 * gates], parameters["forward.0.input.bias"].Shape);
        Assert.Equal([100 * gates], parameters["forward.0.state.bias"].Shape);
        foreach (var (name, value) in parameters)
        {
            var values = value.ToArray();
            Assert.All(values, number => Assert.InRange(number, -0.1, 0.1));
            Assert.True(values.Max() > 0.09 && values.Min() < -0.09, name);
        }
        var all = TreeMath.Ravel(parameters).ToArray();
        Assert.Equal(all.Length, all.Distinct().Count()); // no two leaves or gates have one key
    }

    [Fact]
    public void LayersAboveTakeTheOutputsOfBothDirections()
    {
        var parameters = new Gru(4)
        {
            Layers = 2,
            Bidirectional = true,
            StateBias = false,
        }.Init(Key.Of(1), [5, 3]);
        Assert.Equal([8, 12], parameters["backward.1.input.weight"].Shape);
        Assert.Equal(
            [
                "forward.0.input.weight",
                "forward.0.state.weight",
                "forward.0.input.bias",
                "backward.0.input.weight",
                "backward.0.state.weight",
                "backward.0.input.bias",
                "forward.1.input.weight",
                "forward.1.state.weight",
                "forward.1.input.bias",
                "backward.1.input.weight",
                "backward.1.state.weight",
                "backward.1.input.bias",
            ],
            parameters.Names
        );
    }

    [Fact]
    public void InitializersDrawEachGateByItself()
    {
        var seen = new List<(Shape Shape, Fans Fans)>();
        var counted = new Initializer(
            "counted",
            (_, shape, fans) =>
            {
                seen.Add((shape, fans));
                return BroadcastTo(seen.Count, shape);
            }
        );
        var layer = new Gru(2)
        {
            InputWeight = counted,
            StateWeight = counted,
            BiasStart = counted,
        };
        var parameters = layer.Init(Key.Of(1), [5, 3]);
        Assert.Equal([1, 1, 2, 2, 3, 3], parameters["forward.0.input.weight"][0].ToArray());
        Assert.Equal([4, 4, 5, 5, 6, 6], parameters["forward.0.state.weight"][1].ToArray());
        Assert.Equal([7, 7, 8, 8, 9, 9], parameters["forward.0.input.bias"].ToArray());
        Assert.Equal([10, 10, 11, 11, 12, 12], parameters["forward.0.state.bias"].ToArray());
        Assert.Equal(([3, 2], new Fans(3, 2)), seen[0]);
        Assert.Equal(([2, 2], new Fans(2, 2)), seen[3]);
        Assert.Equal(([2], new Fans(2, 2)), seen[6]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheForgetGateBeginsAsItIsToldAndNothingElseDoes(bool stateBias)
    {
        var (told, plain) = (new Lstm(3) { ForgetBias = 1.5, StateBias = stateBias }, new Lstm(3) { StateBias = stateBias });
        var (with, without) = (told.Init(Key.Of(2), [4, 2]), plain.Init(Key.Of(2), [4, 2]));
        var input = with["forward.0.input.bias"];
        Assert.Equal([1.5, 1.5, 1.5], input[3..6].ToArray());
        Assert.Equal(without["forward.0.input.bias"].At(3..6).Set(1.5).ToArray(), input.ToArray());
        Assert.Equal(without["forward.0.input.weight"].ToArray(), with["forward.0.input.weight"].ToArray());
        if (stateBias)
            Assert.Equal(without["forward.0.state.bias"].At(3..6).Set(0).ToArray(), with["forward.0.state.bias"].ToArray());
    }

    [Fact]
    public void DropoutIsBetweenLayersAndInTrainingOnly()
    {
        var layer = new Recurrent(50) { Layers = 2, Dropout = 0.25 };
        var parameters = layer.Init(Key.Of(3), [5, 3]);
        var lower = new Recurrent(50);
        var below = lower.Apply(Below(0), _x, Context.Inference()).Output;
        var (plain, above) = (layer with { Dropout = 0 }, lower);
        Assert.Equal(
            plain.Apply(parameters, _x, Context.Inference()).Output.ToArray(),
            layer.Apply(parameters, _x, Context.Inference()).Output.ToArray()
        );
        // The upper layer is linear in what it takes: with its state's weight 0 and its inputs' weight the identity, tanh⁻¹ gives back what came.
        var open = parameters
            .With("forward.1.input.weight", Tensor.Eye(50))
            .With("forward.1.state.weight", Tensor.Zeros([50, 50]))
            .With("forward.1.input.bias", Tensor.Zeros([50]))
            .With("forward.1.state.bias", Tensor.Zeros([50]));
        var came = Atanh(layer.Apply(open, _x, Context.Training(Key.Of(4))).Output);
        var factors = (SwapAxes(came, 0, 1) / SwapAxes(below, 0, 1)).ToArray();
        Assert.All(factors, factor => Assert.True(factor is 0 || Math.Abs(factor - (4.0 / 3)) < 1e-9, $"{factor}"));
        Assert.InRange(factors.Count(factor => factor == 0), 75, 175); // of 500, 125 expected; 5 standard deviations
        Assert.NotEqual(came.ToArray(), Atanh(layer.Apply(open, _x, Context.Training(Key.Of(5))).Output).ToArray());
        Assert.All(
            (layer with { Dropout = 1 }).Apply(open, _x, Context.Training(Key.Of(4))).Output.ToArray(),
            value => Assert.Equal(0, value)
        );

        TensorMap Below(int index) => TensorMap.Join(("forward.0", parameters.Part($"forward.{index}")));
    }

    [Fact]
    public void DropoutDrawsAnewForEachLayer()
    {
        var layer = new Recurrent(20)
        {
            Layers = 3,
            Dropout = 0.5,
            Bias = false,
        };
        var eye = Tensor.Eye(20);
        var cell = TensorMap.Of(("input.weight", eye), ("state.weight", Tensor.Zeros([20, 20])));
        var parameters = TensorMap.Join(("forward.0", cell), ("forward.1", cell), ("forward.2", cell));
        var output = layer.Apply(parameters, Tensor.Ones([1, 10, 20]), Context.Training(Key.Of(4))).Output.ToArray();
        Assert.InRange(output.Count(value => value != 0), 25, 75); // a quarter of 200: a half if both layers had one mask
    }

    [Fact]
    public void TheLoopIsOneNodeOfAnyLength()
    {
        var layer = new Gru(3);
        var parameters = layer.Init(Key.Of(1), [5, 3]);
        Assert.Equal(Nodes(5), Nodes(500));

        int Nodes(int time)
        {
            var x = new Input([2, time, 3], "x");
            return Graph.Of([x], [layer.Apply(parameters, x, Context.Inference()).Output]).Nodes.Length;
        }
    }

    [Fact]
    public void SummariesSayTheNumbersOfTheLayers()
    {
        var net = Net.Of(
            [6, 4],
            new Lstm(8) { Layers = 2, Bidirectional = true },
            new MultiHeadAttention(4),
            new GroupNormalization(3),
            new WeightNormalized(new Dense(5)),
            new SpectralNormalized(new Dense(5)),
            new Gru(3) { LastOnly = true }
        );
        Assert.Equal(
            [
                "Lstm(8, 2 layers, bidirectional)",
                "MultiHeadAttention(4)",
                "GroupNormalization(3)",
                "WeightNormalized(Dense(5))",
                "SpectralNormalized(Dense(5))",
                "Gru(3)",
            ],
            net.Summary().Rows.Select(row => row.Layer)
        );
    }

    public static TheoryData<Func<object>, string> Misuses =>
        new()
        {
            { () => new Lstm(0), "[Lstm] got 0 units; expected at least 1" },
            {
                () =>
                    new Gru(2) { Layers = 0 },
                "[Gru] got 0 layers; expected at least 1"
            },
            {
                () =>
                    new Recurrent(2) { Dropout = 1.5 },
                "[Recurrent] got dropout 1.5; expected 0 to 1"
            },
            {
                () =>
                    new Recurrent(2) { Dropout = double.NaN },
                "[Recurrent] got dropout NaN; expected 0 to 1"
            },
            {
                () =>
                    new Lstm(2) { ForgetBias = double.NaN },
                "[Lstm] got forget bias NaN; expected a finite number, or null"
            },
            { () => new Gru(2).Init(Key.Of(0), [3]), "[Gru] got examples of shape [3]; expected [time,features]" },
            { () => Applied(new Gru(2), [2, 3]), "[Gru] got inputs [2,3]; expected [batch,time,features]" },
            {
                () => Applied(new Gru(2), [2, 5, 4]),
                "[Gru] \"forward.0.input.weight\" has shape [3,6]; expected [4,6] for inputs of 4 features and 2 units"
            },
            {
                () => new Lstm(3).Apply(new Lstm(2).Init(Key.Of(0), [5, 3]), _x, Context.Inference()).Output,
                "[Lstm] \"forward.0.input.weight\" has shape [3,8]; expected [3,12] for inputs of 3 features and 3 units"
            },
            {
                () => Continued(TensorMap.Of(("hidden", Tensor.Zeros([1, 2, 2])))),
                "[TensorMap] got the name \"cell\"; expected one of \"hidden\""
            },
            {
                () => Continued(TensorMap.Of(("hidden", Tensor.Zeros([1, 2, 2])), ("cell", Tensor.Zeros([1, 1, 2])))),
                "[Lstm] got the initial state {hidden [1,2,2], cell [1,1,2]}; expected hidden and cell [1,2,2]"
            },
            {
                () => Applied(new Gru(2) { Layers = 2, Dropout = 0.5 }, [2, 5, 3], Context.Training()),
                "[Gru] got a training context without a key; expected one, as Context.Training(key)"
            },
        };

    [Theory]
    [MemberData(nameof(Misuses))]
    public void MisuseIsRefused(Func<object> call, string message) => Assert.Equal(message, Assert.Throws<ArgumentException>(call).Message);

    private static Tensor Applied(RecurrentLayer layer, Shape x, Context? context = null) =>
        layer.Apply(layer.Init(Key.Of(0), [5, 3]), Tensor.Zeros(x), context ?? Context.Inference()).Output;

    private static Tensor Continued(TensorMap state)
    {
        var layer = new Lstm(2);
        return layer.Run(layer.Init(Key.Of(0), [5, 3]), _x, state, Context.Inference()).Output;
    }
}
