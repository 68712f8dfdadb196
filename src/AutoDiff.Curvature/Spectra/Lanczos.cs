namespace AutoDiff.Curvature;

/// <summary>Some eigenpairs of a symmetric operator from its products.</summary>
public static class Lanczos
{
    /// <summary>The largest eigenvalues with their vectors.</summary>
    public static EigenPairs Largest(LinearOperator a, int count, EigenOptions? options = null) => Ends(a, 0, count, options);

    /// <summary>The smallest (most negative) eigenvalues with their vectors.</summary>
    public static EigenPairs Smallest(LinearOperator a, int count, EigenOptions? options = null) => Ends(a, count, 0, options);

    /// <summary>Pairs at both ends.</summary>
    public static (EigenPairs Smallest, EigenPairs Largest) BothEnds(LinearOperator a, int smallest, int largest, EigenOptions? options = null) =>
        (Smallest(a, smallest, options), Largest(a, largest, options));

    private static EigenPairs Ends(LinearOperator a, int smallest, int largest, EigenOptions? options)
    {
        var n = a.Size;
        int[] indices = [.. Enumerable.Range(0, smallest), .. Enumerable.Range(n - largest, largest)];
        var eigen = SymmetricEigen.Pairs(a.ToMatrix(options), n, indices);
        var pairs = indices.Select(index =>
        {
            var pair = eigen.Pair(index);
            var residual = a.Apply(pair.Vector.AsSpan()).ToArray();
            VectorLoops.AddScaled(-pair.Value, pair.Vector.AsSpan(), residual);
            return new RitzPair(pair.Value, pair.Vector, VectorLoops.Norm(residual), pair.ErrorBound);
        });
        return new()
        {
            Value = [.. pairs],
            Outcome = Outcome.Converged,
            Iterations = n,
            Products = n,
            Measure = 0,
            Norm = Math.Max(Math.Abs(eigen.Eigenvalues[0]), Math.Abs(eigen.Eigenvalues[^1])),
        };
    }
}
