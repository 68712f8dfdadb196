namespace AutoDiff.Nets;

/// <summary>How the areas under many classes' curves become one.</summary>
public enum RocAverage
{
    /// <summary>The mean over the classes, each against all others.</summary>
    OneVersusRest,

    /// <summary>The mean over pairs of classes, either against the other among their examples (Hand, Till 2001).</summary>
    OneVersusOne,
}
