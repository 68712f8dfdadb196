namespace AutoDiff;

/// <content>Keys and what they draw.</content>
internal sealed partial class ShapeRules
{
    public Shape Of(Op.Draw op, ReadOnlySpan<Tensor> x)
    {
        Require.NotNull(op.To, op.Name);
        return Result(op, [.. Lengths(Keys(op, x[0].Shape))[..^1], .. Lengths(op.To)], x[0].Shape);
    }

    public Shape Of(Op.Gamma op, ReadOnlySpan<Tensor> x) => Batched(op, x[0].Shape, x[1].Shape);

    public Shape Of(Op.SplitKey op, ReadOnlySpan<Tensor> x)
    {
        var keys = Lengths(Keys(op, x[0].Shape));
        Require.That(op.Count >= 0, $"[{op.Name}] got count {op.Count}; expected at least 0");
        return Result(op, [.. keys[..^1], op.Count, KeyWords.Count], x[0].Shape);
    }

    public Shape Of(Op.FoldIn op, ReadOnlySpan<Tensor> x)
    {
        var numbers = Batched(op, x[0].Shape, x[1].Shape);
        Require.That(
            numbers.Rank == x[0].Rank && numbers[-1] == KeyWords.OfNumber,
            $"[{op.Name}] got numbers {numbers} for keys {x[0].Shape}; expected their words [batch…,{KeyWords.OfNumber}]"
        );
        return x[0].Shape;
    }

    private static Shape Keys(Op op, Shape keys)
    {
        Require.That(keys.Rank > 0 && keys[-1] == KeyWords.Count, $"[{op.Name}] got keys {keys}; expected [batch…,{KeyWords.Count}]");
        return keys;
    }

    /// <summary>The shape of an argument that begins with the keys' batch axes.</summary>
    private static Shape Batched(Op op, Shape keys, Shape x)
    {
        var batch = Keys(op, keys).AsSpan()[..^1];
        Require.That(
            x.Rank >= batch.Length && x.AsSpan()[..batch.Length].SequenceEqual(batch),
            $"[{op.Name}] batch axes differ: keys {keys}, argument {x}; expected it to begin with the keys' axes but the last"
        );
        return x;
    }
}
