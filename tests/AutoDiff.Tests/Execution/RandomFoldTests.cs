using static AutoDiff.Ops;

namespace AutoDiff.Tests.Execution;

/// <summary>Products with matrices made of random views, and sums of windows made of products: the reference's, at one thread and at several, within the operands.</summary>
public sealed class RandomFoldTests
{
    private const int LargestSize = 20_000;
    private const int LargestProduct = 400_000;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Products_of_random_views_are_the_reference_s(int seed)
    {
        for (var i = 0; i < 12; i++)
            Check(Product(new Random((1000 * seed) + i)), seed);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Random_convolutions_and_their_transposes_are_the_reference_s(int seed)
    {
        for (var i = 0; i < 6; i++)
        {
            foreach (var graph in Convolutions(new Random((1000 * seed) + i)))
                Check(graph, seed);
        }
    }

    private static void Check(Graph graph, int seed)
    {
        PlanCases.Check(graph, seed);
        var inputs = PlanCases.Inputs(graph, seed);
        var expected = PlanCases.Run(graph, inputs);
        var actual = graph.Outputs.ToArray().Select(id => new double[graph.Nodes[id].Shape.Size]).ToArray();
        Plan<double>.Of(graph, 3, guarded: true).Run(inputs, actual);
        Assert.Equal(expected, actual);
    }

    /// <summary>A view of an input, cut into matrices, by others on the left and by its own transpose, in random company.</summary>
    private static Graph Product(Random random)
    {
        int[] shape = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(1, 9))];
        var (rows, seed) = (random.Next(1, 9), random.Next());
        // The shapes of the factors are those that the view comes to.
        var matrices = Matrices(new Input(Shape.Of(shape), "x"), new Random(seed)).Shape.AsSpan().ToArray();
        int[] batch = matrices[..^2];
        return PlanCases.Graph(
            [shape, [.. batch, rows, matrices[^2]], [.. batch, rows, matrices[^1]]],
            x =>
            {
                var folded = Matrices(x[0], new Random(seed));
                Tensor[] results =
                [
                    MatMul(x[1], folded),
                    MatMul(x[2], Transposed(folded)),
                    MatMul(Transposed(x[1]), x[2]),
                    MatMul(folded, Transposed(folded)),
                    MatMul(Transposed(folded), folded),
                    MatMul(Transposed(Transposed(Transposed(folded))), Transposed(x[1])),
                    Sum(folded),
                    folded,
                ];
                return
                [
                    .. results.Where(result =>
                        random.Next(3) == 0
                        && result.Shape.Size * (double)folded.Shape[-1] <= LargestProduct
                        && result.Shape.Size * (double)folded.Shape[-2] <= LargestProduct
                    ),
                    results[0],
                ];
            }
        );
    }

    private static Tensor Matrices(Tensor x, Random random)
    {
        for (var i = random.Next(2, 8); i > 0; i--)
        {
            var next = View(x, random);
            if (next.Shape.Size is > 0 and <= LargestSize && next.Rank <= 7)
                x = next;
        }
        if (x.Rank < 2)
            x = Windows(x, 0, Math.Min(3, x.Shape[0]));
        var column = random.Next(1, x.Rank);
        var row = random.Next(column);
        var lengths = x.Shape.AsSpan();
        var columns = Product(lengths[column..]);
        if (random.Next(4) == 0)
            return ReshapeTo(x, [x.Shape.Size / columns, columns]);
        var rows = Product(lengths[row..column]);
        return ReshapeTo(x, [.. lengths[..row], rows, columns]);
    }

    private static Tensor View(Tensor x, Random random)
    {
        if (x.Rank == 0)
            return x;
        var axis = random.Next(x.Rank);
        var length = x.Shape[axis];
        switch (random.Next(8))
        {
            case 0 or 1 or 2:
                var (size, dilation) = (random.Next(1, 5), random.Next(1, 3));
                return length > (size - 1) * dilation ? Windows(x, axis, size, random.Next(1, 4), dilation) : x;
            case 3 or 4:
                int[] order = [.. Enumerable.Range(0, x.Rank)];
                random.Shuffle(order);
                return Transpose(x, order);
            case 5:
                return Flip(x, axis);
            case 6:
                return Slice(x, axis, random.Next(length), null, random.Next(1, 3));
            default:
                return BroadcastTo(ExpandDims(x, axis), [.. x.Shape.AsSpan()[..axis], random.Next(1, 4), .. x.Shape.AsSpan()[axis..]]);
        }
    }

    private static Graph[] Convolutions(Random random)
    {
        var rank = random.Next(1, 4);
        var (batch, groups) = (random.Next(4), random.Next(1, 3));
        var (channels, outputs) = (random.Next(1, 4) * groups, random.Next(1, 5) * groups);
        var (sizes, strides, dilations) = (Draw(1, 4), Draw(1, 5), Draw(1, 4));
        var (low, high) = (Draw(0, 4), Draw(0, 4));
        var lengths = Draw(1, rank == 3 ? 6 : 12);
        for (var i = 0; i < rank; i++)
            lengths[i] = Math.Max(lengths[i], ((sizes[i] - 1) * dilations[i]) + 1 - low[i] - high[i]);
        var window = new ConvolutionWindow(Ints.Of(strides), Ints.Of(low), Ints.Of(high), Ints.Of(dilations));
        int[] images = [batch, channels, .. lengths];
        int[] kernel = [outputs, channels / groups, .. sizes];
        var y = Convolution(Tensor.Zeros([.. images]), Tensor.Zeros([.. kernel]), window, groups).Shape.AsSpan().ToArray();
        return
        [
            PlanCases.Graph([images, kernel], x => [Convolution(x[0], x[1], window, groups)]),
            PlanCases.Graph([y, kernel], x => [ConvolutionTranspose(x[0], x[1], Ints.Of(lengths), window, groups)]),
            PlanCases.Graph([images, y], x => [ConvolutionKernelTranspose(x[0], x[1], Ints.Of(sizes), window, groups)]),
        ];

        int[] Draw(int from, int to) => [.. Enumerable.Range(0, rank).Select(_ => random.Next(from, to))];
    }

    private static Tensor Transposed(Tensor x) => Transpose(x, [.. Enumerable.Range(0, x.Rank - 2), x.Rank - 1, x.Rank - 2]);

    private static int Product(ReadOnlySpan<int> lengths)
    {
        var product = 1;
        foreach (var length in lengths)
            product *= length;
        return product;
    }
}
