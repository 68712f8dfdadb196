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
        string[] methods = [.. Methods(typeof(Ops)), .. Methods(typeof(Tensor)), .. Methods(typeof(Transforms))];
        Assert.Empty(Cases.All.Select(row => row.Method).Except(methods, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_primitive_is_differentiated_in_every_argument()
    {
        var missing = Primitives().Except(Cases.All.SelectMany(Reached)).ToArray();
        Assert.True(missing.Length == 0, $"no case's graph varies {string.Join(", ", missing)} (op, argument): add one to Cases.*.cs");
    }

    private static IEnumerable<string> Methods(Type type) =>
        type.GetMethods(Public).Select(method => method.Name).Distinct(StringComparer.Ordinal);

    private static bool IsArithmetic(string name) =>
        name.StartsWith("op_", StringComparison.Ordinal) && name is not ("op_Implicit" or "op_Equality" or "op_Inequality");

    private static IEnumerable<string> Missing(IEnumerable<string> methods, IEnumerable<Case> rows) =>
        methods.Except(rows.Select(row => row.Method), StringComparer.Ordinal);

    private static IEnumerable<(string Op, int Argument)> Primitives() =>
        [
            .. Enum.GetNames<Unary>().Select(name => (name, 0)),
            .. Enum.GetNames<Binary>().SelectMany(name => new[] { (name, 0), (name, 1) }),
            .. Enum.GetNames<Reduction>().Select(name => (name, 0)),
            .. typeof(Op)
                .GetNestedTypes()
                .Where(type => type.IsSubclassOf(typeof(Op)))
                .Except([typeof(Op.Map), typeof(Op.Zip), typeof(Op.Reduce)])
                .SelectMany(Arguments),
        ];

    /// <summary>Each argument of an op; of one that takes any number, two.</summary>
    private static IEnumerable<(string, int)> Arguments(Type op)
    {
        var facts = ((Op)RuntimeHelpers.GetUninitializedObject(op)).Facts;
        return Enumerable.Range(0, facts.Most == int.MaxValue ? 2 : facts.Most).Select(argument => (op.Name, argument));
    }

    /// <summary>The arguments that depend on the input, in the graphs of the row's value, tangent, cotangent and Hessian-vector product.</summary>
    private static IEnumerable<(string, int)> Reached(Case row)
    {
        var trial = new Trial(row.Name, row.Function, FsCheck.Fluent.Gen.Sample(row.Points.Generator, 10, 1)[0], 1);
        var input = new Input(trial.Point.Shape, "x");
        var order = Walk.Order(
            row.Function(input),
            Transforms.Jvp(row.Function, input, trial.Tangent(0)).Tangent,
            Transforms.Grad<Tensor>(trial.Scalar, input),
            Transforms.Hvp<Tensor>(trial.Scalar, input, trial.Tangent(0))
        );
        var depending = Walk.DependingOn([input], order);
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
