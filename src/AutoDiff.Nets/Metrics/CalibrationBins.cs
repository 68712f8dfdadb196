namespace AutoDiff.Nets;

/// <summary>Where the bins of a calibration end.</summary>
public enum CalibrationBins
{
    /// <summary>At equal distances from 0 to 1.</summary>
    EqualWidth,

    /// <summary>At quantiles of the probabilities, interpolated linearly: about as many examples in each, equal ones together.</summary>
    EqualMass,
}
