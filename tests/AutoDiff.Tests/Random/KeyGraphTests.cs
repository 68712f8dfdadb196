using System.Text.Json;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>Keys that graphs carry: the draws are those of constant keys, in plans, mapped, differentiated, in either precision.</summary>
public sealed class KeyGraphTests
{
    private static readonly Dictionary<string, Func<Key, Tensor>> Draws = new(StringComparer.Ordinal)
    {
        ["Uniform"] = key => key.Uniform([2, 701], -1, 3),
        ["Uniform of tensors"] = key => key.Uniform([2, 3], Tensor.Of([0, 1, 2]), 5),
        ["Normal"] = key => key.Normal([1301]),
        ["Normal, scaled"] = key => key.Normal([5], 3, 0.5),
        ["Normal of tensors"] = key => key.Normal([2, 3], Tensor.Of([0, 1, 2]), Tensor.Of(2)),
        ["TruncatedNormal"] = key => key.TruncatedNormal([800], 1, 3),
        ["Bernoulli"] = key => key.Bernoulli([900], 0.3),
        ["Bernoulli of tensors"] = key => key.Bernoulli([4, 2], Tensor.Of([0.2, 0.9])),
        ["Rademacher"] = key => key.Rademacher([900]),
        ["Exponential"] = key => key.Exponential([700], 3),
        ["Exponential of tensors"] = key => key.Exponential([3], Tensor.Of([1, 2, 3])),
        ["Gamma"] = key => key.Gamma([3, 400], Tensor.Of([0.1, 1, 20.0]).Column()),
        ["Categorical"] = key => key.Categorical(Tensor.Of([0, 1, 2, double.NegativeInfinity, 0.5, 1], 2, 3), 0),
        ["Integers"] = key => key.Integers([1000], 1_000_003),
        ["Permutation"] = key => key.Permutation(Tensor.Range(300)),
        ["Choice"] = key => key.Choice(Tensor.Range(300), 20, replace: false),
        ["Choice of an axis, replacing"] = key => key.Choice(Reshape(Tensor.Range(6), 2, 3), 9, replace: true, axis: 1),
        ["Split"] = key => Concatenate([.. key.Split(3).Select(child => child.Words)]),
        ["SplitBatch"] = key => key.SplitBatch(3).Normal([2]),
        ["FoldIn"] = key => Stack([key.FoldIn(7).Words, key.FoldIn((1UL << 40) + 3).Words]),
    };

    private static readonly Key Seed = Key.Of(42);

    public static TheoryData<string> Names => [.. Draws.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_compiled_draw_is_that_of_the_constant_key(string name)
    {
        var compiled = Compile(Draws[name]);
        foreach (var key in (Key[])[Seed, Key.Of(43), Key.FromBits(UInt128.MaxValue)])
            Assert.Equal(Draws[name](key).ToArray(), compiled.Invoke(key).ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_plan_is_the_reference(string name)
    {
        var input = new Input([8], "key");
        var graph = Graph.Of([input], [Draws[name](Key.FromWords(input))]);
        Assert.Equal(Reference.Evaluate(graph, [Seed.Words.ToArray()])[0], Draws[name](Seed).ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Mapped_over_keys_each_example_draws_its_own(string name)
    {
        var keys = Seed.SplitBatch(3);
        var expected = Stack([.. Seed.Split(3).Select(Draws[name])]).ToArray();
        Assert.Equal(expected, Vmap(Draws[name])(keys).ToArray());
        Assert.Equal(expected, Vmap<Key, Tensor>(Compile(Draws[name]))(keys).ToArray());
        Assert.Equal(expected, Compile(Vmap(Draws[name])).Invoke(keys).ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void In_single_precision_a_draw_is_the_double_rounded(string name)
    {
        var (expected, actual) = (Draws[name](Seed).ToArray(), Compile<float, Key, Tensor>(Draws[name]).Invoke(Seed).ToArray());
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 4e-7 * (1 + Math.Abs(expected[i])), $"{i}: {actual[i]} for {expected[i]}");
    }

    /// <summary>All but picks of a few among many, which keep what has moved.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_plan_draws_without_allocating(string name)
    {
        if (string.Equals(name, "Choice", StringComparison.Ordinal))
            return;
        var run = Compile(Draws[name]).For(Seed);
        double[][] inputs = [Seed.Words.ToArray()];
        double[][] outputs = [new double[Draws[name](Seed).Shape.Size]];
        run.Run(inputs, outputs);
        run.Run(inputs, outputs);
        var before = GC.GetAllocatedBytesForCurrentThread();
        run.Run(inputs, outputs);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Numbers_folded_in_may_be_tensors()
    {
        ulong[] numbers = [0, 1, 65535, 65536, 4294967296, (1UL << 53) - 1];
        var expected = numbers.Select(Seed.FoldIn).ToArray();
        var data = Tensor.Of([.. numbers.Select(number => (double)number)]);
        Assert.Equal(expected, numbers.Select(number => Seed.FoldIn((Tensor)(double)number)));
        Assert.Equal(expected.SelectMany(key => key.Words.ToArray()), Seed.FoldIn(data).Words.ToArray());
        Assert.Equal(expected.SelectMany(key => key.Words.ToArray()), Compile((Tensor x) => Seed.FoldIn(x)).Invoke(data).Words.ToArray());
        Assert.Equal(expected.SelectMany(key => key.Words.ToArray()), Vmap((Tensor x) => Seed.FoldIn(x))(data).Words.ToArray());
        Assert.Throws<ArgumentException>(() => Seed.FoldIn(Tensor.Of(0.5)));
        Assert.Throws<ArgumentException>(() => Compile((Tensor x) => Seed.FoldIn(x)).Invoke(-1.0));
    }

    /// <summary>It is what it says: a constant.</summary>
    [Fact]
    public void A_key_from_outside_draws_the_same_at_each_call_and_for_all_examples()
    {
        var compiled = Compile((Tensor x) => x + Seed.Normal([3]));
        Assert.Equal(compiled.Invoke(0).ToArray(), compiled.Invoke(0).ToArray());
        var mapped = Vmap((Tensor x) => x + Seed.Normal([3]))(Tensor.Zeros([2]));
        Assert.Equal(Take(mapped, 0, 0).ToArray(), Take(mapped, 0, 1).ToArray());
        Assert.IsType<Constant>(Seed.Normal([3], 1, 2));
    }

    [Fact]
    public void Single_precision_does_not_reach_the_upper_bound()
    {
        // All bits set: the largest number that a word gives.
        foreach (var (low, high) in ((double, double)[])[(0, 1), (-3, 5), (1e6, 1e6 + 1), (0, 0.1)])
        {
            var word = new float[4096];
            for (var seed = 0ul; seed < 50; seed++)
            {
                AutoDiff.Numerics.Draws.Uniform<float>(new(seed), low, high, word);
                Assert.All(word, x => Assert.True(x >= (float)low && x < (float)high, $"{x} in {low}, {high}"));
            }
        }
        var last = BitConverter.UInt64BitsToDouble(ulong.MaxValue);
        MapLoops.Map<double, RandomWords.SingleUnit>(ref last, ref last, 1);
        Assert.True((float)last < 1);
    }

    [Fact]
    public void Derivatives_flow_through_parameters()
    {
        var at = Tensor.Of([0.5, 2]);
        var z = Seed.Normal([1000]).ToArray();
        var gradient = Grad((Tensor p) => Sum(Square(Seed.Normal([1000], Take(p, 0, 0), Take(p, 0, 1)))))(at).ToArray();
        Assert.Equal(z.Sum(x => 2 * (0.5 + (2 * x))), gradient[0], 1e-9);
        Assert.Equal(z.Sum(x => 2 * (0.5 + (2 * x)) * x), gradient[1], 1e-9);
        var state = new Pair<Key, Tensor>(Seed, at);
        var whole = Grad((Pair<Key, Tensor> s) => Sum(Square(s.First.Normal([1000], Take(s.Second, 0, 0), Take(s.Second, 0, 1)))))(state);
        Assert.Equal(gradient, whole.Second.ToArray());
        Assert.Equal(new double[8], whole.First.Words.ToArray()); // none to a key
        var rate = Grad((Tensor r) => Sum(Seed.Exponential([1000], r)))(2.0).Item();
        Assert.Equal(-Seed.Exponential([1000]).ToArray().Sum() / 4, rate, 1e-9);
    }

    [Fact]
    public void Gamma_has_no_silent_derivative()
    {
        Tensor Loss(Tensor a) => Sum(Seed.Gamma([3], a));
        Assert.Contains(
            "[Key.Gamma]",
            Assert.Throws<NotSupportedException>(() => Grad((Func<Tensor, Tensor>)Loss)(2.0)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<NotSupportedException>(() => Jvp((Func<Tensor, Tensor>)Loss, 2.0, 1.0));
        Assert.Throws<NotSupportedException>(() => Vmap(Grad((Func<Tensor, Tensor>)Loss))(Tensor.Of([1, 2])));
        Assert.Equal(0, Grad((Tensor a) => Loss(StopGradient(a)))(2.0).Item());
        Assert.Equal([0, 0, double.PositiveInfinity], Seed.Gamma([3], Tensor.Of([0, -0.0, double.PositiveInfinity])).ToArray());
        Assert.All(Seed.Gamma([3], Tensor.Of([-1, -1e-30, double.NaN])).ToArray(), x => Assert.Equal(double.NaN, x));
    }

    [Fact]
    public void A_traced_key_has_no_bits()
    {
        var error = Assert.Throws<ArgumentException>(() => Compile((Key key) => Tensor.Of((double)key.Bits)).Invoke(Seed));
        Assert.Equal(
            "[Key.Bits] got a key that a transform such as Compile or Vmap traces, which has no bits yet; expected a constant key, or a draw that gives a tensor",
            error.Message
        );
        Assert.Throws<ArgumentException>(() => Compile((Key key) => Tensor.Of(key.Integer(5))).Invoke(Seed));
        Assert.Throws<ArgumentException>(() => Compile((Key key) => Tensor.Range(key.Permutation(5).Length)).Invoke(Seed));
        Assert.Throws<ArgumentException>(() => Seed.SplitBatch(2).Bits);
    }

    [Fact]
    public void Words_that_are_no_key_are_refused()
    {
        Refused("[Key.FromWords] got words of shape [7]; expected [batch…,8]", () => Key.FromWords(Tensor.Zeros([7]) + 0));
        foreach (var bad in (double[])[0.5, -1, 65536, double.NaN, double.PositiveInfinity])
            Refused(
                $"[Key.FromWords] got {bad} for a word of a key or number; expected a whole number in 0 … 65535",
                () => Key.FromWords(Tensor.Of([0, 0, 0, bad, 0, 0, 0, 0]))
            );
        Refused(
            "[Normal] got 0.5 for a word of a key or number; expected a whole number in 0 … 65535",
            () => Compile((Tensor x) => Key.FromWords(x).Normal([2])).Invoke(Tensor.Full(0.5, [8]))
        );
    }

    [Fact]
    public void Keys_with_batch_axes_are_saved_and_compared()
    {
        var keys = Seed.SplitBatch(3);
        Assert.Equal(keys, Key.FromWords(Tensor.Of(keys.Words.ToArray(), 3, 8)));
        Assert.NotEqual(keys, Seed.SplitBatch(2));
        Assert.Equal(keys.GetHashCode(), Seed.SplitBatch(3).GetHashCode());
        Assert.Equal(keys, JsonSerializer.Deserialize<Key>(JsonSerializer.Serialize(keys)));
        Assert.Equal(3, JsonSerializer.Deserialize<string[]>(JsonSerializer.Serialize(keys))!.Length);
        Assert.Equal("Key 0000000000000000000000000000002a", Seed.ToString());
    }

    private static void Refused(string message, Func<object> call) => Assert.Equal(message, Assert.Throws<ArgumentException>(call).Message);
}

file static class Columns
{
    public static Tensor Column(this Tensor x) => ExpandDims(x, -1);
}
