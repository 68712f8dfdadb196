namespace AutoDiff.Curvature;

/// <summary>How means over batches are computed where the call does not say, and what is kept of each batch.</summary>
/// <remarks>
/// Threads share the batches, and of a block or a matrix its rows besides; progress is told and cancellation seen between two batches. These are the values for calls
/// that take no options of their own, as a product with one vector does.
/// </remarks>
public sealed record BatchOptions : RunOptions
{
    /// <summary>How many bytes an operator may keep of what a product needs of the batches besides themselves; a quarter of the memory that there is for the process unless set.</summary>
    /// <remarks>
    /// The residuals of the linearization: about two numbers for each unit of a net and each example. What does not fit is computed again at each product, for the price of
    /// about one gradient of the batch; the results are the same bits. It is a limit for each operator, and let go with it. 0 keeps nothing.
    /// </remarks>
    /// <exception cref="ArgumentException">It is negative.</exception>
    public long KeptBytes
    {
        get;
        init
        {
            Require.That(value >= 0, $"[BatchOptions] got {value} bytes to keep; expected at least 0");
            field = value;
        }
    } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
}
