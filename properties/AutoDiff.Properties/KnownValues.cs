using System.Numerics;
using System.Reflection;
using AutoDiff.Laws;
using Xunit;

namespace AutoDiff.Properties;

/// <summary>Every path computes the values of <see cref="KnownOps"/> and <see cref="KnownFunctions"/>: naive, compiled in either precision, simplified, fused with its neighbours, batched.</summary>
public sealed class KnownValues
{
    private const int Roundings = 16;
    private const double UnitRoundoff = 1.1102230246251565e-16;
    private const double SingleUnitRoundoff = 5.960464477539063e-8;

    // How an op stands in a graph. What surrounds it rounds nothing, and what computes that takes the op in where it can.
    private static readonly Place[] Places =
    [
        new("alone", (function, x) => function(x), x => x, y => y),
        new("between sums and a change of sign", (function, x) => -function([.. x.Select(half => half + half)]), x => x / 2, y => -y),
        new("read twice", (function, x) => function(x) is var y ? y + (y - y) : y, x => x, y => y + (y - y)),
        new("batched", Batched, x => x, y => y, Copies: 2),
    ];

    private static readonly (string Name, double Unit, double Least, Func<Graph, double[][], double[]> Run)[] Paths =
    [
        ("naively", UnitRoundoff, 0, (graph, x) => Reference.Evaluate(graph, x)[0]),
        ("simplified", UnitRoundoff, 0, (graph, x) => Reference.Evaluate(Simplification.Simplify(graph), x)[0]),
        ("in random rounding", UnitRoundoff, 4 * double.Epsilon, (graph, x) => RoundedEvaluation.Evaluate(graph, x, 1)[0]),
        ("by a plan", UnitRoundoff, 0, Planned<double>),
        ("by a plan in single precision", SingleUnitRoundoff, 0, Planned<float>),
    ];

    public static TheoryData<string> Primitive => [.. KnownOps.All.Select(Name).Distinct(StringComparer.Ordinal)];

    public static TheoryData<string> Parameterized =>
        [.. KnownOps.All.Where(row => Parameters.Of(row.Op).Any()).Select(Name).Distinct(StringComparer.Ordinal)];

    public static TheoryData<string> Method => [.. KnownFunctions.All.Select(row => row.Method).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Primitive))]
    public void Primitives_have_their_values_on_every_path(string name)
    {
        foreach (var (op, arguments, value) in KnownOps.All.Where(row => Name(row).Equals(name, StringComparison.Ordinal)))
            Holds($"{op}", x => Apply.Of(op, x), [.. arguments], value);
    }

    [Theory]
    [MemberData(nameof(Method))]
    public void Public_methods_have_their_values_on_every_path(string method)
    {
        foreach (var row in KnownFunctions.All.Where(row => row.Method.Equals(method, StringComparison.Ordinal)))
            Holds(row.Method, row.Function, row.Arguments, row.Value);
    }

    /// <summary>Methods that are one primitive have its rows; kernels of two functions at once run where both are asked for.</summary>
    [Fact]
    public void Public_functions_of_numbers_have_their_primitives_values_also_side_by_side()
    {
        foreach (var (op, arguments, value) in KnownOps.All.Where(row => row.Op is Op.Map or Op.Zip))
        {
            if (typeof(AutoDiff.Ops).GetMethod(op.Name) is { } method)
                Holds($"Ops.{op.Name}", x => (Tensor)method.Invoke(null, [.. x])!, [.. arguments], value);
            if (op is Op.Map(var function))
                Holds(
                    $"{op.Name} beside all others",
                    x => AutoDiff.Ops.Take(AutoDiff.Ops.Stack(All(x[0])), 0, (int)function),
                    [.. arguments],
                    value
                );
        }
    }

    [Fact]
    public void Every_primitive_has_a_known_value()
    {
        string[] missing = [.. Primitives.Names.Except(KnownOps.All.Select(Name), StringComparer.Ordinal)];
        Assert.True(missing.Length == 0, $"no known value of {string.Join(", ", missing)}: add one from outside to KnownOps*.cs");
    }

    [Fact]
    public void Every_public_method_and_operator_has_a_known_value()
    {
        string[] missing =
        [
            .. Coverage
                .Methods(typeof(AutoDiff.Ops))
                .Concat(Coverage.Methods(typeof(Tensor)).Where(Coverage.IsArithmetic))
                .Except(KnownFunctions.All.Select(row => row.Method), StringComparer.Ordinal)
                .Except(Enum.GetNames<Unary>(), StringComparer.Ordinal)
                .Except(Enum.GetNames<Binary>(), StringComparer.Ordinal),
        ];
        Assert.True(missing.Length == 0, $"no known value of {string.Join(", ", missing)}: add one from outside to KnownFunctions.cs");
    }

    /// <summary>The rows of a function hold for no other, but that of the identity and what differs from it in its derivative only.</summary>
    [Fact]
    public void Known_values_tell_a_function_from_every_other()
    {
        foreach (var row in KnownOps.All.Where(row => row.Op is Op.Map or Op.Zip))
        {
            var others = KnownOps
                .All.Select(other => other.Op)
                .Where(other => other.GetType() == row.Op.GetType() && !other.Equals(row.Op));
            foreach (var other in others.Where(other => Name(row) is not (nameof(Unary.Identity) or nameof(Unary.StopGradient))))
            {
                var values = Apply.Of(other, [.. row.Arguments]).ToArray();
                Assert.True(
                    row.Value.ToArray().Where((value, i) => !(Math.Abs(value - values[i]) <= 1e-3 || value.Equals(values[i]))).Any(),
                    $"{other.Name} has the known values of {row.Op.Name}: add a point where they differ"
                );
            }
        }
    }

    /// <summary>A roll by half a length is a roll back: rows must hold for no other parameters, or a wrong direction would have their values.</summary>
    [Theory]
    [MemberData(nameof(Parameterized))]
    public void Known_values_tell_an_op_from_itself_with_other_parameters(string name)
    {
        var rows = KnownOps.All.Where(row => Name(row).Equals(name, StringComparison.Ordinal)).ToArray();
        foreach (var parameter in Parameters.Of(rows[0].Op))
        foreach (var (change, changed) in Parameters.Changes(parameter))
        {
            var others = rows.Select(row => (row, Other: changed(row.Op))).Where(at => !at.Other.Equals(at.row.Op)).ToArray();
            Assert.True(
                others.Length == 0 || Array.Exists(others, at => !Gives(at.Other, at.row)),
                $"{name} with {parameter.Name} {change} has its known values: add some where they differ"
            );
        }
    }

    private static bool Gives(Op op, KnownOp row)
    {
        try
        {
            var value = Apply.Of(op, [.. row.Arguments]);
            return value.Shape.Equals(row.Value.Shape) && value.ToArray().SequenceEqual(row.Value.ToArray());
        }
        catch (ArgumentException)
        {
            return false; // no such parameter
        }
    }

    private static string Name(KnownOp row) => row.Op.Name;

    private static Tensor[] All(Tensor x) => [.. Enum.GetValues<Unary>().Select(function => Apply.Of(new Op.Map(function), x))];

    private static void Holds(string what, Func<Tensor[], Tensor> function, Tensor[] arguments, Tensor value)
    {
        Equal($"{what} evaluated", function(arguments).ToArray(), value.ToArray(), UnitRoundoff);
        foreach (var place in Places)
        {
            Input[] inputs = [.. arguments.Select((argument, i) => new Input(argument.Shape, $"x{i}"))];
            var result = place.Build(function, [.. inputs]);
            var shape = place.Copies == 1 ? value.Shape : value.Shape.Insert(0, place.Copies);
            Assert.True(result.Shape.Equals(shape), $"{what} {place.Name} has shape {result.Shape}; known is {shape}");
            var expected = Array.ConvertAll(value.ToArray(), y => place.Value(y));
            double[][] x = [.. arguments.Select(argument => Array.ConvertAll(argument.ToArray(), element => place.Argument(element)))];
            foreach (var (path, unit, least, run) in Paths)
                Equal(
                    $"{what} {place.Name}, {path}",
                    run(Graph.Of(inputs, [result]), x),
                    [.. Enumerable.Repeat(expected, place.Copies).SelectMany(copy => copy)],
                    unit,
                    least
                );
        }
    }

    // Zeros by their signs too.
    private static void Equal(string what, double[] actual, double[] expected, double unit, double least = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var (a, e) = (actual[i], expected[i]);
            Assert.True(
                a.Equals(e) && (e != 0 || double.IsNegative(a) == double.IsNegative(e))
                    || Math.Abs(a - e) is var off and > 0 && off <= (Roundings * unit * Math.Abs(e)) + least,
                $"{what}: element {i} is {a:R}; known is {e:R}"
            );
        }
    }

    private static double[] Planned<T>(Graph graph, double[][] x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var result = new T[graph.Nodes[graph.Outputs[0]].Shape.Size];
        Plan<T>.Of(graph).Run([.. x.Select(values => Array.ConvertAll(values, T.CreateTruncating))], [result]);
        return Array.ConvertAll(result, double.CreateTruncating);
    }

    private static Tensor Batched(Func<Tensor[], Tensor> function, Tensor[] x) =>
        Transforms.Vmap((TreeList<Tensor> example) => function([.. example]))(
            new TreeList<Tensor>([.. x.Select(argument => AutoDiff.Ops.Stack([argument, argument]))])
        );

    /// <summary>A way to use an op.</summary>
    /// <param name="Name">How messages name it.</param>
    /// <param name="Build">The op within its surroundings.</param>
    /// <param name="Argument">What the inputs then are, of each argument's element.</param>
    /// <param name="Value">What the result is, of each known element.</param>
    /// <param name="Copies">How often the result is there.</param>
    private sealed record Place(
        string Name,
        Func<Func<Tensor[], Tensor>, Tensor[], Tensor> Build,
        Func<double, double> Argument,
        Func<double, double> Value,
        int Copies = 1
    );
}
