using System.Reflection;
using System.Runtime.CompilerServices;
using AutoDiff.Laws;
using Xunit;

namespace AutoDiff.Properties;

/// <summary>What is public has a row, and what a graph can hold is in some row's graph.</summary>
public sealed class Coverage
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void Every_method_of_Ops_has_a_row()
    {
        string[] missing = [.. Missing(Methods(typeof(Ops)), Cases.Ops)];
        Assert.True(missing.Length == 0, $"no case for {string.Join(", ", missing)}: add one to Cases.*.cs");
    }

    [Fact]
    public void Every_operator_of_Tensor_has_a_row() => Assert.Empty(Missing(Methods(typeof(Tensor)).Where(IsArithmetic), Cases.Ops));

    [Fact]
    public void Every_method_of_Transforms_has_a_row() =>
        Assert.Empty(Missing(Methods(typeof(Transforms)), [.. Cases.Transforms, .. Cases.Compiled]));

    [Fact]
    public void Every_row_is_named_after_a_method()
    {
        string[] methods =
        [
            .. Methods(typeof(Ops)),
            .. Methods(typeof(Tensor)),
            .. Methods(typeof(Transforms)),
            .. Primitives.Names,
            "At",
            "get_Part",
            nameof(Key.Orthogonal),
        ];
        Assert.Empty(Cases.All.Select(row => row.Method).Except(methods, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_primitive_is_differentiated_in_every_argument()
    {
        var missing = Primitives.Arguments().Except(Cases.All.SelectMany(Reached)).ToArray();
        Assert.True(missing.Length == 0, $"no case's graph varies {string.Join(", ", missing)} (op, argument): add one to Cases.*.cs");
    }

    /// <summary>In a step's own graph, whatever its derivatives hold: the laws of random graphs then differentiate it among others.</summary>
    [Fact]
    public void Every_primitive_is_in_the_random_programs_in_every_argument()
    {
        var reached = Steps.All.SelectMany(step =>
            Enumerable
                .Range(0, 4)
                .SelectMany(parameter =>
                {
                    Input[] inputs = [new([2, 3], "a"), new([3], "b")];
                    return Varied(inputs, step.Build(inputs[0], inputs[1], parameter));
                })
        );
        var missing = Primitives.Arguments().Except(reached).ToArray();
        Assert.True(
            missing.Length == 0,
            $"no step of the random programs varies {string.Join(", ", missing)} (op, argument): add one to Steps.cs"
        );
    }

    [Fact]
    public void Every_step_has_its_own_name() =>
        Assert.Equal(Steps.All.Count, Steps.All.Select(step => step.Name).Distinct(StringComparer.Ordinal).Count());

    internal static IEnumerable<string> Methods(Type type) =>
        type.GetMethods(Public).Select(method => method.Name).Distinct(StringComparer.Ordinal);

    internal static bool IsArithmetic(string name) =>
        name.StartsWith("op_", StringComparison.Ordinal) && name is not ("op_Implicit" or "op_Equality" or "op_Inequality");

    private static IEnumerable<string> Missing(IEnumerable<string> methods, IEnumerable<Case> rows) =>
        methods.Except(rows.Select(row => row.Method), StringComparer.Ordinal);

    /// <summary>The arguments that depend on the input, in the graphs of the row's value, tangent, cotangent and Hessian-vector product.</summary>
    private static IEnumerable<(string, int)> Reached(Case row)
    {
        var trial = new Trial(row.Name, row.Function, FsCheck.Fluent.Gen.Sample(row.Points.Generator, 10, 1)[0], 1);
        var input = new Input(trial.Point.Shape, "x");
        return Varied(
            [input],
            row.Function(input),
            Transforms.Jvp(row.Function, input, trial.Tangent(0)).Tangent,
            Transforms.Grad<Tensor>(trial.Scalar, input),
            Transforms.Hvp<Tensor>(trial.Scalar, input, trial.Tangent(0))
        );
    }

    private static IEnumerable<(string, int)> Varied(Input[] inputs, params Tensor[] results)
    {
        var order = Walk.Order(results);
        var depending = Walk.DependingOn(inputs, order);
        return order
            .OfType<Apply>()
            .SelectMany(node =>
                node.Arguments.ToArray()
                    .Select((argument, i) => (argument, i))
                    .Where(at => depending.Contains(at.argument))
                    .Select(at => (node.Op.Name, at.i))
            );
    }
}
