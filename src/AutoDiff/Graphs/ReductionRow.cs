namespace AutoDiff;

/// <summary>What is known of a reduction y of elements x: its row in <see cref="Reductions"/>, from which all else follows.</summary>
/// <param name="Kind">How the result depends on the elements.</param>
/// <param name="OfNothing">Its value over no elements; null where it has none.</param>
/// <param name="Slope">∂y ⁄ ∂x of each element as graph, from the reduced axes, x and y, in x's shape; null where it is 1.</param>
/// <param name="Fold">How it goes on from element to element; null for one that is no fold.</param>
internal sealed record ReductionRow(ReductionKind Kind, double? OfNothing, Func<Ints, Tensor, Tensor, Tensor>? Slope, ReductionFold? Fold);

/// <summary>How a reduction goes on from element to element.</summary>
/// <param name="Start">What changes nothing that it is folded with.</param>
/// <param name="Value">What was folded before, and an element: what every fast path must equal, but for the order.</param>
/// <param name="Kernel">Its loops over many numbers; <c>FoldKernel.Of</c> start and value where there are no faster ones.</param>
internal sealed record ReductionFold(double Start, Func<double, double, double> Value, FoldKernel Kernel);

/// <summary>How a reduction depends on its elements.</summary>
internal enum ReductionKind
{
    /// <summary>Their sum: linear.</summary>
    Sum,

    /// <summary>One of them: nothing is rounded.</summary>
    Choice,

    /// <summary>Any other fold.</summary>
    Fold,

    /// <summary>The logarithm of the sum of their exponentials.</summary>
    LogSumExp,
}
