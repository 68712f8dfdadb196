using AutoDiff.Laws;
using Xunit;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

/// <summary>Each identity of simplification makes of a graph the one that it says, and changes no bit at any numbers.</summary>
public sealed class IdentityLaws
{
    private static readonly double[] Special =
    [
        0,
        -0.0,
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        1,
        -2.5,
        double.Epsilon,
        double.MaxValue,
    ];

    /// <summary>By name: a graph over x [9], y [9] and z [3,3] that the identity changes, and what it makes of it.</summary>
    private static readonly Dictionary<string, (Graphed Before, Graphed After)> Rows = new(StringComparer.Ordinal)
    {
        ["identity(x) → x"] = ((x, _, _) => Identity(x), (x, _, _) => x),
        ["stopGradient(x) → x"] = ((x, _, _) => StopGradient(x), (x, _, _) => x),
        ["−(−x) → x"] = ((x, _, _) => -(-x), (x, _, _) => x),
        ["x·1 → x"] = ((x, _, _) => x * 1, (x, _, _) => x),
        ["1·x → x"] = ((x, _, _) => 1 * x, (x, _, _) => x),
        ["x ⁄ 1 → x"] = ((x, _, _) => x / Tensor.Ones([9]), (x, _, _) => x),
        ["x − 0 → x"] = ((x, _, _) => x - 0, (x, _, _) => x),
        ["x + −0 → x"] = ((x, _, _) => x + -0.0, (x, _, _) => x),
        ["−0 + x → x"] = ((x, _, _) => -0.0 + x, (x, _, _) => x),
        ["select(c, x, x) → x"] = ((x, y, _) => Where(y, x, x), (x, _, _) => x),
        ["reshape(reshape(x)) → reshape(x)"] = ((_, _, z) => Reshape(Reshape(z, 9), 1, 9), (_, _, z) => Reshape(z, 1, 9)),
        ["transpose(transpose(x)) → transpose(x)"] = (
            (_, _, z) => Transpose(Transpose(Reshape(z, 3, 3, 1), 1, 2, 0), 1, 2, 0),
            (_, _, z) => Transpose(Reshape(z, 3, 3, 1), 2, 0, 1)
        ),
        ["broadcast(broadcast(x)) → broadcast(x)"] = (
            (_, _, z) => BroadcastTo(BroadcastTo(z, [2, 3, 3]), [2, 2, 3, 3]),
            (_, _, z) => BroadcastTo(z, [2, 2, 3, 3])
        ),
        ["flip(flip(x)) → x"] = ((_, _, z) => Flip(Flip(z, 1), 1), (_, _, z) => z),
        ["slice(concatenate(x…)) → slice(x)"] = (
            (x, y, z) => Slice(Concatenate([x, y, Reshape(z, 9)]), 0, 11, 17, 2),
            (_, y, _) => Slice(y, 0, 2, 8, 2)
        ),
        ["custom(y, x…) → y"] = (
            (x, y, _) => Apply.Of(new Op.Custom(CustomRule.FromPullback("", [], (_, _, g) => [g])), x, y),
            (x, _, _) => x
        ),
        ["barrier(y, scope) → y"] = ((x, _, _) => new Scope().Enter(x), (x, _, _) => x),
    };

    // What looks like an identity and is none: some number, or some sign of zero, is not kept.
    private static readonly Dictionary<string, Graphed> Unequal = new(StringComparer.Ordinal)
    {
        ["x + 0"] = (x, _, _) => x + 0,
        ["0 + x"] = (x, _, _) => 0 + x,
        ["x − −0"] = (x, _, _) => x - -0.0,
        ["0 − x"] = (x, _, _) => 0 - x,
        ["x·0"] = (x, _, _) => x * 0,
        ["0 ⁄ x"] = (x, _, _) => 0 / x,
        ["x − x"] = (x, _, _) => x - x,
        ["x ⁄ x"] = (x, _, _) => x / x,
        ["x − y and y − x"] = (x, y, _) => (x - y) * (y - x),
        ["x ⁄ y and y ⁄ x"] = (x, y, _) => (x / y) * (y / x),
        ["xʸ and yˣ"] = (x, y, _) => Power(x, y) * Power(y, x),
        ["x < y and y < x"] = (x, y, _) => (x < y) * (y < x),
        ["sqrt(x²)"] = (x, _, _) => Sqrt(Square(x)),
        ["1 ⁄ (1 ⁄ x)"] = (x, _, _) => Reciprocal(Reciprocal(x)),
        ["log(exp(x))"] = (x, _, _) => Log(Exp(x)),
        ["x = x"] = (x, _, _) => Equal(x, x),
        ["select(c, x, y)"] = (x, y, _) => Where(x, x, y),
        ["slice of two parts"] = (x, y, _) => Slice(Concatenate([x, y]), 0, 8, 10),
        ["flip of other axes"] = (_, _, z) => Flip(Flip(z, 0), 1),
        ["sum of one"] = (x, _, _) => Sum(Reshape(x, 9, 1), 1),
        ["cumulative both ways"] = (_, _, z) => CumulativeSum(CumulativeSum(z), reverse: true),
        ["barrier of no scope"] = (x, y, _) => Apply.Of(new Op.Barrier(new object()), x, y),
    };

    private delegate Tensor Graphed(Tensor x, Tensor y, Tensor z);

    public static TheoryData<string> Names => [.. Rows.Keys];

    public static TheoryData<string> Others => [.. Unequal.Keys];

    [Fact]
    public void Every_identity_has_a_row()
    {
        Assert.Equal(Identities.All.Select(identity => identity.Name).Distinct(StringComparer.Ordinal), Rows.Keys);
        Assert.Equal(Identities.All.Length, Rows.Count);
    }

    /// <summary>By its own rule, so that no other identity hides it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void It_makes_what_it_says_and_changes_no_bit(string name)
    {
        var (before, after) = (Of(Rows[name].Before), Of(Rows[name].After));
        var (simple, root) = (Simplification.Simplify(before), (Apply)before.Nodes[before.Outputs[0]]);
        simple.Verify();
        Assert.Equal(after.ToString(), simple.ToString());
        Assert.NotNull(
            Identities.All.Single(identity => identity.Name.Equals(name, StringComparison.Ordinal)).Rule(root.Op, root.Arguments)
        );
        Assert.Equal(new Verdict.Holds(), Agreement.Identical($"{name}: after = before", Values(simple), Values(before)));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void What_is_no_identity_stays(string name)
    {
        var graph = Of(Unequal[name]);
        Assert.Equal(graph.ToString(), Simplification.Simplify(graph).ToString());
    }

    /// <summary>Whatever rows there are: no graph of two or three elementwise ops, of one with a special constant, or of two movements has other bits once simplified.</summary>
    [Fact]
    public void No_small_graph_changes_a_bit()
    {
        foreach (var (name, function) in Small())
        {
            var graph = Of(function);
            Assert.Equal(
                new Verdict.Holds(),
                Agreement.Identical($"{name}, simplified", Values(Simplification.Simplify(graph)), Values(graph))
            );
        }
    }

    /// <summary>What is taken for commuting does, for all pairs of special numbers; and what does not is numbered apart.</summary>
    [Fact]
    public void Functions_said_to_commute_do()
    {
        foreach (var function in Enum.GetValues<Binary>())
        {
            if (!Identities.Commutes(new Op.Zip(function)))
                continue;
            var (x, y) = (
                Tensor.Of([.. Special.SelectMany(a => Special.Select(_ => a))]),
                Tensor.Of([.. Special.SelectMany(_ => Special)])
            );
            var swapped = Evaluated(Zip(function, y, x));
            Assert.Equal(
                new Verdict.Holds(),
                Agreement.Identical($"{function}(x, y) = {function}(y, x)", Evaluated(Zip(function, x, y)), swapped)
            );
        }
        Assert.DoesNotContain(KnownOps.All, row => row.Op is not Op.Zip && Identities.Commutes(row.Op));
    }

    private static IEnumerable<(string Name, Graphed Function)> Small()
    {
        var (ones, twos) = (Enum.GetValues<Unary>(), Enum.GetValues<Binary>());
        Tensor[] constants = [.. Special.Select(value => (Tensor)value), -1, 0.5, 2];
        Func<Tensor, Tensor>[] moves =
        [
            z => Transpose(z),
            z => Flip(z, 0),
            z => z.Rank > 1 ? Flip(z, 1) : z,
            z => Flip(z),
            z => z.Shape.Size == 9 ? Reshape(z, 1, 9) : z,
            z => z.Shape.Size == 9 ? Reshape(z, 3, 3) : z,
            z => BroadcastTo(z, [2, .. z.Shape]),
            z => Slice(z, -1, 0, 2),
            z => Pad(z, Ints.Repeat(1, z.Rank), Ints.Repeat(0, z.Rank)),
            z => Sum(z, -1),
            z => CumulativeSum(z),
            z => Windows(z, z.Rank - 1, 2),
            z => -z,
        ];
        return
        [
            .. from f in twos from c in constants select ($"{f}(x, {c})", (Graphed)((x, _, _) => Zip(f, x, c))),
            .. from f in twos from c in constants select ($"{f}({c}, x)", (Graphed)((x, _, _) => Zip(f, c, x))),
            .. from f in twos select ($"{f}(x, x)", (Graphed)((x, _, _) => Zip(f, x, x))),
            .. from f in ones from g in ones select ($"{f}({g}(x))", (Graphed)((x, _, _) => Map(f, Map(g, x)))),
            .. from f in twos from g in ones select ($"{f}(x, {g}(x))", (Graphed)((x, _, _) => Zip(f, x, Map(g, x)))),
            .. from f in twos from g in ones select ($"{f}({g}(x), x)", (Graphed)((x, _, _) => Zip(f, Map(g, x), x))),
            .. from f in twos from g in ones select ($"{f}({g}(x), {g}(y))", (Graphed)((x, y, _) => Zip(f, Map(g, x), Map(g, y)))),
            .. from f in twos
            from g in twos
            select ($"{f}({g}(x, y), {g}(y, x))", (Graphed)((x, y, _) => Zip(f, Zip(g, x, y), Zip(g, y, x)))),
            .. from f in twos from g in twos select ($"{f}({g}(x, y), y)", (Graphed)((x, y, _) => Zip(f, Zip(g, x, y), y))),
            .. from f in twos from g in twos select ($"{f}(x, {g}(x, y))", (Graphed)((x, y, _) => Zip(f, x, Zip(g, x, y)))),
            .. from c in constants from d in constants select ($"select(x, {c}, {d})", (Graphed)((x, _, _) => Where(x, c, d))),
            .. from c in constants select ($"select({c}, x, y)", (Graphed)((x, y, _) => Where(c, x, y))),
            .. from p in moves.Index()
            from q in moves.Index()
            select ($"movement {q.Index} of {p.Index}", (Graphed)((_, _, z) => q.Item(p.Item(z)))),
        ];
    }

    private static Graph Of(Graphed function)
    {
        Input[] inputs = [new([9], "x"), new([9], "y"), new([3, 3], "z")];
        return Graph.Of(inputs, [function(inputs[0], inputs[1], inputs[2])]);
    }

    /// <summary>With x and z each of the special numbers, and y each of them against every number of x.</summary>
    private static double[] Values(Graph graph) =>
        [
            .. Enumerable
                .Range(0, Special.Length)
                .SelectMany(shift =>
                {
                    double[] turned = [.. Special[shift..], .. Special[..shift]];
                    return Reference.Evaluate(graph, [Special, turned, turned])[0];
                }),
        ];

    private static double[] Evaluated(Tensor x) => Reference.Evaluate(Graph.Of([], [x]), [])[0];
}
