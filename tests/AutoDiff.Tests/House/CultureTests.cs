using System.Globalization;
using AutoDiff.Curvature;
using AutoDiff.Optimization;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.House;

/// <summary>What the library prints, and what it says of misuse, is the same in every culture.</summary>
public class CultureTests
{
    private static readonly Func<string>[] _texts =
    [
        () => Tensor.Of([0.5, -1234.25]).ToString(),
        () => Printed(Exp(new Input([2], "x") * 1234.5)),
        () => Printed(Pad(new Input([2], "x"), [1], [1], 0.25)),
        () => Graph.Of([], [Tensor.Full(0.5, [2])]).ToGraphviz(),
        () => Plan<double>.Of(Padded()).ToString()!,
        () => System.Text.Json.JsonSerializer.Serialize(Tensor.Of([0.5, -1234.25])),
        () => CriticalPoint.Classify((Tensor x) => Sum(Square(x) * Tensor.Of([0.5, 1234.25])), Tensor.Of([0, 0])).ToString(),
        () => Refusal(() => Inertia.Of(Tensor.Eye(2).ToArray(), 2, double.NaN)),
        () => Refusal(() => Key.Of(1).Uniform([2], 0.5, -1234.5)),
        () => Refusal(() => Key.Of(1).Bernoulli([2], 1.5)),
        () => Refusal(() => Optimizers.Momentum<Tensor>(0.1, 0.9, dampening: 0.5, nesterov: true)),
        () => Refusal(() => Optimizers.Momentum<Tensor>(0.1, 1.5)),
        () => Refusal(() => Schedules.Cosine(-0.5, 10)),
        () => Refusal(() => Compile((Tensor x) => Log(x), new CompileOptions { CheckFinite = true }).Invoke(-0.5)),
    ];

    [Fact]
    public void TextIsTheSameInEveryCulture()
    {
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator) = (",", ".");
        var expected = Array.ConvertAll(_texts, text => text());
        Assert.Contains(expected, text => text.Contains("0.5", StringComparison.Ordinal));
        CultureInfo.CurrentCulture = comma;
        Assert.Equal(expected, Array.ConvertAll(_texts, text => text()));
    }

    private static Graph Padded()
    {
        var x = new Input([2], "x");
        return Graph.Of([x], [Pad(x, [1], [1], 0.25)]);
    }

    private static string Printed(Tensor output) => Graph.Of([.. Walk.Order(output).OfType<Input>()], [output]).ToString();

    private static string Refusal(Func<object> call)
    {
        var problem = Record.Exception(call);
        Assert.NotNull(problem);
        return problem.Message.Split(" built at ")[0];
    }
}
