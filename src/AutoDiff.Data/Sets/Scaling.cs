namespace AutoDiff.Data;

/// <summary>What a scaling is measured on.</summary>
internal static class Scaling
{
    /// <summary>The inputs as constants: at least one, and all finite.</summary>
    public static Tensor Checked(Tensor inputs, string operation)
    {
        Require.That(
            inputs.Rank > 0 && inputs.Shape.Size > 0,
            $"[{operation}] got inputs {inputs.Shape}; expected [rows,…] with at least one element"
        );
        var known = Transforms.Evaluate(inputs);
        Require.Finite(operation, "the inputs", ((Constant)known).Values);
        return known;
    }
}
