namespace AutoDiff;

/// <summary>What <see cref="Op.While"/> repeats: a closed subgraph of invariants and carries, which gives whether to go on and the next carries.</summary>
/// <remarks>Equal by reference. The result is one vector of the last carries, each in row-major order.</remarks>
public sealed class WhileLoop
{
    internal WhileLoop(Body body, int invariants)
    {
        (Body, InvariantCount) = (body, invariants);
        Packed = Shape.Result("While", [Next.ToArray().Sum(carry => (long)carry.Shape.Size)]);
    }

    /// <summary>One step: (invariants, carries) → (whether to go on, next carries).</summary>
    internal Body Body { get; }

    internal int InvariantCount { get; }

    internal int CarryCount => Body.Inputs.Length - InvariantCount;

    /// <summary>The result's shape.</summary>
    internal Shape Packed { get; }

    internal ReadOnlySpan<Input> Invariants => Body.Inputs.AsSpan(0, InvariantCount);

    internal ReadOnlySpan<Input> Carries => Body.Inputs.AsSpan(InvariantCount);

    /// <summary>A scalar that is 0 where this step is the last.</summary>
    internal Tensor Again => Body.Outputs[0];

    internal ReadOnlySpan<Tensor> Next => Body.Outputs.AsSpan(1);
}
