using AutoDiff.Laws;
using FsCheck;
using Xunit;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;
using Check = AutoDiff.Laws.Check;

namespace AutoDiff.Properties;

/// <summary>Laws can fail: each refuses a function that breaks it.</summary>
public sealed class Rejections
{
    private static readonly Func<Tensor, Tensor> WrongRule = CustomVjp<Tensor>(Sin, (x, _, g) => g * Sin(x));

    // (x₀x₁, 3x₀x₁) is no gradient: its Jacobian is not symmetric.
    private static readonly Func<Tensor, Tensor> NoGradient = CustomVjp<Tensor>(
        x => Sum(Square(x)),
        (x, _, g) => g * x * Flip(x) * Tensor.Of([1, 3])
    );

    private static readonly Func<Tensor, Tensor> WrongSecond = CustomVjp<Tensor>(
        Sin,
        (x, _, g) => g * CustomVjp<Tensor>(Cos, (y, _, h) => h * Sin(y))(x) // the sign of cos′ is wrong
    );

    private static readonly Func<Tensor, Tensor> WrongThird = CustomVjp<Tensor>(
        Sin,
        (x, _, g) => g * CustomVjp<Tensor>(Cos, (y, _, h) => -h * StopGradient(Sin(y)))(x)
    );

    private static readonly Dictionary<string, Func<Tensor, Tensor>> Wrong = new(StringComparer.Ordinal)
    {
        [nameof(DerivativeLaws.TangentIsDifference)] = WrongRule,
        [nameof(DerivativeLaws.DerivativeIsZero)] = Sin,
        [nameof(DerivativeLaws.HessianIsSymmetric)] = NoGradient,
        [nameof(DerivativeLaws.HvpIsDifference)] = WrongSecond,
        [nameof(DerivativeLaws.ModesCommute)] = NoGradient,
        [nameof(DerivativeLaws.ThirdOrdersAgree)] = NoGradient,
        [nameof(DerivativeLaws.ThirdOrderIsDifference)] = WrongThird,
    };

    private static readonly Law<Trial>[] Laws =
    [
        .. DerivativeLaws.All,
        DerivativeLaws.DerivativeIsZero,
        .. TransformLaws.All,
        GraphLaws.SimplifiedIsPlain,
    ];

    public static TheoryData<string> Broken => [.. Wrong.Keys];

    // These compare two ways to the same graph, and a function of a tensor cannot tell which way it is on: only one that changes between calls can.
    // A rule that is not linear, which would break some of them as well, is refused before any law sees it.
    // What builds the graph checks its form, so no function can break that.
    public static TheoryData<string> Inconsistent =>
        [
            .. Laws.Select(law => law.Name)
                .Except(
                    [.. Wrong.Keys, nameof(TransformLaws.GraphsAreWellFormed), nameof(GraphLaws.SimplifiedIsPlain)],
                    StringComparer.Ordinal
                ),
        ];

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_law_refuses_a_wrong_derivative(string law) => Refuses(law, Wrong[law]);

    [Theory]
    [MemberData(nameof(Inconsistent))]
    public void A_law_refuses_a_function_that_is_never_twice_the_same(string law)
    {
        var calls = 0;
        Refuses(law, x => Sin(x) * (1 + (0.125 * Interlocked.Increment(ref calls))));
    }

    [Fact]
    public void A_law_that_is_never_put_to_the_test_fails()
    {
        var law = DerivativeLaws.Adjoint.When(_ => false, "nothing fits");
        var failure = Assert.Throws<LawFailedException>(() => Check.That(law, Trials.Of(Sin, Tensors.Of([2], Domain.Any)), 10));
        Assert.Contains("nothing fits", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_beside_none_do_not_agree()
    {
        Assert.IsType<Verdict.Fails>(Agreement.Identical("two = three", [1, 2], [1, 2, 3]));
        Assert.IsType<Verdict.Fails>(Agreement.Identical("none = one", [], [1]));
        Assert.IsType<Verdict.Fails>(Agreement.Within("two = three", [1, 2], [1, 2, 3], _ => 1));
        Assert.IsType<Verdict.Fails>(Agreement.Within("three = two", [1, 2, 3], [1, 2], _ => 1));
    }

    [Fact]
    public void A_scale_beyond_the_range_allows_nothing_more() =>
        Assert.IsType<Verdict.Fails>(Agreement.Close("1 = 2", 1, 2, 1e-10, scale: double.PositiveInfinity));

    private static void Refuses(string law, Func<Tensor, Tensor> function)
    {
        var failure = Assert.Throws<LawFailedException>(() =>
            Check.That(Rows.Named(law, Laws), Trials.Of(function, Tensors.Of([2], Domain.NonZero)), 20, "1")
        );
        Assert.Contains("allowed", failure.Message, StringComparison.Ordinal);
    }
}
