using static AutoDiff.Ops;

namespace AutoDiff.Data;

/// <summary>Examples with what is to be predicted of them, row by row.</summary>
/// <param name="Inputs">The inputs [rows, …].</param>
/// <param name="Targets">The targets [rows] or [rows, …]: class numbers, values, or one-hot rows.</param>
[TensorTree]
public sealed partial record Dataset(Tensor Inputs, Tensor Targets)
{
    /// <summary>How many rows there are.</summary>
    public int Count => Inputs.Shape[0];

    /// <summary>Chosen rows, in the order of their positions, which may repeat.</summary>
    /// <param name="positions">Positions [count].</param>
    /// <remarks>A graph: in a compiled step the picking is part of the plan, and the whole set its constant.</remarks>
    public Dataset Rows(Tensor positions) => new(Gather(Inputs, positions), Gather(Targets, positions));
}
