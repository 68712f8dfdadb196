using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace AutoDiff.Tests.Graphs;

/// <summary>Every argument of every public function out of range: a right result, or an error that names the function, what it got and what it expected.</summary>
public sealed class ArgumentTests
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
    private const int ComputedSize = 100_000;

    private static readonly Type[] Types = [typeof(Ops), typeof(Tensor), typeof(Key), typeof(TreeMath), typeof(Transforms)];

    // Neither takes part in building a graph.
    private static readonly string[] Other =
    [
        .. typeof(object).GetMethods().Select(method => method.Name),
        "PrintMembers",
        "<Clone>$",
        "op_Equality",
        "op_Inequality",
        "AddLeaves",
        "AddNames",
        "AddLengths",
    ];

    public static TheoryData<string> Methods => [.. All.Select(Signature)];

    internal static IEnumerable<MethodInfo> All =>
        Types
            .SelectMany(type => type.GetMethods(Public))
            .Where(method =>
                !method.IsPrivate && !Other.Contains(method.Name) && !method.Name.StartsWith("get_", StringComparison.Ordinal)
            );

    [Theory]
    [MemberData(nameof(Methods))]
    public void Out_of_range_is_refused_by_name_or_right(string signature)
    {
        var call = new ArgumentCall(All.Single(method => string.Equals(Signature(method), signature, StringComparison.Ordinal)));
        Assert.Null(Problem(call, call.Valid, null));
        var problems = new List<string>();
        for (var i = 0; i < call.Valid.Length; i++)
        {
            foreach (var bad in Values(call, i))
            {
                object?[] arguments = [.. call.Valid];
                arguments[i] = bad;
                if (Problem(call, arguments, call.Names[i]) is { } problem)
                    problems.Add($"{call.Names[i]} = {Shown(bad)}: {problem}");
            }
        }
        problems.AddRange(Pairs(call));
        Assert.True(problems.Count == 0, $"{signature}\n{string.Join('\n', problems)}");
    }

    /// <summary>What is wrong where two whole numbers at once are out of range: what one check lets pass may overflow in another's sum.</summary>
    private static IEnumerable<string> Pairs(ArgumentCall call)
    {
        int[] whole = [.. Enumerable.Range(0, call.Types.Length).Where(i => call.Types[i] == typeof(int) || call.Types[i] == typeof(int?))];
        foreach (var (i, j) in whole.SelectMany(i => whole.Where(j => j > i).Select(j => (i, j))))
        {
            foreach (var first in Values(call, i))
            {
                foreach (var second in Values(call, j))
                {
                    object?[] arguments = [.. call.Valid];
                    (arguments[i], arguments[j]) = (first, second);
                    if (Problem(call, arguments, call.Names[i]) is { } problem)
                        yield return $"{call.Names[i]} = {first}, {call.Names[j]} = {second}: {problem}";
                }
            }
        }
    }

    private static IEnumerable<object?> Values(ArgumentCall call, int argument) =>
        ArgumentValues.Of(call.Types[argument], call.Computes).Where(value => !ArgumentRows.IsTooLong(call, argument, value));

    /// <summary>What is wrong with a call's outcome; null where nothing is.</summary>
    private static string? Problem(ArgumentCall call, object?[] arguments, string? varied)
    {
        try
        {
            return Wrong(call.Invoke(arguments));
        }
        catch (ArgumentException error) when (varied is not null)
        {
            var named = error.Message.StartsWith(call.Computes ? "[" : $"[{call.Operation}] ", StringComparison.Ordinal);
            return !named ? $"does not begin with [{call.Operation}]: {error.Message}"
                : !error.Message.Contains("; expected ", StringComparison.Ordinal) ? $"does not say what is expected: {error.Message}"
                : null;
        }
        catch (Exception error)
        {
            return error.ToString();
        }
    }

    /// <summary>A result of moderate size is computed, each step guarded, and equals the reference; one that cannot be computed is refused by both.</summary>
    private static string? Wrong(object? result)
    {
        if (result is not Tensor tensor)
            return result is IEnumerable many and not string and not Shape
                ? many.Cast<object?>().OfType<Tensor>().Select(Wrong).FirstOrDefault(wrong => wrong is not null)
                : null;
        var graph = Graph.Of([], [tensor]);
        if (graph.Nodes.ToArray().Any(node => node.Shape.Size > ComputedSize))
            return null;
        var actual = new double[tensor.Shape.Size];
        Plan<double>.Of(graph, guarded: true).Run([], [actual]);
        var expected = Reference.Evaluate(graph, [])[0];
        for (var i = 0; i < expected.Length; i++)
        {
            var scale = Math.Max(1, Math.Abs(expected[i]));
            if (!expected[i].Equals(actual[i]) && !(Math.Abs(expected[i] - actual[i]) <= 1e-12 * scale))
                return $"element {i} is {actual[i]}; the reference gives {expected[i]}";
        }
        return null;
    }

    internal static string Signature(MethodInfo method) =>
        $"{method.DeclaringType!.Name}.{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => Regex.Replace(parameter.ParameterType.ToString(), @"[\w.]+\.|`\d", "")))})"
        + (method.Name == "op_Implicit" ? method.ReturnType.Name : "")
        + (method.IsGenericMethod ? $"<{method.GetGenericArguments().Length}>" : "")
        + Regex.Replace(method.ReturnType.ToString(), @"[\w.]+\.|`\d", "");

    private static string Shown(object? value) =>
        value switch
        {
            null => "null",
            Tensor tensor => $"tensor {tensor.Shape}",
            string text => $"\"{text}\"",
            IEnumerable list => $"[{string.Join(',', list.Cast<object?>().Select(Shown))}]",
            _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        };
}
