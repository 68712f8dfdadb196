namespace AutoDiff.Plots;

/// <summary>The shape of a point.</summary>
public enum Symbol
{
    /// <summary>●</summary>
    Circle,

    /// <summary>■</summary>
    Square,

    /// <summary>▲</summary>
    Triangle,

    /// <summary>◆</summary>
    Diamond,

    /// <summary>×</summary>
    Cross,
}
