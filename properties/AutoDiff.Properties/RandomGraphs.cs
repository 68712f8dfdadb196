using System.Collections.Immutable;
using AutoDiff.Laws;
using FsCheck;
using FsCheck.Fluent;

namespace AutoDiff.Properties;

/// <summary>Generates well-typed graphs over one input, and shrinks them by dropping instructions and elements.</summary>
internal static class RandomGraphs
{
    /// <summary>Random programs of 1 to 9 instructions at random points; <paramref name="smooth"/> ones are differentiable everywhere.</summary>
    public static Arbitrary<GraphCase> Of(bool smooth)
    {
        var points = Tensors.Of(Shapes.Any, Domain.Any);
        var steps = Steps.All.Where(step => step.Smooth || !smooth).ToArray();
        var instructions =
            from step in Gen.Elements(steps)
            from left in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(0, 8)))
            from right in Gen.Choose(0, 4)
            from parameter in Gen.Choose(0, 3)
            select new Instruction(step, left, right, parameter);
        return Arb.From(
            from count in Gen.Choose(1, 9)
            from program in instructions.ArrayOf(count)
            from point in points.Generator
            from seed in Gen.Choose(1, 1_000_000)
            select new GraphCase(new GraphProgram([.. program]), point, seed),
            graph =>
                graph
                    .Program.Shrink()
                    .Select(program => graph with { Program = program })
                    .Concat(points.Shrinker(graph.Point).Select(point => graph with { Point = point }))
                    .Concat(graph.Seed == 0 ? [] : [graph with { Seed = 0 }])
        );
    }
}
