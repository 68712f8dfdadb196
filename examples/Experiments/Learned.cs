using System.Collections.Immutable;
using AutoDiff.Nets;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>What came of teaching a net.</summary>
/// <param name="Net">The net.</param>
/// <param name="Variables">Its variables after the last step.</param>
/// <param name="IsFinite">Whether loss and gradient were numbers to the end.</param>
/// <param name="Losses">The loss of each step, on its batch.</param>
/// <param name="Epochs">The epochs after which accuracies were measured.</param>
/// <param name="Accuracies">The parts named right of each set watched, a value for each of those epochs, to the last of them where steps ended before.</param>
/// <param name="Seconds">What the steps took, without the measurements.</param>
internal sealed record Learned(
    Net Net,
    Variables Variables,
    bool IsFinite,
    ImmutableArray<double> Losses,
    ImmutableArray<double> Epochs,
    ImmutableArray<ImmutableArray<double>> Accuracies,
    double Seconds
)
{
    /// <summary>The mean loss of each epoch's steps, with the penalty where there is one.</summary>
    /// <param name="steps">How many an epoch has.</param>
    public ImmutableArray<double> LossByEpoch(int steps) => [.. Losses.Chunk(steps).Select(epoch => epoch.Average())];

    /// <summary>The same over the epochs, as far as steps were taken; of a net whose accuracy is measured after each.</summary>
    /// <param name="name">The curve's name.</param>
    /// <param name="steps">How many an epoch has.</param>
    public Mark.Line LossCurve(string name, int steps)
    {
        var losses = LossByEpoch(steps);
        return new([.. Epochs.Take(losses.Length)], losses) { Name = name };
    }
}
