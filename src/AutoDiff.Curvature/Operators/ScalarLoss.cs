namespace AutoDiff.Curvature;

/// <summary>A loss that is seen to be a scalar.</summary>
internal static class ScalarLoss
{
    /// <summary>The loss, which refuses in the name of an operation.</summary>
    public static Func<T, Tensor> Of<T>(string operation, Func<T, Tensor> loss)
    {
        Require.NotNull(loss, operation);
        return point =>
        {
            var value = loss(point);
            Require.NotNull(value, operation);
            Require.That(value.Rank == 0, $"[{operation}] the function gave shape {value.Shape}; expected a scalar []");
            return value;
        };
    }
}
