using System.Numerics;
using Xunit;

namespace AutoDiff.Properties;

/// <summary>The error of a sum of n terms is at most (<see cref="LongestChain"/> + log₂ n) unit roundings of the sum of their magnitudes, however large n.</summary>
public sealed class SumLaws
{
    // The longest chain is a block of 256 multiply-adds with 16 blocks added one after another; a term that is a product is rounded once more.
    private const int LongestChain = 256 + 16 + 4;

    private static readonly int[] Sizes = [1, 2, 77, 1_001, 1_000_000];
    private const int Largest = 10_000_000;

    // One row for each kernel: the others only reach these in other ways, as the smaller sizes show.
    private static readonly string[] Kernels =
    [
        "Sum",
        "Sum of a leading axis",
        "Sum of a strided view",
        "Dot",
        "Row by matrix",
        "Matrix by column",
        "Matrix by matrix",
        "ScatterAdd",
    ];

    public static TheoryData<string> Cases => [.. SumCases.All.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Error_grows_with_the_logarithm(string name)
    {
        var row = SumCases.All.Single(row => row.Name.Equals(name, StringComparison.Ordinal));
        foreach (var size in Sizes)
        {
            Check<float>(row, size, Alike);
            Check<double>(row, size, Alike);
            Check<float>(row, size, Dust<float>);
            Check<double>(row, size, Dust<double>);
        }
        Check<float>(row, Largest, Alike);
        if (Kernels.Contains(name))
            Check<double>(row, Largest, Alike);
    }

    /// <summary>Equal terms, whose roundings in a chain do not cancel.</summary>
    private static (double X, double Y) Alike(int i) => (0.1, 0.7);

    /// <summary>A number and many too small to change it one by one.</summary>
    private static (double X, double Y) Dust<T>(int i)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (i < 100 ? 1 : 0.7 * Unit<T>(), 1);

    private static void Check<T>(SumCase row, int size, Func<int, (double X, double Y)> element)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var shapes = row.Shapes(size);
        Input[] inputs = [.. shapes.Select((shape, i) => new Input(Shape.Of(shape), $"x{i}"))];
        var graph = Graph.Of(inputs, [row.Function(inputs)]);
        var x = new T[inputs[0].Shape.Size];
        for (var i = 0; i < x.Length; i++)
            x[i] = T.CreateTruncating(element(i).X);
        T[][] operands = [x];
        if (inputs.Length > 1)
        {
            var y = new T[inputs[1].Shape.Size];
            for (var i = 0; i < y.Length; i++)
                y[i] = T.CreateTruncating(row.Partner is null ? i % SumCases.Bins : element(i).Y);
            operands = [x, y];
        }
        var result = new T[graph.Nodes[graph.Outputs[0]].Shape.Size];
        Plan<T>.Of(graph).Run(operands, [result]);

        var exact = new ExactSum[result.Length];
        for (var i = 0; i < x.Length; i++)
        {
            if (row.Target(i, shapes[0]) is var target and >= 0)
                exact[target]
                    .Add(
                        double.CreateTruncating(x[i]),
                        row.Partner is { } partner ? double.CreateTruncating(operands[1][partner(i, shapes[0])]) : 1
                    );
        }
        for (var i = 0; i < result.Length; i++)
        {
            var allowed = Growth(exact[i].Count) * Unit<T>() * exact[i].Magnitude;
            var error = Math.Abs(exact[i].Less(double.CreateTruncating(result[i])));
            Assert.True(
                exact[i].Count == 0 || error <= allowed,
                $"{row.Name}, {typeof(T).Name}, {size} elements: result {i} of {exact[i].Count} terms is {result[i]}, off by {error}, {error / allowed:0.0} times what is allowed"
            );
        }
    }

    /// <summary>How many unit roundings of the sum of their magnitudes a sum of so many terms may err by.</summary>
    internal static double Growth(int count) => Math.Min(count, LongestChain) + Math.Log2(Math.Max(1, count)) + 1;

    private static double Unit<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => double.CreateTruncating(T.BitIncrement(T.One) - T.One) / 2;
}
