namespace AutoDiff;

/// <summary>What Fourier transforms of length n are divided by, as NumPy names it: a transform and its inverse together by n.</summary>
public enum FftNormalization
{
    /// <summary>The inverse by n.</summary>
    Backward,

    /// <summary>Both by √n: lengths stay.</summary>
    Ortho,

    /// <summary>The forward transform by n.</summary>
    Forward,
}
