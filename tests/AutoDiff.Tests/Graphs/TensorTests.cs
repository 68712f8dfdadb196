using static AutoDiff.Ops;

namespace AutoDiff.Tests;

public class TensorTests
{
    [Fact]
    public void NodesAreEqualByReferenceAndOpsByValue()
    {
        Tensor x = new double[] { 1, 2 };
        Assert.NotEqual(Exp(x), Exp(x));
        Assert.Equal(((Apply)Exp(x)).Op, ((Apply)Exp(x)).Op);
        Assert.Equal(((Apply)Sum(x, 0)).Op, ((Apply)Sum(x, -1)).Op);
        Assert.NotEqual<Op>(new Op.Pad([0], [0], [0], 0), new Op.Pad([0], [0], [0], -0.0));
        Assert.Equal<Op>(new Op.Pad([0], [0], [0], double.NaN), new Op.Pad([0], [0], [0], double.NaN));
    }

    [Fact]
    public void ConvertsFromNumbersArraysSpansAndTensorsAndBack()
    {
        Assert.Equal(Shape.Scalar, ((Tensor)2.5).Shape);
        Assert.Equal(2.5, ((Tensor)2.5).Item());
        Assert.Equal(
            [2, 2],
            (
                (Tensor)
                    new double[,]
                    {
                        { 1, 2 },
                        { 3, 4 },
                    }
            ).Shape
        );
        Assert.Equal([1, 2, 3, 4, 5, 6], Tensor.Of([1, 2, 3, 4, 5, 6], 2, 3).ToArray());
        Assert.Equal(
            new double[,]
            {
                { 1, 2 },
                { 3, 4 },
            },
            Tensor.Of([1, 2, 3, 4], 2, 2).ToMatrix()
        );
        var interop = System.Numerics.Tensors.Tensor.Create(new double[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);
        Assert.Equal([2, 3], Tensor.Of(interop).Shape);
        Assert.Equal(6, Tensor.Of(interop).ToTensor()[1, 2]);
        Assert.Equal(Shape.Scalar, Tensor.Of([7.0], Shape.Scalar).Shape);
        Assert.Equal(
            new double[,]
            {
                { 1, 0 },
                { 0, 1 },
            },
            Tensor.Eye(2).ToMatrix()
        );
    }

    [Fact]
    public void HoldsACopyOfWhatItWasMadeFrom()
    {
        var values = new double[] { 1, 2 };
        Tensor x = values;
        values[0] = 9;
        x.ToArray()[1] = 9;
        Assert.Equal([1, 2], x.ToArray());
    }

    [Fact]
    public void PrintsItsElementsOrWhatItAwaits()
    {
        Assert.Equal("[[1, 2], [3, 4]]", Tensor.Of([1, 2, 3, 4], 2, 2).ToString());
        Assert.Equal("[0, 1, 2, …, 9997, 9998, 9999]", Tensor.Range(10000).ToString());
        var x = new Input([3], "x");
        Assert.Equal("Input \"x\" [3]", x.ToString());
        Assert.Equal("Exp [3]", Exp(x).ToString());
        Assert.Equal("[]", Tensor.Zeros([0]).ToString());
    }

    public static TheoryData<string, Func<Tensor>> Misuses =>
        new()
        {
            {
                "[MatMul] inner dimensions differ: left [64,784], right [128,10]; expected right [784,·]",
                () => MatMul(Tensor.Zeros([64, 784]), Tensor.Zeros([128, 10]))
            },
            {
                "[Add] shapes [2] and [3] do not broadcast; expected each length, from the last axis on, to be equal or 1",
                () => Tensor.Zeros([2]) + Tensor.Zeros([3])
            },
            { "[Sum] axis 2 is out of range for [2,2]; expected -2 to 1", () => Sum(Tensor.Zeros([2, 2]), 2) },
            { "[Max] axis 0 of [0,2] is empty; expected at least one element", () => Max(Tensor.Zeros([0, 2]), 0) },
            { "[Reshape] got [3] for [4]; expected a shape of 4 elements", () => Reshape(Tensor.Zeros([4]), 3) },
            { "[Transpose] got axes [0,0] for [2,3]; expected a permutation of its 2 axes", () => Transpose(Tensor.Zeros([2, 3]), 0, 0) },
            { "[Tensor.Of] got 3 values for [2,2]; expected 4", () => Tensor.Of([1, 2, 3], 2, 2) },
            { "[Tensor.Zeros] got [-1]; expected no negative length", () => Tensor.Zeros([-1]) },
            { "[Clamp] got low 1, high 0; expected low ≤ high", () => Clamp(0.0, 1, 0) },
            {
                "[Windows] got a window of reach 5 for axis 0 of [4]; expected no more than 4",
                () => Windows(Tensor.Zeros([4]), 0, 3, 1, 2)
            },
        };

    [Theory]
    [MemberData(nameof(Misuses))]
    public void RefusesWhatDoesNotFitWhereItIsBuilt(string message, Func<Tensor> build) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(build).Message);

    [Fact]
    public void RefusesNullAndItemOfSeveral()
    {
        Assert.Throws<ArgumentNullException>(() => Exp(null!));
        Assert.Contains("expected one", Assert.Throws<ArgumentException>(() => Tensor.Zeros([2]).Item()).Message, StringComparison.Ordinal);
        Assert.Contains("\"x\"", Assert.Throws<ArgumentException>(() => Exp(new Input([], "x")).Item()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReportsABadIndexWhenItRuns()
    {
        var error = Assert.Throws<ArgumentException>(() => Gather(Tensor.Range(5), new double[] { 7 }).ToArray());
        Assert.Equal("[Gather] index 7 is out of range; expected a whole number in 0 … 4", error.Message);
    }
}
