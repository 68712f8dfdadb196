using System.Text.Json;
using AutoDiff.Curvature;
using AutoDiff.Files;
using AutoDiff.Optimization;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Trees;

public sealed class TensorMapTests
{
    private static readonly Tensor _a = Tensor.Of([1, 2]);
    private static readonly Tensor _b = 3;
    private static readonly Tensor _c = Tensor.Of([4, 5, 6, 7], [2, 2]);

    private static TensorMap Map => TensorMap.Of(("layers.0.weight", _c), ("layers.0.bias", _a), ("layers.01", _b));

    [Fact]
    public void HoldsTensorsByNameInOrder()
    {
        Assert.Equal(3, Map.Count);
        Assert.Equal(["layers.0.weight", "layers.0.bias", "layers.01"], Map.Names);
        Assert.Equal([_c, _a, _b], Map.Tensors);
        Assert.Same(_a, Map["layers.0.bias"]);
        Assert.True(Map.TryGet("layers.01", out var tensor));
        Assert.Same(_b, tensor);
        Assert.False(Map.TryGet("layers", out tensor));
        Assert.Null(tensor);
        Assert.Equal(Map.Names, Map.Select(leaf => leaf.Key));
        Assert.Equal("{layers.0.weight [2,2], layers.0.bias [2], layers.01 []}", Map.ToString());
    }

    [Fact]
    public void APartIsWhatLiesBelowAPath()
    {
        Assert.Equal(TensorMap.Of(("weight", _c), ("bias", _a)), Map.Part("layers.0"));
        Assert.Equal(["0.weight", "0.bias", "01"], Map.Part("layers").Names);
        Assert.Same(TensorMap.Empty, Map.Part("layers.01"));
        Assert.Same(TensorMap.Empty, Map.Part("layer"));
        Assert.Same(TensorMap.Empty, Map.Part(""));
        Assert.Same(TensorMap.Empty, Map.Part("layers.0.weight"));
        Assert.Same(TensorMap.Empty, Map.Part("layers."));
        var apart = TensorMap.Of(("a.x", _a), ("b.x", _b), ("a.y.z", _c), ("c", _a));
        Assert.Equal(TensorMap.Of(("x", _a), ("y.z", _c)), apart.Part("a"));
    }

    [Fact]
    public void PartsAreFoundWithoutASearchForEach()
    {
        var map = Map;
        Assert.Same(map.Part("layers.0"), map.Part("layers.0"));
    }

    [Fact]
    public void JoinedPartsComeApart()
    {
        var (first, second) = (TensorMap.Of(("w", _a)), TensorMap.Of(("x.y", _b), ("w", _c)));
        var joined = TensorMap.Join(("one", first), ("none", TensorMap.Empty), ("two.three", second));
        Assert.Equal(["one.w", "two.three.x.y", "two.three.w"], joined.Names);
        Assert.Equal(first, joined.Part("one"));
        Assert.Equal(second, joined.Part("two.three"));
        Assert.Same(TensorMap.Empty, TensorMap.Join());
        Assert.Same(TensorMap.Empty, TensorMap.Of());
    }

    [Fact]
    public void WithReplacesOneTensor()
    {
        var other = Map.With("layers.0.bias", _b);
        Assert.Equal([_c, _b, _b], other.Tensors);
        Assert.Equal(Map.Names, other.Names);
        Assert.Equal([_c, _a, _b], Map.Tensors);
    }

    [Fact]
    public void EqualityIsOfNamesAndNodesInOrder()
    {
#pragma warning disable AD0010 // that it is by reference is what is tested
        Assert.True(Map.Equals(Map) && Map.GetHashCode() == Map.GetHashCode());
        Assert.False(Map.Equals(Map.With("layers.01", Tensor.Of([3.0])[0])));
        Assert.False(TensorMap.Of(("a", _a), ("b", _b)).Equals(TensorMap.Of(("b", _b), ("a", _a))));
        Assert.False(TensorMap.Of(("a", _a)).Equals(TensorMap.Of(("b", _a))));
        Assert.False(Map.Equals(null) || Map.Equals((object)"map"));
#pragma warning restore AD0010
    }

    public static TheoryData<Func<object?>, string> Misuses =>
        new()
        {
            {
                () => Map["bias"],
                "[TensorMap] got the name \"bias\"; expected one of \"layers.0.weight\", \"layers.0.bias\", \"layers.01\""
            },
            { () => TensorMap.Empty["bias"], "[TensorMap] got the name \"bias\"; expected one of none: the map is empty" },
            { () => TensorMap.Of(("a", _a), ("a", _b)), "[TensorMap] got the name \"a\" twice; expected each once" },
            { () => TensorMap.Of(("a", null!)), "[TensorMap] \"a\" is null; expected a tensor" },
            { () => TensorMap.Of((null!, _a)), "[TensorMap] name 0 is null; expected parts that are not empty, with dots between them" },
            { () => TensorMap.Of(("", _a)), "[TensorMap] name 0 is \"\"; expected parts that are not empty, with dots between them" },
            {
                () => TensorMap.Of(("a..b", _a)),
                "[TensorMap] name 0 is \"a..b\"; expected parts that are not empty, with dots between them"
            },
            { () => TensorMap.Of(("a.", _a)), "[TensorMap] name 0 is \"a.\"; expected parts that are not empty, with dots between them" },
            {
                () => TensorMap.Of(("a.b.c", _a), ("a.b", _b)),
                "[TensorMap] got the names \"a.b\" and \"a.b.c\"; expected a tensor or a part below, not both"
            },
            {
                () => TensorMap.Join(("a", TensorMap.Of(("b", _a))), ("a", TensorMap.Of(("b", _b)))),
                "[TensorMap] got the name \"a.b\" twice; expected each once"
            },
            { () => TensorMap.Join(("a", null!)), "[TensorMap.Join] the map below \"a\" is null; expected a map, which may be empty" },
            {
                () => TensorMap.Join(("", TensorMap.Of(("b", _a)))),
                "[TensorMap] name 0 is \".b\"; expected parts that are not empty, with dots between them"
            },
            {
                () => Map.With("weight", _a),
                "[TensorMap.With] got the name \"weight\"; expected one of \"layers.0.weight\", \"layers.0.bias\", \"layers.01\""
            },
        };

    [Theory]
    [MemberData(nameof(Misuses))]
    public void MisuseIsRefused(Func<object?> call, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(call).Message);

    [Fact]
    public void NullsAreRefused()
    {
        Assert.Throws<ArgumentNullException>(() => TensorMap.Of(null!));
        Assert.Throws<ArgumentNullException>(() => TensorMap.Join(null!));
        Assert.Throws<ArgumentNullException>(() => Map.Part(null!));
        Assert.Throws<ArgumentNullException>(() => Map.With("layers.01", null!));
        Assert.Throws<ArgumentNullException>(() => Map.With(null!, _a));
        Assert.Throws<ArgumentNullException>(() => Map[null!]);
        Assert.Throws<ArgumentNullException>(() => Map.TryGet(null!, out _));
    }

    public static TheoryData<string> Laws => [.. AutoDiff.Laws.Laws.Tree(Map).Names];

    [Theory]
    [MemberData(nameof(Laws))]
    public void IsATree(string law) => AutoDiff.Laws.Laws.Tree(Map)[law].Check(seed: "1");

    [Fact]
    public void LeavesAreNamedAsTheMapNamesThem()
    {
        Assert.Equal(Map.Names, TreeMath.Names(Map));
        Assert.Equal(["First.a", "Second"], TreeMath.Names(new Pair<TensorMap, Tensor>(TensorMap.Of(("a", _a)), _b)));
    }

    [Fact]
    public void MapsOfOneStructureHaveOnePlan()
    {
        var traced = 0;
        var compiled = Compile(
            (TensorMap map) =>
            {
                traced++;
                return map["a"] * 2;
            }
        );
        Assert.Equal([2, 4], compiled.Invoke(TensorMap.Of(("a", _a), ("b", _b))).ToArray());
        Assert.Equal([6, 8], compiled.Invoke(TensorMap.Of(("a", Tensor.Of([3, 4])), ("b", 7))).ToArray());
        Assert.Equal(1, traced);
        Assert.Equal(6, compiled.Invoke(TensorMap.Of(("b", _a), ("a", _b))).Item());
        Assert.Equal(2, traced);
        Assert.Equal([2, 4], compiled.Invoke(TensorMap.Of(("a", _a), ("c", _b))).ToArray());
        Assert.Equal(3, traced);
    }

    [Fact]
    public void BitsComeBackFromJson()
    {
        var odd = TensorMap.Of(
            ("x.nan", Tensor.Of([double.NaN, -0.0, double.NegativeInfinity, 5e-324])),
            ("y", Tensor.Zeros([0, 2])),
            ("z \"é", _c)
        );
        var json = JsonSerializer.Serialize(odd);
        var copy = JsonSerializer.Deserialize<TensorMap>(json)!;
        Assert.Equal(odd.Names, copy.Names);
        foreach (var (tensor, other) in odd.Tensors.Zip(copy.Tensors))
        {
            Assert.Equal(tensor.Shape, other.Shape);
            Assert.Equal(tensor.ToArray().Select(BitConverter.DoubleToInt64Bits), other.ToArray().Select(BitConverter.DoubleToInt64Bits));
        }
        Assert.Equal(json, JsonSerializer.Serialize(copy));
        Assert.Equal("{}", JsonSerializer.Serialize(TensorMap.Empty));
        Assert.Same(TensorMap.Empty, JsonSerializer.Deserialize<TensorMap>("{}"));
    }

    [Theory]
    [InlineData("[]", "[TensorMap] got StartArray; expected an object of tensors by name")]
    [InlineData("{\"a\":null}", "[TensorMap] \"a\" is null; expected a tensor")]
    [InlineData("{\"a\":1,\"a\":2}", "[TensorMap] got the name \"a\" twice; expected each once")]
    [InlineData("{\"a.b\":1,\"a\":2}", "[TensorMap] got the names \"a\" and \"a.b\"; expected a tensor or a part below, not both")]
    [InlineData("{\"\":1}", "[TensorMap] name 0 is \"\"; expected parts that are not empty, with dots between them")]
    public void OtherJsonIsRefused(string json, string message)
    {
        json = json.Replace("1", JsonSerializer.Serialize(_b), StringComparison.Ordinal)
            .Replace("2", JsonSerializer.Serialize(_a), StringComparison.Ordinal);
        Assert.StartsWith(
            message,
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TensorMap>(json)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void FilesHoldItByName()
    {
        var path = Path.GetTempFileName();
        try
        {
            TreeFile.Save(path, Map);
            var copy = TreeFile.Load(path, TreeMath.ZerosLike(Map));
            Assert.Equal(TreeMath.Ravel(Map).ToArray(), TreeMath.Ravel(copy).ToArray());
            Assert.Equal(
                Map.Names.Order(StringComparer.Ordinal),
                Safetensors.Read(path).Select(tensor => tensor.Name).Order(StringComparer.Ordinal)
            );
            var renamed = TensorMap.Of(("layers.0.weight", _c), ("layers.0.bias", _a), ("layers.1", _b));
            Assert.Contains(
                "layers.1",
                Assert.Throws<InvalidFileException>(() => TreeFile.Load(path, renamed)).Message,
                StringComparison.Ordinal
            );
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void TransformsTakeIt()
    {
        Tensor Loss(TensorMap map) => Sum(Square(map["a"])) * map["b"];
        var at = TensorMap.Of(("a", _a), ("b", _b));
        var gradient = Grad<TensorMap>(Loss)(at);
        Assert.Equal(["a", "b"], gradient.Names);
        Assert.Equal([6, 12], gradient["a"].ToArray());
        Assert.Equal(5, gradient["b"].Item());
        Assert.Equal([6, 0, 2, 0, 6, 4, 2, 4, 0], Hessian<TensorMap>(Loss)(at).ToArray());
        var stacked = TreeMath.Stack([at, TensorMap.Of(("a", 2 * _a), ("b", _b))]);
        Assert.Equal([15, 60], Vmap<TensorMap, Tensor>(Loss)(stacked).ToArray());
    }

    [Fact]
    public void BlocksOfAHessianGoByItsNames()
    {
        var map = TensorMap.Of(("layers.0.weight", _c), ("layers.0.bias", _a), ("layers.1.bias", _b));
        var blocks = ParameterBlocks.Of(map);
        Assert.Equal(map.Names, blocks.Names);
        var hessian = Objective.Of((TensorMap at) => Sum(Square(at["layers.0.weight"])) * Sum(at["layers.0.bias"]), map).Hessian(map);
        var block = hessian.Block(blocks["layers.0.weight"]);
        var product = new double[4];
        block.Apply([1, 0, 0, 2], product);
        Assert.Equal([6, 0, 0, 12], product);
        Assert.Equal(IndexSet.Of(..4, 4..6), blocks["layers.0"]);
        Assert.Equal(IndexSet.Of(6..7), blocks["layers.1.bias"]);
    }

    [Fact]
    public void OptimizersMaskAndGroupByItsNames()
    {
        var at = TensorMap.Of(("layers.0.weight", _a), ("layers.0.bias", _a), ("layers.1.weight", _a));
        var gradient = TreeMath.Map(at, leaf => Tensor.Ones(leaf.Shape));
        var decayed = Scalings.AddDecayedWeights<TensorMap>(0.5, name => name.EndsWith("weight", StringComparison.Ordinal));
        var (update, _) = decayed.Step(gradient, decayed.Init(at), at);
        Assert.Equal([1.5, 2], update["layers.0.weight"].ToArray());
        Assert.Equal([1, 1], update["layers.0.bias"].ToArray());
        var groups = Modifiers.Groups<TensorMap>(
            Group.Frozen("first", name => name.StartsWith("layers.0.", StringComparison.Ordinal)),
            Group.Of(
                "second",
                name => name.StartsWith("layers.1.", StringComparison.Ordinal),
                Optimizers.GradientDescent<AutoDiff.Optimization.NamedLeaves>(0.25)
            )
        );
        var stepped = Training.Step(groups, Training.Init(groups, at), map => Sum(TreeMath.Ravel(map))).Parameters;
        Assert.Equal(at.Names, stepped.Names);
        Assert.Equal([1, 2, 1, 2, 0.75, 1.75], TreeMath.Ravel(stepped).ToArray());
    }
}
