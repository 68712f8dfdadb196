using FsCheck;
using FsCheck.Fluent;

namespace AutoDiff.Laws;

/// <summary>Random tensors, which shrink towards fewer elements and simpler numbers.</summary>
public static class Tensors
{
    /// <summary>Tensors of one shape.</summary>
    public static Arbitrary<Tensor> Of(Shape shape, Domain domain) => Of(Arb.From(Gen.Constant(shape)), domain);

    /// <summary>Tensors of random shapes.</summary>
    public static Arbitrary<Tensor> Of(Arbitrary<Shape> shapes, Domain domain)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        ArgumentNullException.ThrowIfNull(domain);
        return Arb.From(
            from shape in shapes.Generator
            from values in domain.Elements.ArrayOf(shape.Size)
            select Constant(values, shape),
            tensor => Shrink(tensor, shapes, domain)
        );
    }

    /// <summary>Tensors of one shape whose elements are pairwise at least two margins apart: a largest element stays the largest nearby.</summary>
    public static Arbitrary<Tensor> Distinct(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Arb.From(
            from ranks in Gen.Shuffle(Enumerable.Range(0, shape.Size).ToArray())
            from jitter in Gen.Choose(-48, 48).ArrayOf(shape.Size)
            select Constant([.. ranks.Select((rank, i) => (0.4 * (rank - ((shape.Size - 1) / 2.0))) + (jitter[i] / 1024.0))], shape)
        );
    }

    /// <summary>A constant of any shape, scalars included.</summary>
    public static Tensor Constant(ReadOnlySpan<double> values, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Rank == 0 ? Tensor.Of(values[0]) : Tensor.Of(values, shape);
    }

    private static IEnumerable<Tensor> Shrink(Tensor tensor, Arbitrary<Shape> shapes, Domain domain)
    {
        var values = tensor.ToArray();
        foreach (var smaller in shapes.Shrinker(tensor.Shape))
            yield return Constant(
                [
                    .. Enumerable
                        .Range(0, smaller.Size)
                        .Select(i =>
                            i < values.Length ? values[i]
                            : values.Length > 0 ? values[0]
                            : 1
                        ),
                ],
                smaller
            );
        foreach (var simple in values.SelectMany(domain.Shrink).Distinct())
        {
            if (Array.Exists(values, value => !value.Equals(simple)))
                yield return Constant([.. values.Select(value => domain.Shrink(value).Contains(simple) ? simple : value)], tensor.Shape);
        }
        for (var i = 0; i < values.Length; i++)
        {
            foreach (var simple in domain.Shrink(values[i]))
                yield return Constant([.. values[..i], simple, .. values[(i + 1)..]], tensor.Shape);
        }
    }
}
