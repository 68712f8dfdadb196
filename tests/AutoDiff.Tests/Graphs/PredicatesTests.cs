using AutoDiff.Tests.Execution;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Graphs;

public sealed class PredicatesTests
{
    private static readonly double[] NotFinite = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -2.5];

    [Fact]
    public void NanToNum_gives_the_largest_numbers_of_the_plans_precision()
    {
        var graph = PlanCases.Graph(
            [
                [4],
            ],
            inputs => [NanToNum(inputs[0])]
        );
        Assert.Equal([0, double.MaxValue, -double.MaxValue, -2.5], PlanCases.Run(graph, [NotFinite])[0]);
        Assert.Equal([0, double.MaxValue, -double.MaxValue, -2.5], Reference.Evaluate(graph, [NotFinite])[0]);
        Assert.Equal([0, float.MaxValue, -float.MaxValue, -2.5], PlanCases.RunSingle(graph, [NotFinite])[0]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100)]
    public void PolyGamma_takes_no_other_order(int n)
    {
        var error = Assert.Throws<ArgumentException>(() => PolyGamma(n, 1));
        Assert.Equal($"[PolyGamma] got n = {n}; expected 0 to 99", error.Message);
    }

    /// <summary>By mpmath: xⁿ alone is beyond the largest number.</summary>
    [Theory]
    [InlineData(99, 5000, 6.034351358119435e-213)]
    [InlineData(99, 1234.5, 8.59112446863373e-153)]
    [InlineData(70, 1e5, -1.7118235237381268e-252)]
    public void PolyGamma_of_high_order_falls_gradually(int n, double x, double expected) =>
        Assert.Equal(1, PolyGamma(n, x).Item() / expected, 1e-14);

    [Fact]
    public void A_derivative_beyond_the_largest_order_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Transforms.Grad<Tensor>(x => PolyGamma(99, x), 1.5));
        Assert.Equal("[LogGamma] got order 101; expected 0 to 100, derivatives counting 1 each", error.Message);
        Assert.Throws<ArgumentException>(() => Apply.Of(new Op.Ordered((Sequence)(-1), 0), Tensor.Of(1)));
    }

    /// <summary>Languages that convert no operand find these overloads only.</summary>
    [Theory]
    [InlineData("op_Addition")]
    [InlineData("op_Subtraction")]
    [InlineData("op_Multiply")]
    [InlineData("op_Division")]
    public void Operators_take_a_number_on_either_side(string name)
    {
        var (x, number) = (Tensor.Of([3, -4]), 2.5);
        foreach (
            var (types, left, right) in new[]
            {
                (new[] { typeof(double), typeof(Tensor) }, (object)number, (object)x),
                ([typeof(Tensor), typeof(double)], x, number),
            }
        )
        {
            var beside = (Tensor)typeof(Tensor).GetMethod(name, types)!.Invoke(null, [left, right])!;
            var both = (Tensor)
                typeof(Tensor).GetMethod(name, [typeof(Tensor), typeof(Tensor)])!.Invoke(null, [AsTensor(left), AsTensor(right)])!;
            Assert.Equal(both.ToArray(), beside.ToArray());
        }

        static Tensor AsTensor(object operand) => operand is double value ? value : (Tensor)operand;
    }
}
