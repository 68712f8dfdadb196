namespace AutoDiff;

/// <summary>What is known of a function of whole matrices: its row in <see cref="MatrixFunctions"/>, from which all else follows.</summary>
/// <param name="Facts">Its arguments, and in which it has a derivative.</param>
/// <param name="Expected">The arguments' shapes, as errors give them.</param>
/// <param name="Result">The result's last axes from the arguments' last two; null where these do not fit.</param>
/// <param name="Value">The result's elements for one matrix of each argument, by the plainest loops: what every fast path must equal.</param>
/// <param name="Kernel">The same, fast.</param>
/// <param name="Tangent">The tangent as graph from y = f(x…) and the arguments' tangents, null for none; not all are null.</param>
/// <param name="Cotangent">The cotangent of an argument as graph from y = f(x…), y's cotangent and the argument's position.</param>
internal sealed record MatrixRow(
    OpFacts Facts,
    string Expected,
    Func<MatrixSize[], int[]?> Result,
    Func<PlainMatrix[], double[]> Value,
    MatrixKernel Kernel,
    Func<MatrixNode, Tensor?[], Tensor?> Tangent,
    Func<MatrixNode, Tensor, int, Tensor?> Cotangent
)
{
    /// <summary>The argument in which it is linear, the others held; −1 where there is none.</summary>
    public int LinearIn { get; init; } = -1;

    /// <summary>The only argument whose columns become the result's, each by itself; −1 where there is none.</summary>
    public int ColumnsOf { get; init; } = -1;

    /// <summary>Whether its rounding errors are those of each argument's element moved relative to itself, and not to the row and the column that it is in.</summary>
    public bool IsSubstitution { get; init; }
}

/// <summary>The lengths of a matrix's axes.</summary>
internal readonly record struct MatrixSize(int Rows, int Columns)
{
    public bool IsSquare => Rows == Columns;
}

/// <summary>A result of a function of whole matrices, and what from.</summary>
/// <param name="X">The arguments.</param>
/// <param name="Y">The result.</param>
internal readonly record struct MatrixNode(Tensor[] X, Tensor Y);
