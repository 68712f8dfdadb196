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
            new("While: in a rule", Length, Any(3)),
            new("Cond: the first", x => Cond(Less(Sum(x * 0), 1), s => Sin(s) * Sum(x), s => Cos(s) * 3, x), Any(3)),
            new("Cond: the second", x => Cond(Greater(Sum(x * 0), 1), s => Cos(s) * 3, s => Tanh(s) * Exp(x), x), Any(3)),
            new("Cond: of a closure", x => Sin(x) is var y ? Cond(1, () => y * Sum(y), () => x) : x, Any(2, 2)),
            new(
                "Cond: each example its own",
                x =>
                    Vmap((Pair<Tensor, Tensor> p) => Cond(p.First, s => Sin(s), s => Square(s) * Sum(p.Second), p.Second))(
                        new(Tensor.Of([1, 0, 1]), x)
                    ),
                Any(3, 2)
            ),
            new("Cond: batched", x => Vmap((Tensor y) => Cond(1, s => Sin(s), s => Square(s) * Sum(y), y))(x), Any(3, 2)),
            new("FixedPoint", x => FixedPoint((Tensor s) => Tanh(x + (Sin(s) / 4)), Tensor.Zeros([2]), 1e-14).Point, Any(2)),
            new(
                "CustomRoot",
                x => CustomRoot((Tensor s) => s + (Tanh(s) / 4) - x, x, (f, s) => ForI(30, (_, t) => t - (f(t) * 0.8), s)),
                Any(2)
            ),
            new("ForI", x => ForI(3, (i, s) => Sin(s * (i + 1)), x), Any(3)),
            new("ForI: with checkpoints", x => ForI(5, (i, s) => Sin(s * (i + Sum(x))), x, checkpointEvery: 2), Any(2)),
        ];

    // √(1 + Σx²) by Newton's method, with its derivative Σxx′ ⁄ y: reverse mode goes through no loop of unknown length.
    private static Tensor Length(Tensor x) =>
        CustomJvp<Tensor>(
            at =>
            {
                var square = 1 + Sum(Square(at));
                var near = While(s => Greater(Abs(Square(s) - square), 1e-6 * square), s => (s + (square / s)) / 2, square);
                return (near + (square / near)) / 2;
            },
            (at, y, t) => Sum(at * t) / y
        )(x);

    private static Tensor Both((Tensor Final, Tensor Ys) results) => Sum(results.Final) * results.Ys + Sum(results.Final * results.Final);
}
