namespace AutoDiff.Properties;

/// <summary>What an instruction can do; total: shapes that do not fit are made to.</summary>
/// <param name="Name">The name shown by printed programs.</param>
/// <param name="Build">(left, right, parameter) → value, of moderate size for moderate arguments.</param>
/// <param name="Smooth">Whether it is differentiable everywhere, to every order.</param>
public sealed record Step(string Name, Func<Tensor, Tensor, int, Tensor> Build, bool Smooth = true);
