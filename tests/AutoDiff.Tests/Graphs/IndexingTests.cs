using static AutoDiff.Ops;

namespace AutoDiff.Tests.Graphs;

public sealed class IndexingTests
{
    private static readonly Tensor X = Reshape(Tensor.Range(24), 2, 3, 4);

    [Fact]
    public void PositionsTakeAxesAwayAndRangesKeepThem()
    {
        Assert.Equal([3, 4], X[1].Shape);
        Assert.Equal([1, 3, 4], X[1..].Shape);
        Assert.Equal(23, X[^1, ^1, ^1].Item());
        Assert.Equal(23, X[-1, -1, -1].Item());
        Assert.Equal([4, 8], X[0, 1..^0, 0].ToArray());
        Assert.Equal([2, 0, 4], X[.., 2..2].Shape);
        Assert.Same(X, X[..]);
        Assert.Same(X, X[TensorIndex.Ellipsis]);
        Assert.Equal([2, 1, 3], X[TensorIndex.Ellipsis, TensorIndex.NewAxis, .., 1].Shape);
        Assert.Equal([1, 3, 1], X[TensorIndex.NewAxis, 0, .., 0, TensorIndex.NewAxis].Shape);
        Assert.Equal(7, Tensor.Of(7)[TensorIndex.Ellipsis].Item());
    }

    [Fact]
    public void APartIsOneSlice()
    {
        var part = X[0, 1..3];
        Assert.Equal(2, Walk.Order(part).OfType<Apply>().Count() - Walk.Order(X).OfType<Apply>().Count());
    }

    public static TheoryData<string, string> Refused =>
        new()
        {
            { "past the end", "[Tensor.Part] got 2 for axis 0 of [2,3,4]; expected -2 to 1" },
            { "past the start", "[Tensor.Part] got ^3 for axis 0 of [2,3,4]; expected -2 to 1" },
            { "as far past the start as can be", "[Tensor.Part] got ^2147483647 for axis 0 of [2,3,4]; expected -2 to 1" },
            { "a range past the end", "[Tensor.Part] got 1..5 for axis 1 of [2,3,4]; expected a range within 0..3" },
            { "a range backwards", "[Tensor.Part] got 2..1 for axis 1 of [2,3,4]; expected a range within 0..3" },
            {
                "too many",
                "[Tensor.Part] got [0, 0, 0, 0..^0] for [2,3,4]; expected at most 3 positions and ranges, and Ellipsis at most once"
            },
            {
                "two ellipses",
                "[Tensor.Part] got [Ellipsis, NewAxis, Ellipsis] for [2,3,4]; expected at most 3 positions and ranges, and Ellipsis at most once"
            },
            { "of nothing", "[Tensor.Part] got 0 for axis 0 of [0]; expected no position, as the axis is empty" },
            { "set too much", "[SliceUpdate.Set] got [3] for elements [4] of [2,3,4]; expected a shape that broadcasts to [4]" },
            { "a constant index", "[Tensor.At] got index 3 for axis 1 of [2,3,4]; expected whole numbers in 0 … 2" },
            { "an index that is not whole", "[Tensor.At] got index 0.5 for axis 0 of [2,3,4]; expected whole numbers in 0 … 1" },
            {
                "add too much",
                "[IndexUpdate.Add] got [5,4] at indices [2] of axis 1 of [2,3,4]; expected a shape that broadcasts to [2,2,4]"
            },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void WhatLiesOutsideIsRefused(string what, string message)
    {
        Func<object> call = what switch
        {
            "past the end" => () => X[2],
            "past the start" => () => X[-3],
            "as far past the start as can be" => () => X[int.MinValue],
            "a range past the end" => () => X[0, 1..5],
            "a range backwards" => () => X[0, 2..1],
            "too many" => () => X[0, 0, 0, ..],
            "two ellipses" => () => X[TensorIndex.Ellipsis, TensorIndex.NewAxis, TensorIndex.Ellipsis],
            "of nothing" => () => Tensor.Zeros(0)[0],
            "set too much" => () => X.At(0, 0).Set(Tensor.Ones(3)),
            "a constant index" => () => X.At(Tensor.Of([0.0, 3]), 1),
            "an index that is not whole" => () => X.At(Tensor.Of([0.5])),
            _ => () => X.At(Tensor.Of([0.0, 1]), 1).Add(Tensor.Ones(5, 4)),
        };
        Assert.Equal(message, Assert.Throws<ArgumentException>(call).Message);
    }

    [Fact]
    public void AComputedIndexOutOfRangeIsRefusedWhenItIsKnown()
    {
        var set = Transforms.Compile((Tensor at) => X.At(at).Set(0));
        Assert.Contains(
            "[LastPicks] index 2 is out of range",
            Assert.Throws<ArgumentException>(() => set.Invoke(Tensor.Of([2.0]))).Message
        );
    }

    [Fact]
    public void OfEqualIndicesTheLastIsSetAndAllAreAdded()
    {
        var at = Tensor.Of([1.0, 0, 1]);
        Assert.Equal([5, 6, 0], Tensor.Zeros(3).At(at).Set(Tensor.Of([4.0, 5, 6])).ToArray());
        Assert.Equal([5, 10, 0], Tensor.Zeros(3).At(at).Add(Tensor.Of([4.0, 5, 6])).ToArray());
    }

    [Fact]
    public void NumbersOnALineAreNumPys()
    {
        Assert.Equal([-1, -0.25, 0.5, 1.25, 2], Tensor.Linspace(-1, 2, 5).ToArray());
        Assert.Equal([3], Tensor.Linspace(3, 9, 1).ToArray());
        Assert.Equal([0], Tensor.Linspace(3, 9, 0).Shape);
        Assert.Equal([-double.MaxValue, 0, double.MaxValue], Tensor.Linspace(-double.MaxValue, double.MaxValue, 3).ToArray());
        Assert.Equal(0.1 * 3, Tensor.Linspace(0, 1, 11).ToArray()[3]);
        Assert.Equal([1, 1.35, 1.7], Tensor.Arange(1, 2.05, 0.35).ToArray());
        Assert.Equal([5, 3], Tensor.Arange(5, 1, -2).ToArray());
        Assert.Equal([0], Tensor.Arange(1, 0).Shape);
        Assert.Equal([1, 0, 0, 1, 1, 0], Tensor.Tri(2, 3).ToArray());
        Assert.Equal([0, 0, 1, 0], Tensor.Tri(2, offset: -1).ToArray());
        Assert.Equal([1, 1, 0, 1, 1, 1], Tensor.Tri(2, 3, 1).ToArray());
    }

    [Fact]
    public void ShapesAndAxesAreGivenAsTheyAreSpoken()
    {
        Assert.Equal([3, 4], Tensor.Zeros(3, 4).Shape);
        Assert.Equal([3, 4], Tensor.Ones([3, 4]).Shape);
        Assert.Equal([], Tensor.Zeros().Shape);
        int[] axes = [0, 2];
        Assert.Equal(Sum(X, 0, 2).ToArray(), Sum(X, axes).ToArray());
        Assert.Equal([1, 3, 1], Sum(X, axes, keepDims: true).Shape);
        Assert.Equal([1, 3, 1], Variance(X, [0, 2], keepDims: true).Shape);
        Assert.Equal([1, 1, 1], Norm(X, keepDims: true).Shape);
        Assert.Equal([2, 1, 4], Median(X, 1, keepDims: true).Shape);
        Assert.Equal([3], StandardDeviation(X, 0, 2).Shape);
        Assert.Equal(Variance(X, [0], correction: 1).ToArray(), Variance(X, 0, keepDims: false, correction: 1).ToArray());
        Assert.Equal([2, 3, 8], Concatenate(X, X, -1).Shape);
    }
}
