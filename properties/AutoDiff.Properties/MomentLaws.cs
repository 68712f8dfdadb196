using System.Numerics;
using Xunit;

namespace AutoDiff.Properties;

/// <summary>What is made of sums is as accurate as they are, however many elements: means, variances, norms, logarithms of sums of exponentials.</summary>
public sealed class MomentLaws
{
    private static readonly int[] Sizes = [1, 2, 77, 1_001, 1_000_000];
    private const int Largest = 10_000_000;
    private const string Short = "short rows";

    private static readonly (string Name, Func<Tensor, int[], Tensor> Function, Truth Truth)[] Functions =
    [
        ("Mean", (x, axes) => Ops.Mean(x, axes), Mean),
        ("Variance", (x, axes) => Ops.Variance(x, axes), Variance),
        ("Norm", (x, axes) => Ops.Norm(x, axes), EuclideanNorm),
        ("Norm of order 1", (x, axes) => Ops.Norm(x, axes, 1), AbsoluteSum),
        ("LogSumExp", (x, axes) => Ops.LogSumExp(x, axes), LogSumExp),
    ];

    // Each kernel's order: side by side, row after row, gathered first, and several short ones at once.
    private static readonly (string Name, Func<int, int[]> Shape, Func<Tensor, Tensor> View, int[] Axes)[] Layouts =
    [
        ("all", n => [n], x => x, [0]),
        ("a leading axis", n => [Math.Max(1, n / 3), 3], x => x, [0]),
        ("a strided view", n => [n], x => Ops.Slice(x, 0, null, null, 2), [0]),
        (Short, n => [Math.Max(1, n / 4), 4], x => x, [1]),
    ];

    public static TheoryData<string, string> Cases =>
        [.. from function in Functions from layout in Layouts select (function.Name, layout.Name)];

    /// <summary>The exact value of a function of some numbers and how far a computed one may be from it, for sums whose error is at most so large a part of their magnitude.</summary>
    private delegate (double Value, double Allowed) Truth(ReadOnlySpan<double> x, double growth, double unit);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Error_grows_with_the_logarithm(string function, string layout)
    {
        foreach (var size in Sizes)
        {
            Check<float>(function, layout, size);
            Check<double>(function, layout, size);
        }
        if (!string.Equals(layout, Short, StringComparison.Ordinal))
            Check<float>(function, layout, Largest);
    }

    private static void Check<T>(string functionName, string layoutName, int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (_, function, truth) = Array.Find(Functions, row => string.Equals(row.Name, functionName, StringComparison.Ordinal));
        var (_, shape, view, axes) = Array.Find(Layouts, row => string.Equals(row.Name, layoutName, StringComparison.Ordinal));
        var input = new Input(Shape.Of(shape(size)), "x");
        var viewed = view(input);
        var graph = Graph.Of([input], [function(viewed, axes)]);
        // A few apart from many that are equal, whose roundings in a chain would not cancel.
        var x = new T[input.Shape.Size];
        for (var i = 0; i < x.Length; i++)
            x[i] = T.CreateTruncating(i < 7 ? i - 2.5 : 0.1);
        var result = new T[graph.Nodes[graph.Outputs[0]].Shape.Size];
        Plan<T>.Of(graph).Run([x], [result]);

        var elements = Array.ConvertAll(x, value => double.CreateTruncating(value));
        var unit = double.CreateTruncating(T.BitIncrement(T.One) - T.One) / 2;
        for (var i = 0; i < Math.Min(result.Length, 10); i++)
        {
            double[] terms =
            [
                .. axes[0] == 1 ? elements[(4 * i)..(4 * (i + 1))]
                : input.Rank == 2 ? elements.Where((_, k) => k % 3 == i)
                : viewed.Shape.Size < elements.Length ? elements.Where((_, k) => k % 2 == 0)
                : elements,
            ];
            var (value, allowed) = truth(terms, SumLaws.Growth(terms.Length) * unit, unit);
            var error = Math.Abs(double.CreateTruncating(result[i]) - value);
            Assert.True(
                error <= allowed + (unit * Math.Abs(value)),
                $"{functionName} over {layoutName}, {typeof(T).Name}, {size} elements: result {i} is {result[i]}, off by {error}, {error / allowed:0.0} times what is allowed"
            );
        }
        for (var i = 10; i < result.Length; i++)
            Assert.True(result[i] == result[9]);
    }

    private static (double, double) Mean(ReadOnlySpan<double> x, double growth, double unit)
    {
        var sum = Sum(x, value => value);
        return (sum.Less(0) / x.Length, growth * sum.Magnitude / x.Length);
    }

    // The mean's error changes every deviation alike: the sum of the squares by its own square, as the deviations add up to 0.
    private static (double, double) Variance(ReadOnlySpan<double> x, double growth, double unit)
    {
        var (mean, error) = Mean(x, growth, unit);
        error += unit * Math.Abs(mean);
        var variance = Sum(x, value => value - mean, squared: true).Less(0) / x.Length;
        return (variance, ((growth + (4 * unit)) * variance) + (2 * error * error));
    }

    private static (double, double) EuclideanNorm(ReadOnlySpan<double> x, double growth, double unit)
    {
        var norm = Math.Sqrt(Sum(x, value => value, squared: true).Less(0));
        return (norm, ((growth / 2) + (4 * unit)) * norm);
    }

    private static (double, double) AbsoluteSum(ReadOnlySpan<double> x, double growth, double unit)
    {
        var sum = Sum(x, Math.Abs).Less(0);
        return (sum, growth * sum);
    }

    // Each exponential errs by its own rounding, by twice that of its argument, and by that of the argument's shift.
    private static (double, double) LogSumExp(ReadOnlySpan<double> x, double growth, double unit)
    {
        var (largest, least) = (double.NegativeInfinity, double.PositiveInfinity);
        foreach (var value in x)
            (largest, least) = (Math.Max(largest, value), Math.Min(least, value));
        var log = Math.Log(Sum(x, value => Math.Exp(value - largest)).Less(0));
        return (largest + log, growth + (unit * (4 + largest - least + (2 * Math.Abs(log)) + Math.Abs(largest))));
    }

    private static ExactSum Sum(ReadOnlySpan<double> x, Func<double, double> term, bool squared = false)
    {
        var sum = new ExactSum();
        foreach (var value in x)
        {
            var part = term(value);
            sum.Add(part, squared ? part : 1);
        }
        return sum;
    }
}
