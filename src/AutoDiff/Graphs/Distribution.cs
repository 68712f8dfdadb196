namespace AutoDiff;

/// <summary>What a key draws, each number independent of the others; with two parameters a and b, of which some use none or one.</summary>
public enum Distribution
{
    /// <summary>Uniform in [a, b): a + (b − a)·k⁄2⁵³ with k in 0 … 2⁵³ − 1; in single precision 2²⁴ for 2⁵³, so that b is not reached there either.</summary>
    Uniform,

    /// <summary>Normal of mean a and standard deviation b: the quantile of the midpoint (k + ½)⁄2⁵² with k in 0 … 2⁵² − 1.</summary>
    Normal,

    /// <summary>Standard normal under the condition that it lies in [a, b].</summary>
    TruncatedNormal,

    /// <summary>1 with probability a, else 0.</summary>
    Bernoulli,

    /// <summary>−1 or 1, equally likely.</summary>
    Rademacher,

    /// <summary>Exponential of rate a: −ln of the midpoint (k + ½)⁄2⁵², times 1 ⁄ a.</summary>
    Exponential,

    /// <summary>Whole numbers 0 … a − 1, equally likely.</summary>
    Integers,

    /// <summary>The first of 0 … a − 1 in random order, as many as there is room for.</summary>
    Permutation,
}
