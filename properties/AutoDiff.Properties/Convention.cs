namespace AutoDiff.Properties;

/// <summary>What a case gives at a number where it is not finite, not differentiable or not defined.</summary>
/// <param name="Case">The case's name.</param>
/// <param name="At">The number that every element is.</param>
/// <param name="Value">The result's elements, or the one that all are.</param>
/// <param name="Slope">The gradient of the result's sum, or the one number that all its elements are.</param>
/// <param name="Curvature">The Hessian of the result's sum times ones, likewise.</param>
internal sealed partial record Convention(string Case, double At, double[] Value, double[] Slope, double[] Curvature)
{
    private const double Infinity = double.PositiveInfinity;
    private const double NaN = double.NaN;
    private const double Far = 800;

    /// <summary>Every row; one at 0 is of −0 as well, unless that has its own.</summary>
    public static IReadOnlyList<Convention> All { get; } =
    [.. Poles(), .. BeyondTheRange(), .. OutsideTheDomain(), .. Kinks(), .. Ties(), .. Orders(), .. Jumps(), .. OfSpecialFunctions()];

    private static IEnumerable<Convention> Poles() =>
        [
            One("Sqrt", 0, 0, Infinity, -Infinity),
            One("Log", 0, -Infinity, Infinity, -Infinity),
            One("Reciprocal", 0, Infinity, -Infinity, Infinity),
            One("Reciprocal", -0.0, -Infinity, -Infinity, -Infinity),
            One("Divide: right", 0, Infinity, -Infinity, Infinity),
            One("Divide: right", -0.0, -Infinity, -Infinity, -Infinity),
            One("Divide: right, against a scalar", 0, Infinity, -Infinity, Infinity),
            One("Divide: right, against a scalar", -0.0, -Infinity, -Infinity, -Infinity),
            new("Divide: right, broadcast", 0, [Infinity], [-Infinity, 0, 0, -Infinity, 0, 0], [Infinity, 0, 0, Infinity, 0, 0]),
            new("Divide: right, broadcast", -0.0, [-Infinity], [-Infinity, 0, 0, -Infinity, 0, 0], [-Infinity, 0, 0, -Infinity, 0, 0]),
            One("Divide: by itself", 0, NaN, NaN, NaN),
            One("Divide: both ways", 0, -Infinity, Infinity, -Infinity),
            One("Divide: both ways", -0.0, Infinity, Infinity, Infinity),
            One("op_Division", 0, Infinity, NaN, NaN), // 1 ⁄ x − (1 + x) ⁄ x², two infinities
            One("op_Division", -0.0, -Infinity, -Infinity, -Infinity),
            // Exponents from 0.58 to 1.58: the third and the last are below 1.
            new("Power: left", 0, [0], [0, 0, Infinity, 0, 0, Infinity], [Infinity, Infinity, -Infinity, Infinity, Infinity, -Infinity]),
            new("Power: left, broadcast", 0, [0], [0, 0, Infinity, 0, 0, 0], [Infinity, Infinity, -Infinity, 0, 0, 0]),
            One("Power: left, against a scalar", 0, 0, 0, Infinity),
            // x + xˢ − sˣ for s of ½, 5⁄4 and 2.
            new(
                "Power: 1 and both ways",
                0,
                [-1],
                [Infinity, 0.7768564486857903, 0.3068528194400547],
                [-Infinity, Infinity, 1.519546986081799]
            ),
        ];

    private static IEnumerable<Convention> BeyondTheRange() =>
        [
            One("Exp", Far, Infinity, Infinity, Infinity),
            One("Expm1", Far, Infinity, Infinity, Infinity),
            One("Sinh", Far, Infinity, Infinity, Infinity),
            One("Sinh", -Far, -Infinity, Infinity, -Infinity),
            One("Cosh", Far, Infinity, Infinity, Infinity),
            One("Cosh", -Far, Infinity, -Infinity, Infinity),
            One("Subtract: both ways", -Far, Infinity, -Infinity, Infinity),
        ];

    private static IEnumerable<Convention> OutsideTheDomain() =>
        [
            One("Sqrt", -Far, NaN, NaN, NaN),
            One("Log", -Far, NaN, -0.00125, -1.5625e-06), // that of ln |x|
            One("Log1p", -Far, NaN, -0.0012515644555694619, -1.566413586444883e-06),
            One("Asin", Far, NaN, NaN, NaN),
            One("Asin", -Far, NaN, NaN, NaN),
            One("Acos", Far, NaN, NaN, NaN),
            One("Acos", -Far, NaN, NaN, NaN),
            One("Power: left", -Far, NaN, NaN, NaN),
            new("Power: left, broadcast", -Far, [NaN], [NaN, NaN, NaN, 0, 0, 0], [NaN, NaN, NaN, 0, 0, 0]),
            One("Power: left, against a scalar", -Far, NaN, NaN, NaN),
            new("Power: 1 and both ways", -Far, [NaN, NaN, 639_200], [NaN, NaN, -1599], [NaN, NaN, 2]),
        ];

    private static IEnumerable<Convention> Kinks() =>
        [
            One("Abs", 0, 0, 0, 0),
            One("Relu", 0, 0, 0, 0),
            One("LeakyRelu", 0, 0, 0.01, 0),
            One("LeakyRelu: slope", 0, 0, 0.25, 0),
            One("Elu", 0, 0, 1, 1),
            One("Elu: alpha", 0, 0, 0.5, 0.5),
            One("Selu", 0, 0, 1.7580993408473766, 1.7580993408473766),
            .. new[]
            {
                "all axes",
                "first axis",
                "last axis",
                "two axes",
                "one",
                "of order 1",
                "of order 3",
                "of order 3, one",
                "of infinite order",
                "of infinite order, several",
            }.Select(norm => One($"Norm: {norm}", 0, 0, 0, 0)),
        ];

    private static IEnumerable<Convention> Ties() =>
        from at in new[] { 0, Far, -Far }
        from row in new[]
        {
            One("Max: all axes", at, at, 1.0 / 12, 0),
            One("Max: first axis", at, at, 0.5, 0),
            One("Max: last axis", at, at, 0.5, 0),
            One("Max: two axes", at, at, 0.25, 0),
            One("Min: all axes", at, at, 1.0 / 12, 0),
            One("Min: first axis", at, at, 0.5, 0),
            One("Min: last axis", at, at, 0.5, 0),
            One("Min: two axes", at, at, 0.25, 0),
            One("Maximum: both", at, at, 1, 0), // of an element and another, each twice
            One("Minimum: both", at, at, 1, 0),
            One("MaxPool", at, at, 0.25, 0),
            new("MaxPool: one axis, dilated", at, [at], [0, 1.5, 0, 0.5, 0], [0]),
            new("MaxPool: overlapping, padded", at, [at], [2.25, 2.25, 1.5, 1.5, 2.25, 2.25], [0]),
        }
        select row;

    private static IEnumerable<Convention> Jumps() =>
        [
            new("Gather: both vary", 0, [0], [0], [6, 0, 0]),
            One("ScatterAdd: both vary", 0, 0, 0, 2),
            new("At: computed indices", 0, [0], [0, 1, 1], [0, 0, 2]),
        ];

    private static Convention One(string name, double at, double value, double slope, double curvature) =>
        new(name, at, [value], [slope], [curvature]);
}
