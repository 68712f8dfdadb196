using AutoDiff.Laws;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

public static partial class Cases
{
    private static IEnumerable<Case> Draws() =>
        [
            Drawn("Uniform", key => key.Uniform([3], -1, 2)),
            Drawn("Normal", key => key.Normal([3], 1, 2)),
            Drawn("TruncatedNormal", key => key.TruncatedNormal([3], -1, 2)),
            Drawn("Bernoulli", key => key.Bernoulli([3], 0.4)),
            Drawn("Rademacher", key => key.Rademacher([3])),
            Drawn("Orthogonal", key => key.Orthogonal([3, 2])),
            Drawn("Exponential", key => key.Exponential([3], 2)),
            Drawn("Integers", key => key.Integers([3], 7)),
            Drawn("Permutation", key => key.Permutation(Fixed(5))),
            Drawn("SplitKey", key => key.Split(2)[1].Normal([2])),
            Drawn("FoldIn", key => key.FoldIn(Take(key.Words, 0, 0)).Normal([2])),
            Drawn("Gamma", key => key.Gamma([2, 3], 1 + (1.5 * Take(key.Words, 0, 0)))),
            new("Normal: mean and deviation", x => Seed.Normal([2, 3], x, Softplus(x)), Any(3)),
            new("Uniform: bounds", x => Seed.Uniform([2, 3], x, Square(x) + 2), Any(3)),
            new("Exponential: rate", x => Seed.Exponential([2, 3], Softplus(x) + 0.5), Any(3)),
            new("Permutation: of a tensor", x => Seed.Permutation(x, 1), Any(2, 4)),
        ];

    private static Key Seed => Key.Of(3);

    // The words of a key vary with x, each a step.
    private static Case Drawn(string name, Func<Key, Tensor> draw) =>
        new($"{name}: varying key", x => draw(Key.FromWords(x > 0)), In(Domain.AwayFrom(0), 8), Kind.PiecewiseConstant);
}
