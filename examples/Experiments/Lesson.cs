using System.Collections.Immutable;
using AutoDiff.Data;

namespace AutoDiff.Examples.Experiments;

/// <summary>How a net is taught.</summary>
/// <param name="Size">Pictures of a batch.</param>
/// <param name="Epochs">How often it sees each picture.</param>
internal sealed record Lesson(int Size, int Epochs)
{
    /// <summary>The weight decay: not of biases.</summary>
    public double Decay { get; init; }

    /// <summary>What accuracies are measured on.</summary>
    public ImmutableArray<Dataset> Watched { get; init; } = [];

    /// <summary>How many epochs lie between two measurements.</summary>
    public int Every { get; init; } = 1;

    /// <summary>How steps and measurements are compiled.</summary>
    public CompileOptions Compile { get; init; } = CompileOptions.Default;
}
