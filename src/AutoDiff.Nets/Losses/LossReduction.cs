namespace AutoDiff.Nets;

/// <summary>What becomes of the losses of single elements or examples; PyTorch's <c>reduction</c>.</summary>
public enum LossReduction
{
    /// <summary>Their mean: by weights where a loss has weights of classes, and over what is not ignored. NaN over none.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their sum over the length of the first axis, the batch; PyTorch's <c>batchmean</c>.</summary>
    BatchMean,

    /// <summary>Each on its own.</summary>
    None,
}
