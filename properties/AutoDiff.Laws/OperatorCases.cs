using AutoDiff.Curvature;
using FsCheck;
using FsCheck.Fluent;

namespace AutoDiff.Laws;

/// <summary>Random cases of an operator.</summary>
public static class OperatorCases
{
    /// <summary>An operator with random vectors.</summary>
    /// <param name="a">The operator.</param>
    /// <param name="name">Its name, shown by printed cases.</param>
    /// <param name="magnitude">The norm of the parts that it is made of, where they may cancel.</param>
    public static Arbitrary<OperatorCase> Of(LinearOperator a, string name = "A", double magnitude = 0)
    {
        ArgumentNullException.ThrowIfNull(a);
        return Arb.From(Gen.Choose(1, 1_000_000).Select(seed => new OperatorCase(name, a, seed, magnitude)));
    }
}
