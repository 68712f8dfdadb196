namespace AutoDiff;

/// <summary>What <see cref="Op.Cond"/> chooses between: two closed subgraphs of the same inputs, whose outputs have the same shapes.</summary>
/// <remarks>Equal by reference. The result is one vector of the outputs, each in row-major order.</remarks>
public sealed class Branches
{
    internal Branches(Input[] inputs, Tensor[] whenTrue, Tensor[] whenFalse)
    {
        (WhenTrue, WhenFalse) = (new(inputs, whenTrue), new(inputs, whenFalse));
        Packed = Shape.Result("Cond", [whenTrue.Sum(output => (long)output.Shape.Size)]);
    }

    /// <summary>What is computed where the predicate is not 0.</summary>
    internal Body WhenTrue { get; }

    /// <summary>What is computed where it is 0.</summary>
    internal Body WhenFalse { get; }

    internal Input[] Inputs => WhenTrue.Inputs;

    /// <summary>The result's shape.</summary>
    internal Shape Packed { get; }

    /// <summary>The outputs' shapes.</summary>
    internal Shape[] Shapes => Array.ConvertAll(WhenTrue.Outputs, output => output.Shape);

    /// <summary>The branch that a predicate chooses, with its name.</summary>
    internal (string Name, Body Body) Chosen(double predicate) =>
        predicate != 0 ? (nameof(WhenTrue), WhenTrue) : (nameof(WhenFalse), WhenFalse);
}
