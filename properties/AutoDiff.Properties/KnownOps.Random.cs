namespace AutoDiff.Properties;

internal static partial class KnownOps
{
    // Of tests/AutoDiff.Tests/Reference/draws.py.
    private static Tensor Seed42 => Tensor.Of([42, 0, 0, 0, 0, 0, 0, 0]);

    private static IEnumerable<KnownOp> Draws() =>
        [
            new(
                new Op.Draw(Distribution.Uniform, [5], 1, 3),
                [Seed42],
                Tensor.Of([1.9371730366782098, 1.6817230987703575, 1.6541267624067695, 1.9086312034697765, 2.3166310544246187])
            ),
            new(
                new Op.Draw(Distribution.Normal, [5], 0.5, 2),
                [Seed42],
                Tensor.Of([0.34235306229493645, -0.3202258855913029, -0.3960732557958555, 0.27046952516293266, 1.3157404716106194])
            ),
            new(
                new Op.Draw(Distribution.TruncatedNormal, [5], -0.5, 2),
                [Seed42],
                Tensor.Of([0.3104408177610208, 0.09155918452230269, 0.0683559437097229, 0.28543351470533, 0.6705966718417804])
            ),
            new(
                new Op.Draw(Distribution.TruncatedNormal, [5], 6, 7),
                [Seed42],
                Tensor.Of([6.121675668631836, 6.17201131597756, 6.17851440725883, 6.126587028638512, 6.067415889388072])
            ),
            new(new Op.Draw(Distribution.Bernoulli, [8], 0.45, 0), [Seed42], Tensor.Of([0, 1, 1, 0, 0, 0, 0, 1])),
            new(new Op.Draw(Distribution.Rademacher, [2, 4], 0, 0), [Seed42], Tensor.Of([1, 1, 1, 1, -1, -1, -1, 1], 2, 4)),
            new(
                new Op.Draw(Distribution.Exponential, [5], 4, 0),
                [Seed42],
                Tensor.Of([0.18950863085132777, 0.26906972441940785, 0.2794003251391826, 0.19724079111120885, 0.10451773448831247])
            ),
            new(new Op.Draw(Distribution.Integers, [6], 1000, 0), [Seed42], Tensor.Of([468, 340, 327, 454, 658, 773])),
            new(new Op.Draw(Distribution.Permutation, [10], 10, 0), [Seed42], Tensor.Of([4, 0, 1, 6, 7, 8, 5, 3, 9, 2])),
            new(new Op.Draw(Distribution.Permutation, [3], 10, 0), [Seed42], Tensor.Of([4, 0, 1])),
            new(
                new Op.Gamma(),
                [Seed42, Tensor.Of([0.25, 0.5, 1, 2.5, 30, 1000])],
                Tensor.Of([
                    0.08305357455536513,
                    0.3549353554662474,
                    2.9465696754904656,
                    6.494147688036525,
                    29.34848617481828,
                    994.056765996883,
                ])
            ),
            new(
                new Op.SplitKey(2),
                [Seed42],
                Tensor.Of(
                    [39684, 8259, 57378, 38919, 64063, 21529, 23085, 51450, 36130, 8069, 28661, 23187, 63245, 9758, 24767, 37597],
                    2,
                    8
                )
            ),
            new(new Op.FoldIn(), [Seed42, Tensor.Of([7, 0, 0, 0])], Tensor.Of([33945, 41327, 22184, 19278, 29239, 5834, 61894, 39435])),
            new(new Op.FoldIn(), [Seed42, Tensor.Of([3, 0, 256, 0])], Tensor.Of([28341, 51634, 36935, 37755, 8174, 52015, 12286, 65403])),
        ];
}
