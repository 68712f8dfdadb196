using System.Globalization;
using System.Text.Json;
using AutoDiff.Tests.Execution;

namespace AutoDiff.Tests.Numerics;

public sealed class ScalarFunctionsTests
{
    private static readonly string[] Functions =
    [
        "exp",
        "expm1",
        "log",
        "log1p",
        "sqrt",
        "tanh",
        "sigmoid",
        "softplus",
        "sin",
        "cos",
        "erf",
    ];

    public static TheoryData<string> Names => [.. Functions];

    [Theory]
    [MemberData(nameof(Names))]
    public void Within_four_units_in_the_last_place(string name)
    {
        var function = Enum.Parse<Unary>(name, ignoreCase: true);
        var (x, expected) = Table(name);
        var scalar = Unaries.Of(function).Value;
        var graph = PlanCases.Graph(
            [
                [x.Length],
            ],
            inputs => [Ops.Map(function, inputs[0])]
        );
        var planned = PlanCases.Run(graph, [x])[0];
        for (var i = 0; i < x.Length; i++)
        {
            Assert.True(
                Units.Distance(expected[i], scalar(x[i])) <= 4,
                $"{name}({x[i]:R}): expected {expected[i]:R}, the reference gives {scalar(x[i]):R}"
            );
            Assert.True(
                Units.Distance(expected[i], planned[i]) <= 4,
                $"{name}({x[i]:R}): expected {expected[i]:R}, the plan gives {planned[i]:R}"
            );
        }
    }

    [Fact]
    public void Erfc_keeps_its_relative_accuracy_in_the_right_tail()
    {
        (double X, double Expected)[] table =
        [
            (-7.0, 2.0),
            (-2.0, 1.9953222650189527342),
            (-0.5, 1.5204998778130465377),
            (0.125, 0.85968379519866618261),
            (0.5, 0.47950012218695346232),
            (0.9, 0.20309178757716786034),
            (1.25, 0.077099871743541769863),
            (2.0, 0.0046777349810472658379),
            (2.9, 0.000041097878099458857996),
            (5.0, 1.5374597944280348502e-12),
            (10.0, 2.088487583762544757e-45),
            (20.0, 5.3958656116079009289e-176),
            (26.0, 5.6631924088561428465e-296),
            (27.0, 5.237048923789255685e-319),
        ];
        foreach (var (x, expected) in table)
            Assert.True(
                Units.Distance(expected, SpecialFunctions.Erfc(x)) <= 8,
                $"erfc({x:R}): expected {expected:R}, got {SpecialFunctions.Erfc(x):R}"
            );
    }

    [Fact]
    public void Singles_within_two_units_in_the_last_place()
    {
        foreach (var name in Functions)
        {
            var function = Enum.Parse<Unary>(name, ignoreCase: true);
            var (x, _) = Table(name);
            var graph = PlanCases.Graph(
                [
                    [x.Length],
                ],
                inputs => [Ops.Map(function, inputs[0])]
            );
            double[] rounded = [.. x.Select(value => (double)(float)value)];
            var planned = PlanCases.RunSingle(graph, [rounded])[0];
            for (var i = 0; i < x.Length; i++)
            {
                var expected = (float)Unaries.Of(function).Value(rounded[i]);
                Assert.True(Units.Distance(expected, (float)planned[i]) <= 2, $"{name}({rounded[i]:R}): {expected:R}, {planned[i]:R}");
            }
        }
    }

    [Fact]
    public void A_result_does_not_depend_on_its_position()
    {
        foreach (var function in Enum.GetValues<Unary>())
        {
            var x = PlanCases.Random(1100, 5);
            var graph = PlanCases.Graph(
                [
                    [1100],
                ],
                inputs => [Ops.Map(function, inputs[0])]
            );
            var all = PlanCases.Run(graph, [x])[0];
            foreach (var length in (int[])[1, 2, 3, 5, 7, 9, 15, 513])
            {
                var part = PlanCases.Graph(
                    [
                        [length],
                    ],
                    inputs => [Ops.Map(function, inputs[0])]
                );
                Assert.Equal(all[100..(100 + length)], PlanCases.Run(part, [x[100..(100 + length)]])[0]);
            }
        }
    }

    private static (double[] X, double[] Expected) Table(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Reference", "functions.json");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        var rows = document.RootElement.GetProperty(name).EnumerateArray().ToArray();
        double[] x = [.. rows.Select(row => Hexadecimal(row[0].GetString()!))];
        double[] expected = [.. rows.Select(row => double.Parse(row[1].GetString()!, CultureInfo.InvariantCulture))];
        return (x, expected);
    }

    /// <summary>C's hexadecimal notation, as in -0x1.8p-3.</summary>
    private static double Hexadecimal(string text)
    {
        var negative = text.StartsWith('-');
        var parts = text.TrimStart('-')[2..].Split('p');
        var digits = parts[0].Split('.');
        var fraction = digits.Length > 1 ? digits[1] : "";
        var mantissa = long.Parse(digits[0] + fraction, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var value = Math.ScaleB(mantissa, int.Parse(parts[1], CultureInfo.InvariantCulture) - (4 * fraction.Length));
        return negative ? -value : value;
    }
}
