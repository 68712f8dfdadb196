using AutoDiff.Laws;
using FsCheck;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

public static partial class Cases
{
    private static IEnumerable<Case> Binaries() =>
        [
            .. EachArgument("Add", Add, Any(2, 3), Any(2, 3)),
            .. EachArgument("Subtract", Subtract, Any(2, 3), Any(2, 3)),
            .. EachArgument("Multiply", Multiply, Any(2, 3), Any(2, 3)),
            .. EachArgument("Divide", Divide, Any(2, 3), In(Domain.NonZero, 2, 3)),
            .. EachArgument("Power", Power, In(Domain.Positive, 2, 3), Any(2, 3)),
            new("Power: fixed exponent of a negative base", x => Power(x, 3), In(Domain.NonZero, 3)),
            new("Power: whole exponents at 0", x => Power(x, Tensor.Of([0, 1, 2, 3])), In(Domain.WithZeros, 4)),
            .. EachArgument("Atan2", Atan2, In(Domain.NonZero, 2, 3), In(Domain.NonZero, 2, 3)),
            .. EachArgument("Maximum", Maximum, Tensors.Distinct([2, 3]), In(Domain.Any, 2, 3)),
            .. EachArgument("Minimum", Minimum, Tensors.Distinct([2, 3]), In(Domain.Any, 2, 3)),
            .. EachArgument("Hypot", Hypot, In(Domain.NonZero, 2, 3), In(Domain.NonZero, 2, 3)),
            .. EachArgument("XLogY", XLogY, Any(2, 3), In(Domain.Positive, 2, 3)),
            .. EachArgument("LogAddExp", LogAddExp, Any(2, 3), Any(2, 3)),
            new("Modulo", x => Modulo(x, 3), Shaped(Domain.AwayFrom(-3, 0, 3))),
            new("Modulo: right", x => Modulo(Tensor.Of([7, -7, 5]), x), In(Domain.Between(2.6, 3.4), 3)),
            new("Modulo: both", x => Modulo(x + 5, 30 + Sin(x)), Any(3)),
            new("Remainder", x => Remainder(x, 3), Shaped(Domain.AwayFrom(-3, 3))),
            new("Remainder: right", x => Remainder(Tensor.Of([7, -7, 5]), x), In(Domain.Between(2.6, 3.4), 3)),
            new("LogicalAnd", x => LogicalAnd(x, Fixed(3)), In(Domain.NonZero, 3), Kind.PiecewiseConstant),
            new("LogicalOr", x => LogicalOr(Fixed(3), x), In(Domain.NonZero, 3), Kind.PiecewiseConstant),
            new("LogicalXor", x => LogicalXor(x, Fixed(3)), In(Domain.NonZero, 3), Kind.PiecewiseConstant),
            new("Maximum: both", x => Maximum(x, Flip(x)), Tensors.Distinct([2, 2])),
            new("Minimum: both", x => Minimum(x, Flip(x)), Tensors.Distinct([2, 2])),
            new("Equal", x => Equal(x, 0.5), Shaped(Domain.AwayFrom(0.5)), Kind.PiecewiseConstant),
            new("NotEqual", x => NotEqual(x, 0.5), Shaped(Domain.AwayFrom(0.5)), Kind.PiecewiseConstant),
            new("NotEqual: right", x => NotEqual(0.5, x), Shaped(Domain.AwayFrom(0.5)), Kind.PiecewiseConstant),
            new("Less", x => Less(x, 0.5), Shaped(Domain.AwayFrom(0.5)), Kind.PiecewiseConstant),
            new("LessOrEqual", x => LessOrEqual(0.5, x), Shaped(Domain.AwayFrom(0.5)), Kind.PiecewiseConstant),
            new("Greater", x => Greater(x, 0.5), Shaped(Domain.AwayFrom(0.5)), Kind.PiecewiseConstant),
            new("GreaterOrEqual", x => GreaterOrEqual(0.5, x), Shaped(Domain.AwayFrom(0.5)), Kind.PiecewiseConstant),
            new("Where: condition", x => Where(x > 0.5, 2, -1), Shaped(Domain.AwayFrom(0.5)), Kind.PiecewiseConstant),
            new("Where: when true", x => Where(Fixed(2, 3) > 0, x, Fixed(3)), Any(2, 3)),
            new("Where: when false", x => Where(Fixed(2, 1) > 0, 2, x), Any(3)),
            new("Where: all", x => Where(x > 0.5, Square(x), Sin(x)), Shaped(Domain.AwayFrom(0.5))),
        ];

    private static IEnumerable<Case> Operators() =>
        [
            new("op_Addition", x => x + Square(x), Any(2, 3)),
            new("op_Subtraction", x => Square(x) - x, Any(2, 3)),
            new("op_Multiply", x => x * Sin(x), Any(2, 3)),
            new("op_Division", x => (1 + x) / x, In(Domain.NonZero, 2, 3)),
            new("op_Addition: of a number", x => 2.5 + (x + 1.5), Any(2, 3)),
            new("op_Subtraction: of a number", x => 2.5 - (x - 1.5), Any(2, 3)),
            new("op_Multiply: by a number", x => 2.5 * (x * 1.5), Any(2, 3)),
            new("op_Division: by a number", x => 2.5 / (x / 1.5), In(Domain.NonZero, 2, 3)),
            new("op_UnaryNegation", x => -x, Any(2, 3)),
            new("op_LessThan", x => x < 0.5, In(Domain.AwayFrom(0.5), 3), Kind.PiecewiseConstant),
            new("op_GreaterThan", x => x > 0.5, In(Domain.AwayFrom(0.5), 3), Kind.PiecewiseConstant),
            new("op_LessThanOrEqual", x => x <= 0.5, In(Domain.AwayFrom(0.5), 3), Kind.PiecewiseConstant),
            new("op_GreaterThanOrEqual", x => x >= 0.5, In(Domain.AwayFrom(0.5), 3), Kind.PiecewiseConstant),
        ];

    /// <summary>Either argument varied, then broadcast from a shorter and from a longer shape, then both at once.</summary>
    private static IEnumerable<Case> EachArgument(
        string name,
        Func<Tensor, Tensor, Tensor> function,
        Arbitrary<Tensor> left,
        Arbitrary<Tensor> right
    )
    {
        var smooth = name is not ("Maximum" or "Minimum");
        // Apart from every element that a kinked op compares with.
        var other = smooth ? FixedPositive(2, 3) : Fixed(2, 3) + 10 * AutoDiff.Ops.Sign(Fixed(2, 3));
        yield return new($"{name}: left", x => function(x, other), left);
        yield return new($"{name}: right", x => function(other, x), right);
        if (!smooth)
            yield break;
        yield return new($"{name}: left, broadcast", x => function(Take(x, 0, 0), other), left);
        yield return new($"{name}: right, broadcast", x => function(other, Slice(x, 1, 0, 1)), right);
        yield return new($"{name}: left, against a scalar", x => function(x, 1.5), left);
        yield return new($"{name}: right, against a scalar", x => function(1.5, x), right);
        yield return new($"{name}: both", x => function(1.5 + Sigmoid(x), 1.5 + Tanh(x)), left);
    }
}
