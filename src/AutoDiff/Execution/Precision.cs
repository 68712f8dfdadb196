namespace AutoDiff;

/// <summary>The floating-point format in which a plan computes.</summary>
public enum Precision
{
    /// <summary>IEEE 754 binary64.</summary>
    Double,

    /// <summary>IEEE 754 binary32: half the memory, about twice the speed, 24 bits.</summary>
    Single,
}
