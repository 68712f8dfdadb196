using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>Attention as a function, for layers of one's own.</summary>
public static class Attention
{
    /// <summary>softmax(q·kᵀ ⁄ √d)·v: for each query the mean of the values, weighted by how well their keys fit it.</summary>
    /// <param name="queries">[…, queries, d].</param>
    /// <param name="keys">[…, keys, d]; leading axes broadcast.</param>
    /// <param name="values">[…, keys, e].</param>
    /// <param name="mask">Where a query may look, not 0, broadcast to […, queries, keys]; everywhere where null. A query that may look nowhere gets zeros.</param>
    /// <returns>[…, queries, e].</returns>
    /// <remarks>Vaswani et al. 2017 (1706.03762), equation 1. No derivative flows to the mask.</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit one another.</exception>
    public static Tensor ScaledDotProductAttention(Tensor queries, Tensor keys, Tensor values, Tensor? mask = null) =>
        MatMul(Weights(Scores(queries, keys, values), mask), values);

    /// <summary>The mask of a sequence that does not look ahead: 1 on and below the diagonal of [time, time].</summary>
    /// <param name="time">The length of the sequence, at least 0.</param>
    /// <exception cref="ArgumentException">The length is negative.</exception>
    public static Tensor CausalMask(int time)
    {
        Require.That(time >= 0, $"[CausalMask] got a length of {time}; expected at least 0");
        return LowerTriangle(Tensor.Ones([time, time]));
    }

    /// <summary>q·kᵀ ⁄ √d […, queries, keys].</summary>
    internal static Tensor Scores(Tensor queries, Tensor keys, Tensor values)
    {
        const string operation = nameof(ScaledDotProductAttention);
        Require.NotNull(queries, operation);
        Require.NotNull(keys, operation);
        Require.NotNull(values, operation);
        Require.That(
            queries.Rank >= 2
                && keys.Rank >= 2
                && values.Rank >= 2
                && queries.Shape[-1] == keys.Shape[-1]
                && keys.Shape[-2] == values.Shape[-2],
            $"[{operation}] got queries {queries.Shape}, keys {keys.Shape}, values {values.Shape}; expected […,queries,d], […,keys,d], […,keys,e]"
        );
        return MatMul(queries * (1 / Math.Sqrt(Math.Max(1, queries.Shape[-1]))), SwapAxes(keys, -1, -2));
    }

    /// <summary>The scores' softmax where each query may look at some key at least.</summary>
    internal static Tensor Seen(Tensor scores, Tensor mask) => Softmax(Where(mask, scores, double.NegativeInfinity));

    private static Tensor Weights(Tensor scores, Tensor? mask)
    {
        if (mask is null || scores.Shape[-1] == 0)
            return Softmax(scores);
        Require.That(
            mask.Shape.BroadcastsTo(scores.Shape),
            $"[{nameof(ScaledDotProductAttention)}] got a mask {mask.Shape}; expected one that broadcasts to {scores.Shape}"
        );
        var seen = NotEqual(mask, 0);
        var sees = mask.Rank == 0 ? seen : Max(seen, -1, true);
        return Softmax(Where(seen, scores, Where(sees, double.NegativeInfinity, 0))) * sees;
    }
}
