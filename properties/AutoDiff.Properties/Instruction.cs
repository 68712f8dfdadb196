namespace AutoDiff.Properties;

/// <summary>One step of a random program: an op over earlier values, counted back from the step.</summary>
/// <param name="Step">What to do.</param>
/// <param name="Left">How far back the first value is, modulo their number.</param>
/// <param name="Right">How far back the second is.</param>
/// <param name="Parameter">Chooses an axis, an offset or the like.</param>
public sealed record Instruction(Step Step, int Left, int Right, int Parameter);
