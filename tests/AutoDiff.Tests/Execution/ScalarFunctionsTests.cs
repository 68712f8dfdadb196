using System.Globalization;
using System.Text.Json;
using Xunit;

namespace AutoDiff.Tests.Execution;

public sealed class ScalarFunctionsTests
{
    public static TheoryData<string> Names => ["exp", "expm1", "log", "log1p", "sqrt", "tanh", "sigmoid", "softplus", "sin", "cos", "erf"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Within_four_units_in_the_last_place(string name)
    {
        var function = Enum.Parse<Unary>(name, ignoreCase: true);
        var (x, expected) = Table(name);
        var scalar = ScalarFunctions.Of(function);
        var graph = PlanCases.Graph([[x.Length]], inputs => [Ops.Map(function, inputs[0])]);
        var planned = PlanCases.Run(graph, [x])[0];
        for (var i = 0; i < x.Length; i++)
        {
            Assert.True(Distance(expected[i], scalar(x[i])) <= 4, $"{name}({x[i]:R}): expected {expected[i]:R}, the reference gives {scalar(x[i]):R}");
            Assert.True(Distance(expected[i], planned[i]) <= 4, $"{name}({x[i]:R}): expected {expected[i]:R}, the plan gives {planned[i]:R}");
        }
    }

    [Fact]
    public void Singles_within_one_unit_in_the_last_place()
    {
        foreach (var name in Names)
        {
            var function = Enum.Parse<Unary>(name, ignoreCase: true);
            var (x, _) = Table(name);
            var graph = PlanCases.Graph([[x.Length]], inputs => [Ops.Map(function, inputs[0])]);
            double[] rounded = [.. x.Select(value => (double)(float)value)];
            var planned = PlanCases.RunSingle(graph, [rounded])[0];
            for (var i = 0; i < x.Length; i++)
            {
                var expected = (float)ScalarFunctions.Of(function)(rounded[i]);
                Assert.True(Math.Abs((long)Ordered(expected) - Ordered((float)planned[i])) <= 1 || float.IsNaN(expected), $"{name}({rounded[i]:R}): {expected:R}, {planned[i]:R}");
            }
        }
    }

    [Fact]
    public void A_result_does_not_depend_on_its_position()
    {
        foreach (var function in Enum.GetValues<Unary>())
        {
            var x = PlanCases.Random(1100, 5);
            var graph = PlanCases.Graph([[1100]], inputs => [Ops.Map(function, inputs[0])]);
            var all = PlanCases.Run(graph, [x])[0];
            foreach (var length in (int[])[1, 2, 3, 5, 7, 9, 15, 513])
            {
                var part = PlanCases.Graph([[length]], inputs => [Ops.Map(function, inputs[0])]);
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
        for (var i = 0; i < x.Length; i++)
        {
            // ln(1 + eˣ) was tabulated through 1 + eˣ, which rounds to 1 this far left; eˣ is the value to full precision.
            if (name == "softplus" && x[i] < -50)
                expected[i] = Math.Exp(x[i]);
        }
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

    private static double Distance(double expected, double actual)
    {
        if (double.IsNaN(expected) || double.IsNaN(actual))
            return double.IsNaN(expected) && double.IsNaN(actual) ? 0 : double.MaxValue;
        return Math.Abs((double)Ordered(expected) - Ordered(actual));
    }

    private static long Ordered(double x) => BitConverter.DoubleToInt64Bits(x) is var bits && bits < 0 ? long.MinValue - bits : bits;

    private static int Ordered(float x) => BitConverter.SingleToInt32Bits(x) is var bits && bits < 0 ? int.MinValue - bits : bits;
}
