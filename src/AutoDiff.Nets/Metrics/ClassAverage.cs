namespace AutoDiff.Nets;

/// <summary>How a figure of each class becomes one of all.</summary>
public enum ClassAverage
{
    /// <summary>The mean over the classes, each counting as much.</summary>
    Macro,

    /// <summary>The figure of all examples' counts added up.</summary>
    Micro,

    /// <summary>The mean over the classes, each counting as often as it is the true one.</summary>
    Weighted,
}
