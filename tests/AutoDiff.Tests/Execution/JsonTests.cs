using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using AutoDiff.Optimization;
using static AutoDiff.Ops;
using static AutoDiff.Optimization.Training;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>What is written as JSON is read to the same bits, or an error says why not.</summary>
public partial class JsonTests
{
    private static readonly double[] _special =
    [
        0,
        -0.0,
        1,
        0.1,
        1.0 / 3,
        -Math.PI,
        double.Epsilon,
        -2.2250738585072011e-308,
        2.2250738585072014e-308,
        double.MaxValue,
        double.MinValue,
        1e21,
        123456789012345680,
        double.PositiveInfinity,
        double.NegativeInfinity,
        double.NaN,
    ];

    [Fact]
    public void TheFormIsAsStated()
    {
        Assert.Equal("""{"shape":[],"values":[1.5]}""", JsonSerializer.Serialize<Tensor>(1.5));
        Assert.Equal(
            """{"shape":[2,2],"values":[-0,"NaN","Infinity","-Infinity"]}""",
            JsonSerializer.Serialize(Tensor.Of([-0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity], 2, 2))
        );
        Assert.Equal("""{"shape":[0,3],"values":[]}""", JsonSerializer.Serialize(Tensor.Zeros([0, 3])));
        Assert.Equal("[784,128]", JsonSerializer.Serialize(Shape.Of(784, 128)));
        Assert.Equal("[1,-2]", JsonSerializer.Serialize(Ints.Of(1, -2)));
        Assert.Equal("\"0000000000000000000000000000002a\"", JsonSerializer.Serialize(Key.Of(42)));
        Assert.Equal("""[{"shape":[],"values":[1]}]""", JsonSerializer.Serialize<TreeList<Tensor>>([1]));
    }

    [Fact]
    public void EveryTensorIsReadToTheSameBits()
    {
        var key = Key.Of(1);
        Tensor[] tensors =
        [
            3,
            Tensor.Of(_special),
            Tensor.Of(_special, 2, 8),
            Tensor.Of([]),
            Tensor.Zeros([3, 0, 2]),
            Tensor.Full(-0.0, [2, 3]), // one number, broadcast
            Transpose(key.FoldIn(0).Normal([3, 5])),
            Exp(key.FoldIn(1).Normal([1000]) * 200), // from subnormal to infinite
        ];
        foreach (var tensor in tensors)
        {
            var read = JsonSerializer.Deserialize<Tensor>(JsonSerializer.Serialize(tensor))!;
            Assert.IsType<Constant>(read);
            AssertSameBits(tensor, read);
            // The type at compile time is not what decides.
            Assert.Equal(JsonSerializer.Serialize(tensor), JsonSerializer.Serialize<object>(tensor));
            Assert.Equal(JsonSerializer.Serialize(tensor), JsonSerializer.Serialize((Constant)read));
            AssertSameBits(tensor, JsonSerializer.Deserialize<Constant>(JsonSerializer.Serialize((Constant)read))!);
        }
    }

    [Fact]
    public void KeysShapesAndListsAreReadAsTheyWere()
    {
        foreach (var key in (Key[])[Key.Of(0), Key.Of(ulong.MaxValue), Key.Of(3).FoldIn(7), Key.FromBits(UInt128.MaxValue)])
            Assert.Equal(key, Read(key));
        foreach (var shape in (Shape[])[Shape.Scalar, [0], [2, 0, 3], [1, 2, 3, 4]])
            Assert.Equal(shape, Read(shape));
        Assert.Equal(Ints.Of(-1, int.MaxValue, int.MinValue), Read(Ints.Of(-1, int.MaxValue, int.MinValue)));

        static T Read<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value))!;
    }

    [Fact]
    public void TreesAreReadToTheSameBits()
    {
        var key = Key.Of(2);
        AssertRoundTrip(new Pair<Tensor, TreeList<Tensor>>(Tensor.Of(_special), [key.FoldIn(0).Normal([3]), 1, Tensor.Of([])]));
        AssertRoundTrip<TreeList<TreeList<Tensor>>>([
            [1, 2],
            [],
            [key.FoldIn(1).Normal([2, 2])],
        ]);
        AssertRoundTrip(
            new Layers(
                [new(key.FoldIn(2).Normal([2, 3]), Tensor.Zeros([3])), new(1, 2)],
                [
                    [1],
                    [],
                ],
                new(3, 4)
            )
        );
        AssertRoundTrip(new Point(Tensor.Of(_special), -0.0));
    }

    /// <summary>Loaded in the middle of a run, every optimizer goes on to the same bits.</summary>
    [Fact]
    public void EveryOptimizersStateResumes()
    {
        Resumes(Optimizers.GradientDescent<Layer>(0.1));
        Resumes(Optimizers.GradientDescent<Layer>(Schedules.Cosine(0.1, steps: 10)));
        Resumes(Optimizers.Momentum<Layer>(0.1, 0.9, nesterov: true));
        Resumes(Optimizers.Adam<Layer>(0.1));

        static void Resumes<S>(Transition<Layer, S> optimizer)
            where S : ITensorTree<S>
        {
            var key = Key.Of(3);
            var x = key.FoldIn(0).Normal([8, 3]);
            var step = Compile(
                (State<Layer, S> state, Tensor batch) =>
                    Step(optimizer, state, net => Mean(Square(Tanh(MatMul(batch, net.Weight) + net.Bias) - 0.3)))
            );
            var start = Init(optimizer, new Layer(key.FoldIn(1).Normal([3, 2]), Tensor.Zeros([2])));
            AssertRoundTrip(start);
            var middle = Fold(step, start, Enumerable.Repeat(x, 4));
            AssertRoundTrip(middle);
            var loaded = JsonSerializer.Deserialize<State<Layer, S>>(JsonSerializer.Serialize(middle))!;
            AssertSameBits(Fold(step, middle, Enumerable.Repeat(x, 3)), Fold(step, loaded, Enumerable.Repeat(x, 3)));
        }
    }

    [Theory]
    [InlineData("1", "[Tensor] got Number; expected {\"shape\":[…],\"values\":[…]}")]
    [InlineData("[1,2]", "[Tensor] got StartArray; expected")]
    [InlineData("{}", "[Tensor] got no shape; expected")]
    [InlineData("""{"shape":[2]}""", "[Tensor] got no values; expected")]
    [InlineData("""{"shape":[2],"values":[1]}""", "[Tensor] shape [2] needs 2 values; got 1")]
    [InlineData("""{"values":[1,2],"shape":[]}""", "[Tensor] shape [] needs 1 values; got 2")]
    [InlineData("""{"shape":[1000000000],"values":[1]}""", "[Tensor] shape [1000000000] needs 1000000000 values; got 1")]
    [InlineData("""{"shape":[99999,99999,99999],"values":[1]}""", "[Shape] got [99999,99999,99999]")]
    [InlineData("""{"shape":[-1],"values":[1]}""", "[Shape] got [-1]; expected no negative length")]
    [InlineData("""{"shape":[1.5],"values":[1]}""", "[Shape] element 0 is no 32-bit integer")]
    [InlineData("""{"shape":[1,"2"],"values":[1]}""", "[Shape] element 1 is no 32-bit integer")]
    [InlineData("""{"shape":3,"values":[1]}""", "[Shape] got Number; expected an array of integers")]
    [InlineData("""{"shape":[],"values":1}""", "[Tensor] got Number for the values; expected an array of numbers")]
    [InlineData("""{"shape":[2],"values":[1,null]}""", "[Tensor] value 1 is Null, or beyond the range; expected a number, \"NaN\"")]
    [InlineData("""{"shape":[1],"values":["1"]}""", "[Tensor] value 0 is String")]
    [InlineData("""{"shape":[1],"values":[1e999]}""", "[Tensor] value 0 is Number, or beyond the range")]
    [InlineData("""{"shape":[1],"values":[[1]]}""", "[Tensor] value 0 is StartArray")]
    [InlineData("""{"shape":[1],"Values":[1]}""", "[Tensor] got the property \"Values\", unknown or a second time; expected")]
    [InlineData("""{"shape":[1],"shape":[1],"values":[1]}""", "[Tensor] got the property \"shape\", unknown or a second time")]
    public void MalformedTensorsAreRefused(string json, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Tensor>(json)).Message);

    [Fact]
    public void OtherMalformedValuesAreRefused()
    {
        Refuses<Key>("42", "[Key] got Number; expected a string of 32 hexadecimal digits");
        Refuses<Key>("\"2a\"", "[Key] got a string of 2 characters; expected 32");
        Refuses<Key>($"\"{new string('g', 32)}\"", "[Key] got a string of 32 characters; expected 32 hexadecimal digits");
        Refuses<Ints>("{}", "[Ints] got StartObject; expected an array");
        Refuses<TreeList<Tensor>>("{}", "[TreeList] got StartObject; expected an array of trees");
        Refuses<TreeList<Tensor>>("[null]", "[TreeList] element 0 is null; expected a tensor or a tree");
        Refuses<Input>("""{"shape":[],"values":[1]}""", "[Tensor] got the type Input, of which none can be read");

        static void Refuses<T>(string json, string expected) =>
            Assert.StartsWith(expected, Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<T>(json)).Message);
    }

    [Fact]
    public void WhatHasNoValuesIsRefused()
    {
        var input = new Input([2], "x");
        foreach (var traced in (Tensor[])[input, Exp(input)])
            Assert.StartsWith(
                "[JsonSerializer] got a tensor of shape [2] that depends on input \"x\"",
                Assert.Throws<ArgumentException>(() => JsonSerializer.Serialize(traced)).Message
            );
        Assert.Contains(
            "would cut them out of the derivative",
            Assert
                .Throws<ArgumentException>(() =>
                    Grad((Tensor x) => JsonSerializer.Deserialize<Tensor>(JsonSerializer.Serialize(Square(x)))!, (Tensor)3.0)
                )
                .Message
        );
    }

    /// <summary>Contexts written at compile time, for programs without reflection, find the same converters.</summary>
    [Fact]
    public void GeneratedContextsWriteAndReadTheSame()
    {
        var state = new State<Tensor, AdamState<Tensor>>(Tensor.Of(_special), new(new(1, 2, 3), new(4)), double.NaN);
        var json = JsonSerializer.Serialize(state, Context.Default.StateTensorAdamStateTensor);
        Assert.Equal(JsonSerializer.Serialize(state), json);
        AssertSameBits(state, JsonSerializer.Deserialize(json, Context.Default.StateTensorAdamStateTensor)!);
        Assert.Equal(Key.Of(5), JsonSerializer.Deserialize(JsonSerializer.Serialize(Key.Of(5), Context.Default.Key), Context.Default.Key));
        Assert.Equal("[2]", JsonSerializer.Serialize(Shape.Of(2), Context.Default.Shape));
        TreeList<Tensor> list = [1, Tensor.Of(_special)];
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = Context.Default,
            Converters = { new TreeListJsonConverter<Tensor>() },
        };
        AssertSameBits(list, JsonSerializer.Deserialize<TreeList<Tensor>>(JsonSerializer.Serialize(list, options), options)!);
    }

    private static void AssertRoundTrip<T>(T tree)
        where T : ITensorTree<T>
    {
        AssertSameBits(tree, JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(tree))!);
        var indented = new JsonSerializerOptions { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
        AssertSameBits(tree, JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(tree, indented), indented)!);
    }

    private static void AssertSameBits<T>(T expected, T actual)
        where T : ITensorTree<T>
    {
        Assert.Equal(TreeMath.Names(expected), TreeMath.Names(actual));
        Assert.Equal(TreeMath.Leaves(expected).Select(leaf => leaf.Shape), TreeMath.Leaves(actual).Select(leaf => leaf.Shape));
        Assert.Equal(Bits(expected), Bits(actual));

        static IEnumerable<long> Bits(T tree) =>
            TreeMath.Leaves(tree).SelectMany(leaf => leaf.ToArray()).Select(BitConverter.DoubleToInt64Bits);
    }

    [TensorTree]
    internal sealed partial record Layer(Tensor Weight, Tensor Bias);

    [TensorTree]
    internal sealed partial record Layers(ImmutableArray<Layer> First, ImmutableArray<TreeList<Tensor>> Rest, Pair<Tensor, Tensor> Last)
    {
        public Shape Shape => First[0].Weight.Shape;
    }

    [TensorTree]
    internal readonly partial record struct Point(Tensor X, Tensor Y);

    [JsonSerializable(typeof(State<Tensor, AdamState<Tensor>>))]
    [JsonSerializable(typeof(TreeList<Tensor>))]
    [JsonSerializable(typeof(Key))]
    [JsonSerializable(typeof(Shape))]
    internal sealed partial class Context : JsonSerializerContext;
}
