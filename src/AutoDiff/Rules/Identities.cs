namespace AutoDiff;

/// <summary>The identities that hold for every argument, NaN, infinities and signed zeros included.</summary>
internal static class Identities
{
    /// <summary>The simplest node known to equal this one: an argument, or a node built from its arguments' arguments.</summary>
    public static Tensor Apply(Apply node)
    {
        var x = node.Arguments;
        return node.Op switch
        {
            Op.Map(Unary.Identity or Unary.StopGradient) => x[0],
            Op.Map(Unary.Negate) when Inner(x[0]) is { Op: Op.Map(Unary.Negate) } inner => inner.Arguments[0], // −(−x) → x
            Op.Zip(Binary.Multiply) when IsAll(x[1], 1) => x[0], // x·1 → x
            Op.Zip(Binary.Multiply) when IsAll(x[0], 1) => x[1],
            Op.Zip(Binary.Divide) when IsAll(x[1], 1) => x[0], // x ⁄ 1 → x
            Op.Zip(Binary.Subtract) when IsAll(x[1], 0) => x[0], // x − 0 → x; but x + 0 turns −0 into 0
            Op.Zip(Binary.Add) when IsAll(x[1], -0.0) => x[0], // x + −0 → x
            Op.Zip(Binary.Add) when IsAll(x[0], -0.0) => x[1],
            Op.Select when ReferenceEquals(x[1], x[2]) => x[1], // either way
            Op.Reduce(var kind, { Count: 0 }) when Reductions.Of(kind).Fold is not null => x[0],
            Op.Reshape(var to) when Inner(x[0]) is { Op: Op.Reshape } inner => Ops.ReshapeTo(inner.Arguments[0], to),
            Op.Transpose(var outer) when Inner(x[0]) is { Op: Op.Transpose(var first) } inner => Ops.Transpose(
                inner.Arguments[0],
                Ints.From(outer.Count, axis => first[outer[axis]]).AsSpan()
            ),
            Op.Broadcast(var to) when Inner(x[0]) is { Op: Op.Broadcast } inner => Ops.BroadcastTo(inner.Arguments[0], to),
            Op.Flip(var axes) when Inner(x[0]) is { Op: Op.Flip(var first) } inner && axes.Equals(first) => inner.Arguments[0],
            Op.Custom or Op.Barrier(Scope) => x[0],
            _ => node,
        };
    }

    private static Apply? Inner(Tensor x) => x as Apply;

    private static bool IsAll(Tensor x, double value) =>
        x switch
        {
            Constant { Shape.Size: 1 } constant => BitConverter.DoubleToInt64Bits(constant.Values[0])
                == BitConverter.DoubleToInt64Bits(value),
            Apply { Op: Op.Broadcast } repeated => IsAll(repeated.Arguments[0], value),
            _ => false,
        };
}
