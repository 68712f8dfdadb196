using AutoDiff.Laws;
using Xunit;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

/// <summary>The derivatives that the documentation states where there is none, or where a careless rule gives NaN.</summary>
public sealed class Kinks
{
    private const double Infinity = double.PositiveInfinity;

    private static readonly Dictionary<string, Kink> All = new(StringComparer.Ordinal)
    {
        ["Relu at 0"] = new(Relu, [0.0], [0]),
        ["Relu at -0"] = new(Relu, [-0.0], [0]),
        ["Abs at 0"] = new(Abs, [0.0], [0]),
        ["Sign at 0"] = new(Sign, [0.0], [0]),
        ["Floor at 1"] = new(Floor, [1.0], [0]),
        ["Round at 0.5"] = new(Round, [0.5], [0]),
        ["LeakyRelu at 0"] = new(x => LeakyRelu(x, 0.25), [0.0], [0.25]),
        ["Elu at 0"] = new(x => Elu(x, 0.5), [0.0], [0.5]),
        ["Elu far right"] = new(x => Elu(x), [800], [1]),
        ["Clamp at its bounds"] = new(x => Clamp(x, -1, 2), [-1, 2, -1.5, 2.5], [1, 1, 0, 0]),
        ["Maximum, tie with a constant"] = new(x => Maximum(x, 1), [1.0], [0.5]),
        ["Minimum, tie with a constant"] = new(x => Minimum(1, x), [1.0], [0.5]),
        ["Maximum of x and x"] = new(x => Maximum(x, x), [1.0], [1]),
        ["Max, two tie"] = new(x => Max(x), [3, 1, 3], [0.5, 0, 0.5]),
        ["Max, all tie at an infinity"] = new(x => Max(x), [Infinity, Infinity], [0.5, 0.5]),
        ["Min, three tie"] = new(x => Min(x), [1, 1, 1], [1.0 / 3, 1.0 / 3, 1.0 / 3]),
        ["MaxPool, four tie"] = new(x => MaxPool(Reshape(x, 1, 1, 2, 2), 2), [2, 2, 2, 2], [0.25, 0.25, 0.25, 0.25]),
        ["Interpolate at its points"] = new(
            x => Interpolate(x, Tensor.Of([-1, 1, 3]), Tensor.Of([2, 8, 4])),
            [-1, 1, 3, -2, Infinity],
            [3, -2, 0, 0, 0]
        ),
        ["LogSumExp of −∞"] = new(x => LogSumExp(x), [-Infinity, -Infinity], [0, 0]),
        ["LogSumExp with one −∞"] = new(x => LogSumExp(x), [-Infinity, 1], [0, 1]),
        ["LogSumExp far apart"] = new(x => LogSumExp(x), [1000, -1000], [1, 0]),
        ["LogSoftmax far apart"] = new(x => Take(LogSoftmax(x), 0, 0), [2000, 0], [0, 0]),
        ["Norm at 0"] = new(x => Norm(x), [0.0, 0], [0, 0]),
        ["Norm of order 1 at 0"] = new(x => Norm(x, order: 1), [0.0, 2], [0, 1]),
        ["Norm of order 3 at 0"] = new(x => Norm(x, order: 3), [0.0, 0], [0, 0]),
        ["Norm of order 1.5 at a zero element"] = new(x => Norm(x, order: 1.5), [0.0, 2], [0, 1]),
        ["Norm of order 1.5, mixed, at a zero element"] = new(
            x => Take(Transforms.Grad<Tensor>(y => Norm(y, order: 1.5), x), 0, 1),
            [0.0, 2],
            [0, 0]
        ),
        ["Norm of infinite order, tie"] = new(x => Norm(x, order: Infinity), [-2, 2], [-0.5, 0.5]),
        ["Norm of tiny numbers"] = new(x => Norm(x), [3e-200, 4e-200], [0.6, 0.8]),
        ["Norm of huge numbers"] = new(x => Norm(x), [3e200, -4e200], [0.6, -0.8]),
        ["Product, one zero"] = new(x => Product(x), [2, 0, 3], [0, 6, 0]),
        ["Product, two zeros"] = new(x => Product(x), [0.0, 0, 3], [0, 0, 0]),
        ["CumulativeProduct, one zero"] = new(x => CumulativeProduct(x), [2, 0, 3], [1, 8, 0]),
        ["CumulativeProduct, two zeros"] = new(x => Take(CumulativeProduct(x), 0, -1), [0.0, 0, 3], [0, 0, 0]),
        ["CumulativeMax, ties"] = new(x => CumulativeMax(x), [1, 3, 3, 2], [1, 3, 0, 0]),
        ["CumulativeMax from the end, ties"] = new(x => CumulativeMax(x, reverse: true), [1, 3, 3, 2], [0, 0, 3, 1]),
        ["CumulativeMin, ties"] = new(x => CumulativeMin(x), [2, 1, 1, 5], [1, 3, 0, 0]),
        ["CumulativeLogSumExp of −∞"] = new(x => Take(CumulativeLogSumExp(x), 0, 1), [-Infinity, -Infinity, 0], [0, 0, 0]),
        ["CumulativeLogSumExp with one −∞"] = new(x => Take(CumulativeLogSumExp(x), 0, 2), [-Infinity, 1, -Infinity], [0, 1, 0]),
        ["StandardDeviation of equal numbers"] = new(x => StandardDeviation(x), [7, 7, 7], [0, 0, 0]),
        ["Sort, ties"] = new(x => Sort(x) * Tensor.Of([1, 10, 100]), [2, 1, 1], [100, 1, 10]),
        ["Sort, descending, ties"] = new(x => Sort(x, descending: true) * Tensor.Of([1, 10, 100]), [1, 1, 2], [10, 100, 1]),
        ["TopK, ties"] = new(x => TopK(x, 2).Values, [3, 1, 3, 3], [1, 0, 1, 0]),
        ["Median, two in the middle"] = new(x => Median(x), [4, 1, 3, 2], [0, 0, 0.5, 0.5]),
        ["At one position twice"] = new(x => Tensor.Zeros(2).At(Tensor.Of([1, 1, 0])).Set(x), [5, 7, 9], [0, 1, 1]),
        ["Power 0 at 0"] = new(x => Power(x, 0), [0.0], [0]),
        ["Power 0 at a subnormal number"] = new(x => Power(x, 0), [1e-310, -5e-324], [0, 0]),
        ["Power 0 at 0, twice"] = new(x => Transforms.Grad<Tensor>(y => Sum(Power(y, 0)), x), [0.0], [0]),
        ["Power 1 at 0, mixed"] = new(y => Transforms.Grad<Tensor>(x => Sum(Power(x, y)), Tensor.Of(0.0)), [1.0], [0]),
        ["Power at 0, mixed the other way"] = new(x => Transforms.Grad<Tensor>(y => Sum(Power(x, y)), Tensor.Of(1.0)), [0.0], [0]),
        ["Power 1 at 0"] = new(x => Power(x, 1), [0.0], [1]),
        ["Power 2 at 0"] = new(x => Power(x, 2), [0.0], [0]),
        ["Power 3 of a negative number"] = new(x => Power(x, 3), [-2], [12]),
        ["0 to the power 2"] = new(x => Power(0, x), [2], [0]),
        ["0 to a negative power"] = new(x => Power(0, x), [-1, -0.5], [0, 0]),
        ["0 to the power 0"] = new(x => Power(0, x), [0.0], [0]),
        ["Sqrt at 0"] = new(Sqrt, [0.0], [Infinity]),
        ["Softplus far out"] = new(Softplus, [-800, 800], [0, 1]),
        ["Sigmoid far out"] = new(Sigmoid, [-800, 800], [0, 0]),
        ["LogSigmoid far out"] = new(LogSigmoid, [-800, 800], [1, 0]),
        ["Gelu far out"] = new(Gelu, [-60, 60], [0, 1]),
        ["Silu far out"] = new(Silu, [-800, 800], [0, 1]),
        ["Mish far out"] = new(Mish, [-800, 800], [0, 1]),
        ["Tanh far out"] = new(Tanh, [-800, 800], [0, 0]),
        ["Expm1 far left"] = new(Expm1, [-1e-20, -800], [1, 0]),
        ["Hypot at the origin"] = new(x => Hypot(Take(x, 0, 0), Take(x, 0, 1)), [0.0, 0], [0, 0]),
        ["Hypot of huge numbers"] = new(x => Hypot(Take(x, 0, 0), Take(x, 0, 1)), [3e200, -4e200], [0.6, -0.8]),
        ["Hypot with an infinity"] = new(x => Hypot(Take(x, 0, 0), Take(x, 0, 1)), [-Infinity, 1], [-1, 0]),
        ["XLogY in x at 0"] = new(x => XLogY(x, 2), [0.0], [0.6931471805599453]),
        ["XLogY at the origin"] = new(x => XLogY(Take(x, 0, 0), Take(x, 0, 1)), [0.0, 0], [0, 0]),
        ["XLogY of 0 and a negative number"] = new(x => XLogY(Take(x, 0, 0), Take(x, 0, 1)), [0.0, -1], [0, 0]),
        ["LogAddExp, tie"] = new(x => LogAddExp(Take(x, 0, 0), Take(x, 0, 1)), [800, 800], [0.5, 0.5]),
        ["LogAddExp, tie, twice"] = new(
            x => Take(Transforms.Grad<Tensor>(y => LogAddExp(Take(y, 0, 0), Take(y, 0, 1)), x), 0, 0),
            [3, 3],
            [0.25, -0.25]
        ),
        ["LogAddExp of −∞"] = new(x => LogAddExp(Take(x, 0, 0), Take(x, 0, 1)), [-Infinity, -Infinity], [0, 0]),
        ["LogAddExp of ∞"] = new(x => LogAddExp(Take(x, 0, 0), Take(x, 0, 1)), [Infinity, Infinity], [0, 0]),
        ["LogAddExp far apart"] = new(x => LogAddExp(Take(x, 0, 0), Take(x, 0, 1)), [-1e20, 1], [0, 1]),
        ["Modulo at a jump"] = new(x => Modulo(Take(x, 0, 0), Take(x, 0, 1)), [-6, 3], [1, 2]),
        ["Modulo just below a jump"] = new(x => Modulo(Take(x, 0, 0), Take(x, 0, 1)), [0.7999999999999999, 0.1], [1, -7]),
        ["Remainder of a negative number"] = new(x => Remainder(Take(x, 0, 0), Take(x, 0, 1)), [-7, 3], [1, 2]),
        ["Modulo of a negative number"] = new(x => Modulo(Take(x, 0, 0), Take(x, 0, 1)), [-7, 3], [1, 3]),
        ["Asinh far out"] = new(Asinh, [1e200, -1e200], [1e-200, 1e-200]),
        ["Acosh far out"] = new(Acosh, [1e200], [1e-200]),
        ["Acosh at 1"] = new(Acosh, [1.0], [Infinity]),
        ["Atanh at −1"] = new(Atanh, [-1.0], [Infinity]),
        ["ErfInv at −1"] = new(ErfInv, [-1.0], [Infinity]),
        ["BesselI0e at 0"] = new(BesselI0e, [0.0, -0.0], [0, 0]),
        ["BesselI1e at 0"] = new(BesselI1e, [0.0, -0.0], [0.5, 0.5]),
        ["BesselI0e far out"] = new(BesselI0e, [-Infinity, 1e300], [0, 0]),
        ["Ceiling and Truncate at 1"] = new(x => Ceiling(x) + Truncate(x), [1.0], [0]),
        ["NanToNum of what is not finite"] = new(x => NanToNum(x), [double.NaN, Infinity, -Infinity, 2], [0, 0, 0, 1]),
        ["Where with a guarded branch"] = new(x => Where(x > 0, Log(Where(x > 0, x, 1)), 0), [-1, 2], [0, 0.5]),
        ["Gather of one position twice"] = new(x => Gather(x, Tensor.Of([1, 1])), [5, 7], [0, 2]),
        ["StopGradient of a factor"] = new(x => StopGradient(x) * x, [3], [3]),
        ["Comparison as a factor"] = new(x => (x > 1) * x, [1, 2], [0, 1]),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Both_modes_give_the_stated_derivative(string name)
    {
        var (function, point, expected) = All[name];
        Func<Tensor, Tensor> total = x => Sum(function(x));
        var (reverse, forward) = (
            Transforms.Grad(total, Tensor.Of(point)),
            Take(Transforms.Jacobian(total, Tensor.Of(point), JacobianMode.Forward), 0, 0)
        );
        Assert.Equal(new Verdict.Holds(), Agreement.Close("reverse", reverse, Tensor.Of(expected), 1e-15));
        Assert.Equal(new Verdict.Holds(), Agreement.Close("forward", forward, Tensor.Of(expected), 1e-15));
    }

    [Fact]
    public void Every_derivative_of_a_product_with_zeros_is_exact()
    {
        var point = Tensor.Of([0.0, 0, 3]);
        Assert.Equal([0, 3, 0, 3, 0, 0, 0, 0, 0], Transforms.Hessian(x => Product(x), point).ToArray());
        Tensor[] axes = [Tensor.Of([1.0, 0, 0]), Tensor.Of([0.0, 1, 0]), Tensor.Of([0.0, 0, 1])];
        var third = Transforms.Jvp(x => Transforms.Hvp<Tensor>(y => Product(y), x, axes[0]), point, axes[1]).Tangent;
        Assert.Equal([0, 0, 1], third.ToArray());
    }

    [Theory]
    [InlineData(2, 0, 2)]
    [InlineData(1, 1, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(3, 0, 0)]
    public void Powers_at_0_have_their_first_and_second_derivative(double exponent, double first, double second)
    {
        Func<Tensor, Tensor> power = x => Power(x, exponent);
        Assert.Equal(first, Transforms.Grad(power, Tensor.Of(0)).Item());
        Assert.Equal(second, Transforms.Grad(Transforms.Grad(power))(0).Item());
    }

    private sealed record Kink(Func<Tensor, Tensor> Function, double[] Point, double[] Expected);
}
