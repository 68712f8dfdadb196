namespace AutoDiff.Curvature;

/// <summary>How many vectors a basis for eigenpairs holds.</summary>
internal static class EigenMemory
{
    /// <summary>As many as keep restarts rare, as far as they fit; all n where those are no more.</summary>
    /// <exception cref="ArgumentException">Too few fit for any progress.</exception>
    public static int Capacity(string operation, int n, int count, int block, long bytes)
    {
        var least = Math.Min(n, (3L * count) + (2 * block));
        var wanted = Math.Min(n, Math.Max(least, 60 + (6L * count)));
        var fitting = Math.Min(bytes / (sizeof(double) * (long)n), (long)Math.Sqrt(Array.MaxLength));
        Require.That(
            fitting >= least,
            $"[{operation}] got room for {fitting} vectors of {n} elements in {bytes} bytes; expected at least {least}, {least * n * sizeof(double)} bytes"
        );
        return (int)Math.Min(wanted, fitting);
    }
}
