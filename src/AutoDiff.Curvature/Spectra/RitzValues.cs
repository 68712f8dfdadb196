namespace AutoDiff.Curvature;

/// <summary>Eigenvalues of a projection, ascending, their vectors in the basis from a vector on [size, size], and what is to be expected of their residuals.</summary>
internal sealed record RitzValues(double[] Values, double[] Vectors, double[] Residuals, int From)
{
    /// <summary>The vector of an eigenvalue [size].</summary>
    public ReadOnlySpan<double> Vector(int index) => Vectors.AsSpan(index * Values.Length, Values.Length);
}
