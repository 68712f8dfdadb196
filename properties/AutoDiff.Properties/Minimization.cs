using AutoDiff.Curvature;
using FsCheck;
using FsCheck.Fluent;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

/// <summary>A generated loss with a start.</summary>
/// <param name="Kind">A row of <see cref="Kinds"/>.</param>
/// <param name="Size">The number of parameters.</param>
/// <param name="Decades">The decades that the factors of the terms span.</param>
/// <param name="Offset">What is added to the loss.</param>
/// <param name="Seed">Of the start and of what else is random.</param>
public sealed record Minimization(string Kind, int Size, int Decades, double Offset, int Seed)
{
    /// <summary>Sums of terms of y, each with its own factor: convex, with several minima, with poles, with edges, with overflow, without a minimum.</summary>
    private static readonly (string Name, bool HasMinimum, Func<Tensor, Tensor> Term)[] Kinds =
    [
        ("quadratic", true, y => Square(y - 1)),
        ("quartic", true, y => Square(Square(y) - 1)),
        ("cosine", true, y => (0.1 * Square(y)) - Cos(y)),
        ("pole", false, y => Square(y) + Reciprocal(y)),
        ("edge", false, y => y - Log(y + 2)),
        ("overflow", false, y => Exp(300 * y) + Exp(-200 * y)),
        ("no minimum", false, y => Exp(-y) - Square(y)),
        ("tail", false, y => Reciprocal(1 + Exp(100 * y))),
    ];

    public static Arbitrary<Minimization> All => Of(_ => true);

    public static Arbitrary<Minimization> WithMinimum => Of(kind => kind.HasMinimum);

    public Tensor Start => Key.Of((ulong)Seed).Normal([Size]);

    /// <summary>The loss of x, y = Q·x with Q the reflection along a random vector.</summary>
    public Tensor Loss(Tensor x)
    {
        var term = Kinds.Single(kind => kind.Name == Kind).Term;
        var factors = Tensor.Of(Enumerable.Range(0, Size).Select(i => Math.Pow(10, Decades * i / Math.Max(Size - 1.0, 1))).ToArray());
        return Offset + Sum(factors * term(Reflected(x, Seed + 1)));
    }

    public static Tensor Reflected(Tensor x, int seed)
    {
        var v = Key.Of((ulong)seed).Normal(x.Shape);
        return x - (2 * Dot(v, x) / Dot(v, v) * v);
    }

    private static Arbitrary<Minimization> Of(Func<(string Name, bool HasMinimum, Func<Tensor, Tensor> Term), bool> applies) =>
        Arb.From(
            from kind in Gen.Elements(Kinds.Where(applies).Select(kind => kind.Name).ToArray())
            from size in Gen.Choose(1, 5)
            from decades in Gen.Choose(0, 12)
            from offset in Gen.Elements(0.0, 1.0, -3.0)
            from seed in Gen.Choose(1, 100_000)
            select new Minimization(kind, size, decades, offset, seed)
        );
}
