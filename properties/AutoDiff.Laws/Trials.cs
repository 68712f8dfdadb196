using FsCheck;
using FsCheck.Fluent;

namespace AutoDiff.Laws;

/// <summary>Random trials of a function.</summary>
public static class Trials
{
    /// <summary>Trials of a function at random points.</summary>
    public static Arbitrary<Trial> Of(Func<Tensor, Tensor> function, Arbitrary<Tensor> points, string name = "f")
    {
        ArgumentNullException.ThrowIfNull(points);
        return Arb.From(
            from point in points.Generator
            from seed in Gen.Choose(1, 1_000_000)
            select new Trial(name, function, point, seed),
            trial =>
                points
                    .Shrinker(trial.Point)
                    .Select(point => trial with { Point = point })
                    .Concat(trial.Seed == 0 ? [] : [trial with { Seed = 0 }])
        );
    }

    /// <summary>Trials of a function over trees, at points of an example's structure and shapes: the trees are ravelled to vectors.</summary>
    public static Arbitrary<Trial> Of<TIn, TOut>(Func<TIn, TOut> function, TIn example, Domain domain, string name = "f")
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut> => Of(Ravelled.Function(function, example), Tensors.Of([Ravelled.Size(example)], domain), name);
}
