namespace AutoDiff.Plots;

/// <summary>Marks on one pair of axes.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="X">The axis to the right; where bars or boxes stand, their categories are at 0, 1, … of it.</param>
/// <param name="Y">The axis upward.</param>
/// <param name="Marks">From the lowest to the topmost.</param>
public sealed record Panel(string Title, Axis X, Axis Y, ImmutableArray<Mark> Marks);
