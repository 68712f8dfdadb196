using System.Collections.Frozen;
using System.Collections.Immutable;

namespace AutoDiff;

/// <summary>The identities that hold for every argument, bit for bit.</summary>
internal static class Identities
{
    /// <summary>Among more tensors side by side a slice is not looked for: for each of as many slices that would be quadratic.</summary>
    private const int MostParts = 64;

    /// <summary>Every identity: a row here needs one in the laws, which asks for it by its name.</summary>
    public static ImmutableArray<IdentityRule> All { get; } =
    [
        On<Op.Map>("identity(x) → x", (op, x) => op.Function is Unary.Identity ? x[0] : null),
        On<Op.Map>("stopGradient(x) → x", (op, x) => op.Function is Unary.StopGradient ? x[0] : null),
        On<Op.Map>(
            "−(−x) → x",
            (op, x) => op.Function is Unary.Negate && x[0] is Apply { Op: Op.Map(Unary.Negate) } inner ? inner.Arguments[0] : null
        ),
        On<Op.Zip>("x·1 → x", (op, x) => op.Function is Binary.Multiply && IsAll(x[1], 1) ? x[0] : null),
        On<Op.Zip>("1·x → x", (op, x) => op.Function is Binary.Multiply && IsAll(x[0], 1) ? x[1] : null),
        On<Op.Zip>("x ⁄ 1 → x", (op, x) => op.Function is Binary.Divide && IsAll(x[1], 1) ? x[0] : null),
        On<Op.Zip>("x − 0 → x", (op, x) => op.Function is Binary.Subtract && IsAll(x[1], 0) ? x[0] : null), // but x + 0 turns −0 into 0
        On<Op.Zip>("x + −0 → x", (op, x) => op.Function is Binary.Add && IsAll(x[1], -0.0) ? x[0] : null),
        On<Op.Zip>("−0 + x → x", (op, x) => op.Function is Binary.Add && IsAll(x[0], -0.0) ? x[1] : null),
        On<Op.Select>("select(c, x, x) → x", (_, x) => ReferenceEquals(x[1], x[2]) ? x[1] : null),
        On<Op.Reshape>(
            "reshape(reshape(x)) → reshape(x)",
            (op, x) => x[0] is Apply { Op: Op.Reshape } inner ? Ops.ReshapeTo(inner.Arguments[0], op.To) : null
        ),
        On<Op.Transpose>(
            "transpose(transpose(x)) → transpose(x)",
            (op, x) =>
                x[0] is Apply { Op: Op.Transpose(var first) } inner
                    ? Ops.Transpose(inner.Arguments[0], Ints.From(op.Permutation.Count, axis => first[op.Permutation[axis]]).AsSpan())
                    : null
        ),
        On<Op.Broadcast>(
            "broadcast(broadcast(x)) → broadcast(x)",
            (op, x) => x[0] is Apply { Op: Op.Broadcast } inner ? Ops.BroadcastTo(inner.Arguments[0], op.To) : null
        ),
        On<Op.Flip>(
            "flip(flip(x)) → x",
            (op, x) => x[0] is Apply { Op: Op.Flip(var first) } inner && op.Axes.Equals(first) ? inner.Arguments[0] : null
        ),
        On<Op.Slice>("slice(concatenate(x…)) → slice(x)", SliceOfPart),
        On<Op.Custom>("custom(y, x…) → y", (_, x) => x[0]),
        On<Op.Barrier>("barrier(y, scope) → y", (op, x) => op.Token is Scope ? x[0] : null),
    ];

    private static readonly FrozenDictionary<Type, ImmutableArray<IdentityRule>> ByOp = All.GroupBy(identity => identity.Op)
        .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());

    /// <summary>The simplest node known to equal this one: an argument, or a node built from its arguments' arguments.</summary>
    public static Tensor Apply(Apply node)
    {
        var op = node.Op;
        if (ByOp.TryGetValue(op.GetType(), out var identities))
        {
            foreach (var identity in identities)
            {
                if (identity.Rule(op, node.Arguments) is { } simple)
                    return simple;
            }
        }
        return node;
    }

    /// <summary>Whether f(x, y) = f(y, x) for every x and y.</summary>
    public static bool Commutes(Op op) => op is Op.Zip(var function) && Binaries.Of(function).Commutes;

    private static IdentityRule On<TOp>(string name, Rule<TOp> rule)
        where TOp : Op => new(name, typeof(TOp), (op, x) => rule((TOp)op, x));

    /// <summary>A slice that lies within one of the tensors that lie side by side.</summary>
    private static Tensor? SliceOfPart(Op.Slice op, ReadOnlySpan<Tensor> x)
    {
        if (x[0] is not Apply { Op: Op.Concatenate(var axis) } side || side.Arguments.Length > MostParts)
            return null;
        var (start, reach) = (op.Start[axis], op.Length[axis] == 0 ? 0 : ((op.Length[axis] - 1) * op.Step[axis]) + 1);
        foreach (var part in side.Arguments)
        {
            if (start >= 0 && start + reach <= part.Shape[axis])
                return op.Length.AsSpan().SequenceEqual(part.Shape.AsSpan())
                    ? part
                    : AutoDiff.Apply.Of(op with { Start = Ints.From(op.Start.Count, i => i == axis ? start : op.Start[i]) }, part);
            start -= part.Shape[axis];
        }
        return null;
    }

    private static bool IsAll(Tensor x, double value) =>
        x switch
        {
            Constant { Shape.Size: 1 } constant => BitConverter.DoubleToInt64Bits(constant.Values[0])
                == BitConverter.DoubleToInt64Bits(value),
            Apply { Op: Op.Broadcast } repeated => IsAll(repeated.Arguments[0], value),
            _ => false,
        };

    private delegate Tensor? Rule<in TOp>(TOp op, ReadOnlySpan<Tensor> x)
        where TOp : Op;
}
