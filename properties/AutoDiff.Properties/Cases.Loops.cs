using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Properties;

public static partial class Cases
{
    private static IEnumerable<Case> Loops() =>
        [
            new("Scan", x => Both(Scan((Tensor s, Tensor row) => (Tanh(s + row), s * row), Fixed(2), x)), Any(3, 2)),
            new("Scan: from the last", x => Both(Scan((Tensor s, Tensor row) => (Sin(s) * row, s), Fixed(2), x, reverse: true)), Any(3, 2)),
            new(
                "Scan: of a closure",
                x => Scan((Tensor s, Tensor row) => (Tanh(MatMul(x, s) + row), s), Fixed(2), Fixed(4, 2)).Final,
                Any(2, 2)
            ),
            new("Scan: of the first carry", x => Both(Scan((Tensor s) => (Sin(s) + 0.5, Sum(s)), x, 3)), Any(3)),
            new("Scan: no step", x => Both(Scan((Tensor s) => (Sin(s), Sum(s)), Square(x), 0)), Any(3)),
            new("Scan: one step", x => Both(Scan((Tensor s) => (Sin(s), Sum(s)), Square(x), 1)), Any(3)),
            new("Scan: empty slices", x => Both(Scan((Tensor s, Tensor y) => (s * 2, y), Sum(x), Tensor.Zeros([3, 0]))), Any(2)),
            new(
                "Scan: with checkpoints",
                x => Scan((Tensor s, Tensor row) => (Tanh(MatMul(x, s) + row), s), Fixed(2), Fixed(5, 2), checkpointEvery: 2).Final,
                Any(2, 2)
            ),
            new(
                "Scan: with checkpoints, from the last",
                x => Both(Scan((Tensor s, Tensor row) => (Tanh(s + row), s * row), Fixed(2), x, reverse: true, checkpointEvery: 2)),
                Any(5, 2)
            ),
            new(
                "Scan: of a scan",
                x =>
                    Scan((Tensor s, Tensor row) => Scan((Tensor t, Tensor e) => (Sin(t) + e, t), s, row), Sum(x), x) is var (last, ys)
                        ? last + ys
                        : x,
                Any(2, 3)
            ),
            new("Scan: of a gradient", x => Both(Scan((Tensor s, Tensor row) => (Grad<Tensor>(Loss, s * row), s), Fixed(2), x)), Any(2, 2)),
            new(
                "Scan: of a custom rule",
                x => Both(Scan((Tensor s) => (CustomVjp<Tensor>(Sin, (y, _, g) => g * Cos(y))(s) + x, s), x, 2)),
                Any(2)
            ),
            new("Scan: batched", x => Vmap((Tensor y) => Both(Scan((Tensor s, Tensor e) => (Sin(s) * e, s + e), Sum(x), y)))(x), Any(2, 3)),
            new("ForI", x => ForI(3, (i, s) => Sin(s * (i + 1)), x), Any(3)),
            new("ForI: with checkpoints", x => ForI(5, (i, s) => Sin(s * (i + Sum(x))), x, checkpointEvery: 2), Any(2)),
        ];

    private static Tensor Both((Tensor Final, Tensor Ys) results) => Sum(results.Final) * results.Ys + Sum(results.Final * results.Final);
}
