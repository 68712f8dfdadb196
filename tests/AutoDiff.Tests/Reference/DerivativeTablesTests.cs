using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using AutoDiff.Tests.Execution;
using AutoDiff.Tests.Numerics;
using static AutoDiff.Ops;

namespace AutoDiff.Tests;

/// <summary>Every function of one and two numbers, and its derivatives of orders 0 to 6 (0 to 4 in two), at special points against tables made by mpmath.</summary>
/// <remarks>
/// A derivative d of order k may err by <see cref="Roundings"/>·(k + 1) roundings u = 2⁻⁵³ of |d| + |x ∂d ⁄ ∂x| + |y ∂d ⁄ ∂y|: what rounding its value costs, and what rounding its
/// arguments would. For a function of another's value near 1, x counts as at least 1; a row of several elements is measured by the largest of its
/// derivatives of that order, norms (of degree 1) also by k!·|x|¹⁻ᵏ, the size of their terms, and the weights eˣ ⁄ Σ eˣ by the size of x, at least 1. Where intermediate results underflow it may err by a few of the smallest numbers.
/// </remarks>
public sealed class DerivativeTablesTests
{
    private const double UnitRoundoff = 1.1102230246251565e-16;
    private const double Roundings = 8;
    private const double Underflow = 1e-320;
    private const double ElementaryUnits = 2;
    private const int OrdersOfOne = 6;
    private const int OrdersOfTwo = 4;

    private static readonly string[] Products = [nameof(MatMul), nameof(Dot), nameof(Outer)]; // bilinear, of vectors and matrices

    // Their tables are linear_algebra.json and spectra.json.
    private static readonly string[] OfMatrices =
    [
        nameof(Cholesky),
        nameof(CholeskySolve),
        nameof(Determinant),
        nameof(Eigh),
        nameof(Inverse),
        nameof(Kronecker),
        nameof(LogDeterminant),
        nameof(MatrixExponential),
        nameof(PseudoInverse),
        nameof(QR),
        nameof(Solve),
        nameof(Svd),
        nameof(Trace),
    ];

    private static readonly Dictionary<string, Func<Tensor, Tensor>> Bounded = new(StringComparer.Ordinal)
    {
        [nameof(Clamp)] = x => Clamp(x, -1, 2),
    };

    private static readonly Dictionary<string, double> UnitsOf = new(StringComparer.Ordinal)
    {
        [nameof(NormalCdf)] = 3,
        [nameof(Gelu)] = 4,
        [nameof(Silu)] = 3,
        [nameof(Mish)] = 4,
        [nameof(Selu)] = 3,
        [nameof(ErfInv)] = 4,
        [nameof(LogGamma)] = 4,
        [nameof(Digamma)] = 4,
        [nameof(BesselI0e)] = 4,
        [nameof(BesselI1e)] = 4,
    };

    private static readonly string[] Inner = [nameof(Mish)];
    private static readonly string[] Weights = ["LogSumExp: of two", "Softmax: the first of two", "LogSoftmax: the first of two"];

    // Functions of two elements.
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Rows = new(StringComparer.Ordinal)
    {
        ["Norm: of order 1.5"] = x => Norm(x, [1], 1.5),
        ["Norm: of order 2"] = x => Norm(x, [1]),
        ["Norm: of order 3"] = x => Norm(x, [1], 3),
        ["Norm: of order 4"] = x => Norm(x, [1], 4),
        ["LogSumExp: of two"] = x => LogSumExp(x, 1),
        ["Softmax: the first of two"] = x => Take(Softmax(x), 1, 0),
        ["LogSoftmax: the first of two"] = x => Take(LogSoftmax(x), 1, 0),
        ["Product: of two"] = x => Product(x, 1),
        ["Variance: of two"] = x => Variance(x, [1]),
    };

    private static readonly JsonElement Tables = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "derivatives.json")))
        .RootElement;

    public static TheoryData<string> Ones => [.. Names("one")];

    public static TheoryData<string> Values => [.. Names("values")];

    public static TheoryData<string> Twos => [.. Names("two")];

    [Fact]
    public void Every_function_of_one_and_two_numbers_has_a_table()
    {
        Assert.Equal(
            Functions(1).Except(OfMatrices, StringComparer.Ordinal).Order(StringComparer.Ordinal),
            Names("one").Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            Functions(2).Except([.. Products, .. OfMatrices], StringComparer.Ordinal).Concat(Rows.Keys).Order(StringComparer.Ordinal),
            Names("two").Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Ones))]
    public void One_argument(string name)
    {
        var rows = Tables.GetProperty("one").GetProperty(name).EnumerateArray().Select(Numbers).ToArray();
        var x = Tensor.Of([.. rows.Select(row => row[0])]);
        var function = One(name);
        var message = new StringBuilder();
        foreach (var (mode, differentiate) in Modes)
        {
            var derivative = function;
            for (var order = 0; order <= OrdersOfOne; order++, derivative = differentiate(derivative))
            {
                var actual = derivative(x).ToArray();
                var k = order;
                for (var i = 0; i < rows.Length; i++)
                    Compare(
                        message,
                        $"d{k} {name}({rows[i][0]:R}), {mode}",
                        k,
                        rows[i][1 + k],
                        actual[i],
                        rows[i][2 + k] * (Inner.Contains(name, StringComparer.Ordinal) ? Math.Max(1, Math.Abs(rows[i][0])) : rows[i][0])
                    );
            }
        }
        Assert.True(message.Length == 0, message.ToString());
    }

    [Theory]
    [MemberData(nameof(Twos))]
    public void Two_arguments(string name)
    {
        var rows = Tables.GetProperty("two").GetProperty(name).EnumerateArray().Select(Numbers).ToArray();
        var (x, y) = (Tensor.Of([.. rows.Select(row => row[0])]), Tensor.Of([.. rows.Select(row => row[1])]));
        var message = new StringBuilder();
        foreach (var (mode, differentiate) in Modes)
        {
            for (var order = 0; order <= OrdersOfTwo; order++)
            {
                for (var j = 0; j <= order; j++)
                {
                    foreach (var leftFirst in (bool[])[true, false])
                    {
                        var actual = Mixed(Two(name), order - j, j, leftFirst, differentiate)(x, y).ToArray();
                        for (var i = 0; i < rows.Length; i++)
                        {
                            var (row, at) = (rows[i], 2 + (order * (order + 1) / 2) + j);
                            var after = at + order + 1;
                            Compare(
                                message,
                                $"d{order - j},{j} {name}({row[0]:R}, {row[1]:R}), {mode}{(leftFirst ? "" : ", right first")}",
                                order,
                                row[at],
                                actual[i],
                                Math.Abs(row[0] * row[after])
                                    + Math.Abs(row[1] * row[after + 1])
                                    + Normwise(name, Math.Max(Math.Abs(row[0]), Math.Abs(row[1])), order, row.AsSpan(at - j, order + 1))
                            );
                        }
                    }
                }
            }
        }
        Assert.True(message.Length == 0, message.ToString());
    }

    /// <summary>At the special points and over the whole range, by the plan and by the naive evaluator.</summary>
    [Theory]
    [MemberData(nameof(Values))]
    public void Values_are_within_their_units_in_the_last_place(string name)
    {
        var pair = Tables.GetProperty("two").TryGetProperty(name, out var special);
        var arguments = pair ? 2 : 1;
        special = pair ? special : Tables.GetProperty("one").GetProperty(name);
        var rows = Tables
            .GetProperty("values")
            .GetProperty(name)
            .EnumerateArray()
            .Concat(special.EnumerateArray())
            .Select(Numbers)
            .ToArray();
        double[][] x = [.. Enumerable.Range(0, arguments).Select(i => rows.Select(row => row[i]).ToArray())];
        var graph = PlanCases.Graph(
            [.. x.Select(values => new[] { values.Length })],
            inputs => [pair ? Two(name)(inputs[0], inputs[1]) : One(name)(inputs[0])]
        );
        foreach (
            var (by, values) in new[]
            {
                ("plan", PlanCases.Run(graph, x)[0]),
                ("naive evaluator", AutoDiff.Reference.Evaluate(graph, x)[0]),
            }
        )
        {
            var worst = Enumerable.Range(0, rows.Length).MaxBy(Distance);
            var expected = rows[worst][arguments];
            Assert.True(
                Distance(worst) <= UnitsOf.GetValueOrDefault(name, ElementaryUnits),
                $"{name}({string.Join(", ", rows[worst][..arguments])}): expected {expected:R}, the {by} gives {values[worst]:R}: {Distance(worst)} units"
            );

            // A factor of x that is subnormal is off by half of the smallest number.
            double Distance(int i) =>
                Math.Abs(rows[i][arguments] - values[i]) <= Math.Abs(rows[i][0]) * double.Epsilon
                    ? 0
                    : Units.Distance(rows[i][arguments], values[i]);
        }
    }

    private static (string Name, Func<Func<Tensor, Tensor>, Func<Tensor, Tensor>> Differentiate)[] Modes =>
        [
            ("forward", f => x => Transforms.Jvp(f, x, Tensor.Ones(x.Shape)).Tangent),
            ("reverse", f => Transforms.Grad<Tensor>(x => Sum(f(x)))),
        ];

    private static double Normwise(string name, double argument, int order, ReadOnlySpan<double> derivatives)
    {
        if (!Rows.ContainsKey(name))
            return 0;
        var largest =
            Weights.Contains(name, StringComparer.Ordinal) ? Math.Max(1, argument)
            : name.StartsWith("Norm", StringComparison.Ordinal) ? Factorial(order) * Math.Pow(argument, 1 - order)
            : 0;
        foreach (var derivative in derivatives)
            largest = Math.Max(largest, Math.Abs(derivative));
        return largest;
    }

    private static double Factorial(int order) => Enumerable.Range(1, order).Aggregate(1.0, (product, k) => product * k);

    private static Func<Tensor, Tensor, Tensor> Mixed(
        Func<Tensor, Tensor, Tensor> function,
        int left,
        int right,
        bool leftFirst,
        Func<Func<Tensor, Tensor>, Func<Tensor, Tensor>> differentiate
    )
    {
        for (var (i, total) = (0, left + right); i < total; i++)
        {
            var inner = function;
            function =
                (leftFirst ? i < left : i >= right)
                    ? (x, y) => differentiate(u => inner(u, y))(x)
                    : (x, y) => differentiate(v => inner(x, v))(y);
        }
        return function;
    }

    private static void Compare(StringBuilder message, string what, int order, double expected, double actual, double conditioned)
    {
        if (double.IsNaN(expected) || expected.Equals(actual) || (expected == 0 && actual == 0))
            return;
        var scale = Math.Abs(expected) + Math.Abs(conditioned);
        var allowed = (Roundings * (order + 1) * UnitRoundoff * scale) + Underflow;
        if (!(Math.Abs(actual - expected) <= allowed))
            message.AppendLine(
                CultureInfo.InvariantCulture,
                $"{what}: expected {expected:R}, got {actual:R}: {Math.Abs(actual - expected) / (UnitRoundoff * scale):G3} roundings"
            );
    }

    private static Func<Tensor, Tensor> One(string name) =>
        Bounded.TryGetValue(name, out var bounded) ? bounded : x => Invoke(Method(name), x);

    private static Func<Tensor, Tensor, Tensor> Two(string name) =>
        Rows.TryGetValue(name, out var row) ? (x, y) => row(Stack([x, y], 1)) : (x, y) => Invoke(Method(name), x, y);

    private static Tensor Invoke(MethodInfo method, params Tensor[] tensors) =>
        (Tensor)
            method.Invoke(null, [.. tensors, .. method.GetParameters().Skip(tensors.Length).Select(parameter => parameter.DefaultValue)])!;

    private static MethodInfo Method(string name) => typeof(Ops).GetMethod(name)!;

    /// <summary>The functions of so many tensors and otherwise of numbers only.</summary>
    private static IEnumerable<string> Functions(int tensors) =>
        from method in typeof(Ops).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        let types = method.GetParameters().Select(parameter => parameter.ParameterType).ToArray()
        where types.Count(type => type == typeof(Tensor)) == tensors && types.All(type => type == typeof(Tensor) || type == typeof(double))
        select method.Name;

    private static IEnumerable<string> Names(string arguments) =>
        Tables.GetProperty(arguments).EnumerateObject().Select(table => table.Name);

    private static double[] Numbers(JsonElement row) =>
        [
            .. row.EnumerateArray()
                .Select(number =>
                    number.ValueKind switch
                    {
                        JsonValueKind.Null => double.NaN,
                        JsonValueKind.String => number.GetString() == "inf" ? double.PositiveInfinity : double.NegativeInfinity,
                        _ => number.GetDouble(),
                    }
                ),
        ];
}
