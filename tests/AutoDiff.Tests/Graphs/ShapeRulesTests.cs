namespace AutoDiff.Tests.Graphs;

/// <summary>Ops made by hand, or changed by <c>with</c>, meet the same checks: none reaches execution with parameters out of range.</summary>
public sealed class ShapeRulesTests
{
    private static readonly Tensor X = ArgumentValues.Filled(4, 6);
    private static readonly Op.Windows Windows = new(0, 2, 1, 1);
    private static readonly Op.OverlapAdd OverlapAdd = new(0, 30, 1, 1);
    private static readonly Op.Slice Slice = new([1, 0], [2, 6], [1, 1]);
    private static readonly Op.Pad Pad = new([1, 0], [0, 1], [2, 0], 0.5);
    private static readonly Op.ScatterAdd ScatterAdd = new(1, 5);

    public static TheoryData<Op, int> Refused =>
        new()
        {
            { new Op.Map((Unary)(-1)), 1 },
            { new Op.Map(Enum.GetValues<Unary>().Max() + 1), 1 },
            { new Op.Zip((Binary)(-1)), 2 },
            { new Op.Zip(Enum.GetValues<Binary>().Max() + 1), 2 },
            { new Op.Map(Unary.Exp), 0 },
            { new Op.Map(Unary.Exp), 2 },
            { new Op.Zip(Binary.Add), 1 },
            { new Op.Zip(Binary.Add), 3 },
            { new Op.Select(), 2 },
            { new Op.Select(), 4 },
            { new Op.MatMul(), 1 },
            { new Op.MatMul(), 2 },
            { new Op.Concatenate(0), 0 },
            { new Op.Concatenate(-1), 2 },
            { new Op.Concatenate(2), 2 },
            { new Op.Scan(null!), 1 },
            { new Op.Scan(new(new([new([4, 6], "s")], [new Input([4, 6], "s")]), 0, 1, 2, false)), 2 },
            { new Op.Scan(new(new([new([6, 4], "s")], [new Input([6, 4], "s")]), 0, 1, 2, false)), 1 },
            { new Op.Scan(new(new([new([4, 6], "x")], []), 0, 0, 4, false)), 1 },
            { new Op.Scan(new(new([new([6], "x")], []), 0, 0, 3, false)), 1 },
            { new Op.While(null!), 1 },
            { new Op.While(new(new([new([4, 6], "s")], [0, new Input([4, 6], "s")]), 0)), 1 },
            { new Op.While(new(new([new([4, 6], "s")], [0, new Input([4, 6], "s")]), 0)), 2 },
            { new Op.Cond(null!), 1 },
            { new Op.Cond(new([], [new Input([], "x")], [new Input([], "x")])), 1 },
            { new Op.Cond(new([], [new Input([], "x")], [new Input([], "x")])), 2 },
            { new Op.Barrier(new object()), 0 },
            { new Op.Reduce((Reduction)99, [0]), 1 },
            { new Op.Reduce(Reduction.Sum, [0, 0]), 1 },
            { new Op.Reduce(Reduction.Sum, [1, 0]), 1 },
            { new Op.Reduce(Reduction.Sum, [-1]), 1 },
            { new Op.Reduce(Reduction.Sum, [2]), 1 },
            { new Op.Reduce(Reduction.Sum, null!), 1 },
            { new Op.Flip([1, 1]), 1 },
            { new Op.Flip([1, 0]), 1 },
            { new Op.Flip([2]), 1 },
            { new Op.Flip([-1]), 1 },
            { new Op.Flip(null!), 1 },
            { new Op.ArgMax(2), 1 },
            { new Op.ArgMax(-1), 1 },
            { new Op.CumulativeSum(2, false), 1 },
            { new Op.CumulativeSum(-1, false), 1 },
            { new Op.Reshape([25]), 1 },
            { new Op.Reshape([23]), 1 },
            { new Op.Reshape(null!), 1 },
            { new Op.Transpose([0]), 1 },
            { new Op.Transpose([0, 0]), 1 },
            { new Op.Transpose([0, 2]), 1 },
            { new Op.Transpose([0, 1, 2]), 1 },
            { new Op.Transpose(null!), 1 },
            { new Op.Broadcast([4, 7]), 1 },
            { new Op.Broadcast([6]), 1 },
            { new Op.Broadcast([1, 6]), 1 },
            { new Op.Broadcast(null!), 1 },
            { Slice with { Start = [-1, 0] }, 1 },
            { Slice with { Start = [3, 0] }, 1 },
            { Slice with { Start = [5, 0], Length = [0, 6] }, 1 },
            { Slice with { Start = [4, 0], Length = [1, 6] }, 1 },
            { Slice with { Length = [4, 6] }, 1 },
            { Slice with { Length = [-1, 6] }, 1 },
            { Slice with { Step = [0, 1] }, 1 },
            { Slice with { Step = [-1, 1] }, 1 },
            { Slice with { Step = [3, 1] }, 1 },
            { Slice with { Step = [int.MaxValue, 1], Length = [3, 6] }, 1 },
            { Slice with { Start = [1] }, 1 },
            { Slice with { Length = [2] }, 1 },
            { Slice with { Step = [1, 1, 1] }, 1 },
            { Slice with { Step = null! }, 1 },
            { Pad with { Low = [-1, 0] }, 1 },
            { Pad with { High = [0, -1] }, 1 },
            { Pad with { Interior = [-1, 0] }, 1 },
            { Pad with { Low = [1] }, 1 },
            { Pad with { High = [1] }, 1 },
            { Pad with { Interior = [1] }, 1 },
            { Pad with { Interior = null! }, 1 },
            { Pad with { Low = [int.MaxValue, 0], High = [int.MaxValue, 0] }, 1 },
            { Pad with { Interior = [0, int.MaxValue] }, 1 },
            { new Op.Gather(-1), 2 },
            { new Op.Gather(2), 2 },
            { new Op.Gather(3), 2 },
            { ScatterAdd with { Length = -1 }, 2 },
            { ScatterAdd with { BatchRank = -1 }, 2 },
            { ScatterAdd with { BatchRank = 3 }, 2 },
            { Windows with { Axis = -1 }, 1 },
            { Windows with { Axis = 2 }, 1 },
            { Windows with { Size = 0 }, 1 },
            { Windows with { Size = -1 }, 1 },
            { Windows with { Size = 5 }, 1 },
            { Windows with { Size = int.MaxValue, Dilation = int.MaxValue }, 1 },
            { Windows with { Stride = 0 }, 1 },
            { Windows with { Stride = int.MinValue }, 1 },
            { Windows with { Dilation = 0 }, 1 },
            { Windows with { Dilation = -1 }, 1 },
            { Windows with { Dilation = 4 }, 1 },
            { OverlapAdd with { Axis = -1 }, 1 },
            { OverlapAdd with { Axis = 1 }, 1 },
            { OverlapAdd with { Axis = 2 }, 1 },
            { OverlapAdd with { Stride = 0 }, 1 },
            { OverlapAdd with { Stride = -1 }, 1 },
            { OverlapAdd with { Dilation = 0 }, 1 },
            { OverlapAdd with { Dilation = -3 }, 1 },
            { OverlapAdd with { Length = 8 }, 1 },
            { OverlapAdd with { Length = -1 }, 1 },
            { OverlapAdd with { Stride = int.MaxValue, Dilation = int.MaxValue }, 1 },
        };

    public static TheoryData<Op, int[]> Accepted =>
        new()
        {
            { Slice with { Length = [3, 6] }, [3, 6] },
            { Slice with { Step = [2, 1] }, [2, 6] },
            { Slice with { Start = [4, 0], Length = [0, 6] }, [0, 6] },
            { Slice with { Step = [int.MaxValue, 1], Length = [1, 6] }, [1, 6] },
            { Slice with { Start = [0, 0], Length = [4, 6] }, [4, 6] },
            { Pad, [11, 7] },
            { Windows with { Size = 4 }, [1, 6, 4] },
            { Windows with { Size = 1, Dilation = int.MaxValue, Stride = int.MaxValue }, [1, 6, 1] },
            { Windows with { Dilation = 3 }, [1, 6, 2] },
            { OverlapAdd with { Length = 9 }, [9] },
            { OverlapAdd with { Length = 24, Stride = 6 }, [24] },
            { new Op.Flip([0, 1]), [4, 6] },
            { new Op.Reduce(Reduction.Max, [0, 1]), [] },
            { new Op.Broadcast([3, 4, 6]), [3, 4, 6] },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Parameters_out_of_range_are_refused_where_the_node_is_built(Op op, int arguments)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => Apply.Of(op, [.. Enumerable.Repeat(X, arguments)]));
        Assert.StartsWith("[", error.Message, StringComparison.Ordinal);
        Assert.Contains("; expected", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Parameters_at_their_bounds_are_taken_and_computed(Op op, int[] shape)
    {
        var node = Apply.Of(op, X);
        Assert.Equal(shape, node.Shape);
        Assert.Equal(Reference.Evaluate(Graph.Of([], [node]), [])[0], node.ToArray());
    }

    [Fact]
    public void Arguments_are_tensors_of_shapes_that_fit()
    {
        Assert.Throws<ArgumentNullException>(() => Apply.Of(new Op.Map(Unary.Exp), (Tensor)null!));
        Assert.Throws<ArgumentException>(() => Apply.Of(new Op.Zip(Binary.Add), X, Tensor.Zeros([6, 4])));
        Assert.Equal([0, 2], Apply.Of(new Op.OverlapAdd(0, 0, 1, 1), Tensor.Zeros([0, 2, 3])).Shape);
        Tensor Gather(int batch, params int[] indices) => Apply.Of(new Op.Gather(batch), X, Tensor.Zeros(Shape.Of(indices)));
        Assert.Equal([4, 2], Gather(1, 4, 2).Shape);
        Assert.Equal([4], Gather(1, 4).Shape);
        Assert.Throws<ArgumentException>(() => Gather(1, 3, 2));
        Assert.Throws<ArgumentException>(() => Gather(1));
        Assert.Throws<ArgumentException>(() => Gather(2, 4, 6));
        Tensor Scatter(int batch, params int[] indices) => Apply.Of(new Op.ScatterAdd(batch, 9), X, Tensor.Zeros(Shape.Of(indices)));
        Assert.Equal([9, 6], Scatter(0, 4).Shape);
        Assert.Equal([4, 9], Scatter(1, 4, 6).Shape);
        Assert.Equal([4, 6, 9], Scatter(2, 4, 6).Shape);
        Assert.Throws<ArgumentException>(() => Scatter(0, 3));
        Assert.Throws<ArgumentException>(() => Scatter(2, 4));
        Assert.Throws<ArgumentException>(() => Scatter(0, 4, 6, 1));
    }

    [Fact]
    public void Products_of_unequal_ranks_inner_lengths_or_batches_are_refused()
    {
        static Tensor Product(int[] left, int[] right) =>
            Apply.Of(new Op.MatMul(), Tensor.Zeros(Shape.Of(left)), Tensor.Zeros(Shape.Of(right)));
        Assert.Equal([5, 2, 4], Product([5, 2, 3], [5, 3, 4]).Shape);
        foreach (
            var (left, right) in new (int[], int[])[]
            {
                ([3], [3]),
                ([2, 3], [5, 3, 4]),
                ([2, 3], [4, 5]),
                ([5, 2, 3], [1, 3, 4]),
                ([70000, 1], [1, 70000]),
            }
        )
            Assert.Throws<ArgumentException>(() => Product(left, right));
    }
}
