using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>Eigenpairs that are left out of a density.</summary>
/// <param name="Values">The eigenvalues, ascending.</param>
/// <param name="Vectors">An orthonormal basis of their vectors' span.</param>
internal sealed record OutlierBasis(ImmutableArray<double> Values, IReadOnlyList<double[]> Vectors)
{
    // What is left of a unit vector of which the others leave less is that of an eigenvector found twice.
    private const double Distinct = 1e-3;

    /// <summary>The pairs, but for those found twice.</summary>
    public static OutlierBasis Of(int size, IEnumerable<RitzPair> pairs)
    {
        var basis = new KrylovBasis(size, 0);
        var values = new List<double>();
        foreach (var pair in pairs)
        {
            var vector = pair.Vector.ToArray();
            var length = VectorLoops.Norm(vector);
            var rest = basis.Orthogonalize(vector, new double[basis.Count]);
            if (!(rest > Distinct * length))
                continue;
            basis.Add(vector, rest);
            values.Add(pair.Value);
        }
        return new([.. values.Order()], [.. Enumerable.Range(0, basis.Count).Select(i => basis[i].ToArray())]);
    }
}
