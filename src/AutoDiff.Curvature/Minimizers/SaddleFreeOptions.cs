namespace AutoDiff.Curvature;

/// <summary>How <see cref="SaddleFreeNewton"/> steps.</summary>
public sealed record SaddleFreeOptions : MinimizerOptions
{
    /// <summary>The largest dimension of a Krylov space that a step is sought in; 200 by default (500 in Dauphin et al. 2014, whose spaces always have the full dimension).</summary>
    /// <exception cref="ArgumentException">There is not at least one.</exception>
    public int Dimension
    {
        get;
        init
        {
            Require.Positive("SaddleFreeOptions", "a dimension of", value);
            field = value;
        }
    } = 200;
}
