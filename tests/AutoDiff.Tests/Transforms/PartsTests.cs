using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>Functions that read a tensor part by part, against the same function of the whole.</summary>
public class PartsTests
{
    private static readonly Tensor X = Key.Of(3).Normal([12, 5]);
    private static readonly Tensor V = Key.Of(4).Normal([12, 5]);

    public static TheoryData<string> Readings => [.. All.Keys];

    /// <summary>Ways to read x [12, 5]: each gives parts that together may leave out, repeat or overlap.</summary>
    private static Dictionary<string, Func<Tensor, IEnumerable<Tensor>>> All =>
        new()
        {
            ["rows"] = x => Rows.Select(i => Take(x, 0, i)),
            ["some rows"] = x => Rows.Where(i => i % 3 != 0).Select(i => Take(x, 0, i)),
            ["rows backwards"] = x => Rows.Reverse().Select(i => Take(x, 0, i)),
            ["rows twice"] = x => Rows.Concat(Rows).Select(i => Take(x, 0, i)),
            ["columns"] = x => Columns.Select(i => Take(x, 1, i)),
            ["split"] = x => Split(x, [1, 2, 0, 4, 5]),
            ["split columns"] = x => Split(x, [2, 3], 1),
            ["overlapping rows"] = x => Rows.SkipLast(2).Select(i => Slice(x, 0, i, i + 3)),
            ["overlapping columns"] = x => Columns.SkipLast(1).Select(i => Slice(x, 1, i, i + 2)),
            ["many overlapping columns"] = x => Enumerable.Range(0, 12).Select(i => Slice(x, 1, i % 4, (i % 4) + 1 + (i % 2))),
            ["strided rows"] = x => Rows.Take(10).Select(i => Slice(x, 0, i % 3, null, 2 + (i % 2))),
            ["backward strides"] = x => Rows.Take(9).Select(i => Slice(x, 0, 11 - i, null, -2)),
            ["rows and columns"] = x => Rows.Select(i => Take(x, 0, i)).Concat(Columns.Select(i => Take(x, 1, i))),
            ["elements"] = x => Rows.SelectMany(i => Columns.Select(j => Take(Take(x, 0, i), 0, j))),
            ["patches"] = x => Rows.SkipLast(2).Select(i => Slice(Slice(x, 0, i, i + 3), 1, i % 4, (i % 4) + 2)),
            ["patches of a grid"] = x => Rows.Take(9).Select(i => Slice(Reshape(x, 3, 4, 5), 1, i % 3, (i % 3) + 2)),
            ["columns of the transpose"] = x => Columns.Select(i => Take(Transpose(x), 0, i)),
            ["rows reshaped"] = x => Rows.Select(i => Slice(Reshape(x, 60), 0, 5 * i, (5 * i) + 3)),
            ["gathered"] = x => Rows.Select(i => Gather(x, new double[] { i, (i + 5) % 12 })),
            ["gathered columns"] = x => Columns.Select(i => Gather(x, new double[] { i, i, 4 - i }, axis: 1)),
            ["gathered in batches"] = x =>
                Columns.Select(i => Gather(x, BroadcastTo(new double[] { i, 4 - i }, [12, 2]), axis: 1, batchAxes: 1)),
            ["gathered one"] = x =>
                [
                    Gather(x, 3.0),
                    Gather(
                        x,
                        new double[,]
                        {
                            { 1, 2 },
                            { 3, 3 },
                        }
                    ),
                    Gather(x, Tensor.Zeros([0])),
                ],
            ["all ways"] = x => [x, Take(x, 0, 1), Take(x, 0, 2), Take(x, 1, 3), Gather(x, 3.0), Gather(x, 2.0), Slice(x, 0, 1, 1)],
        };

    private static IEnumerable<int> Rows => Enumerable.Range(0, 12);

    private static IEnumerable<int> Columns => Enumerable.Range(0, 5);

    /// <summary>A product with a matrix of zeros and ones reads the same elements, and is differentiated by another rule.</summary>
    [Theory]
    [MemberData(nameof(Readings))]
    public void DerivativesAreThoseOfAProductWithThePositions(string reading)
    {
        var read = All[reading];
        Func<Tensor, Tensor> byParts = x => Loss([.. read(x).Select(part => Reshape(part, -1))]);
        var flat = Reshape(Tensor.Range(60), 12, 5);
        var selections = read(flat).Where(part => part.Shape.Size > 0).Select(Selection).ToArray();
        Func<Tensor, Tensor> byProducts = x => Loss([.. selections.Select(one => Reshape(MatMul(one, Reshape(x, 60, 1)), -1))]);
        Same(byProducts, byParts);
        Same(x => Sum(Square(Grad(byProducts, x))), x => Sum(Square(Grad(byParts, x))));

        static Tensor Selection(Tensor part) => Evaluate(OneHot(Reshape(part, -1), 60));
    }

    [Theory]
    [MemberData(nameof(Readings))]
    public void BatchesAndPlansAgreeWithLoops(string reading)
    {
        var read = All[reading];
        Func<Tensor, Tensor> gradient = x => Grad((Tensor y) => Loss([.. read(y).Select(part => Reshape(part, -1))]), x);
        var batch = Stack([X, V, X * V]);
        Close(Stack([gradient(X), gradient(V), gradient(X * V)]), Vmap(gradient)(batch));
        Close(
            Hvp((Tensor y) => Sum(Square(gradient(y))), X, V),
            Compile((Tensor y) => Hvp((Tensor z) => Sum(Square(gradient(z))), y, V)).Invoke(X)
        );
        Close(MatMul(Jacobian(gradient, X), Reshape(V, 60, 1)), Reshape(Linearize(gradient, X).Transposed().Apply(V), 60, 1));
    }

    private static Tensor Loss(Tensor[] parts) =>
        parts.Where(part => part.Shape.Size > 0).Select((part, i) => Sum(Sin(part * (1 + (0.1 * i)))) * Sum(Square(part))).Aggregate(Add);

    private static void Same(Func<Tensor, Tensor> expected, Func<Tensor, Tensor> actual)
    {
        Close(expected(X), actual(X));
        Close(Grad(expected, X), Grad(actual, X));
        Close(Hvp(expected, X, V), Hvp(actual, X, V));
    }

    private static void Close(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        var scale = 1 + expected.ToArray().Max(Math.Abs);
        Assert.All(expected.ToArray().Zip(actual.ToArray()), pair => Assert.Equal(pair.First / scale, pair.Second / scale, 1e-12));
    }
}
