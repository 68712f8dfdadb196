namespace AutoDiff.Nets;

/// <summary>Which of a weight's <see cref="Fans"/> its variance is over.</summary>
public enum FanMode
{
    /// <summary>The inputs of a unit: what goes forward keeps its variance.</summary>
    In,

    /// <summary>The units of an input: what goes back keeps its variance.</summary>
    Out,

    /// <summary>Their mean.</summary>
    Average,
}
