namespace AutoDiff.Curvature;

/// <summary>What Lanczos' iteration may miss of a spectrum at one end, from a start uniform on the sphere (Kuczyński, Woźniakowski 1992, theorem 4.2, of a matrix shifted to be semidefinite).</summary>
internal static class RandomStart
{
    /// <summary>A bound on the chance that k steps miss the outermost of n eigenvalues by more than a share of the range: 1.648·√n·exp(−√share·(2k − 1)).</summary>
    public static double Chance(int n, double steps, double share) =>
        steps > 0 ? Constant * Math.Sqrt(n) * Math.Exp(-Math.Sqrt(share) * ((2 * steps) - 1)) : 1;

    /// <summary>The share of the range that is missed with no more than a chance.</summary>
    public static double Share(int n, int steps, double chance)
    {
        var root = Math.Log(Constant * Math.Sqrt(n) / chance) / ((2 * steps) - 1);
        return root * root;
    }

    private const double Constant = 1.648;
}
