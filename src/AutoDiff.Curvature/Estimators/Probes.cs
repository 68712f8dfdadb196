namespace AutoDiff.Curvature;

/// <summary>Random vectors of a key, each a pure function of the key and its number.</summary>
internal static class Probes
{
    /// <summary>Writes the vectors <paramref name="first"/>, <paramref name="first"/> + 1, … to the rows of a block [count, n].</summary>
    public static void Write(
        Key key,
        ProbeDistribution distribution,
        int first,
        int count,
        int size,
        Memory<double> block,
        RunOptions options
    )
    {
        var root = new PhiloxKey(key.Bits);
        Work.Share(count, row => Write(root.FoldIn((ulong)(first + row)), distribution, block.Span.Slice(row * size, size)), options);
    }

    private static void Write(PhiloxKey key, ProbeDistribution distribution, Span<double> probe)
    {
        switch (distribution)
        {
            case ProbeDistribution.Rademacher:
                Draws.Rademacher(key, probe);
                break;
            case ProbeDistribution.Gaussian:
                Draws.Normal(key, 0, 1, probe);
                break;
            case ProbeDistribution.Sphere:
                Draws.Normal(key, 0, 1, probe);
                // No drawn number is 0, so neither is the norm.
                VectorLoops.Scale(Math.Sqrt(probe.Length) / VectorLoops.Norm(probe), probe);
                break;
            default:
                Require.Fail($"[EstimatorOptions] got probes {distribution}; expected a distribution that has a name");
                break;
        }
    }
}
