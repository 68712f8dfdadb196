namespace AutoDiff.Curvature;

/// <summary>The model g + Hp of a gradient, in the eigenvectors' directions.</summary>
internal sealed class DampedModel
{
    private readonly EigenDecomposition _eigen;
    private readonly double _norm;
    private readonly double _length;
    private readonly double[] _along;

    /// <summary>Of a gradient [n] and the Hessian of the 2-norm given.</summary>
    public DampedModel(EigenDecomposition eigen, double[] gradient, double norm)
    {
        (_eigen, _norm, _length) = (eigen, norm, VectorLoops.Norm(gradient));
        _along = new double[gradient.Length];
        var pull = new double[gradient.Length];
        for (var k = 0; k < pull.Length; k++)
        {
            _along[k] = VectorLoops.Dot(eigen.Vectors.AsSpan(k * pull.Length, pull.Length), gradient) / _length;
            pull[k] = norm > 0 ? eigen.Eigenvalues[k] / norm * _along[k] : 0;
        }
        Flatness = VectorLoops.Norm(pull);
    }

    /// <summary>‖Hg‖ ⁄ (‖H‖‖g‖).</summary>
    public double Flatness { get; }

    /// <summary>p = −H(H² + μI)⁻¹g [n] for μ relative to ‖H‖², and ‖g + Hp‖ ⁄ ‖g‖.</summary>
    public (double[] Step, double Left) Step(double damping)
    {
        var (n, step) = (_along.Length, new double[_along.Length]);
        var left = new double[n];
        for (var k = 0; k < n; k++)
        {
            var curvature = _eigen.Eigenvalues[k] / _norm;
            var denominator = (curvature * curvature) + damping;
            left[k] = damping / denominator * _along[k];
            VectorLoops.AddScaled(-curvature / denominator * _along[k] * (_length / _norm), _eigen.Vectors.AsSpan(k * n, n), step);
        }
        return (step, VectorLoops.Norm(left));
    }
}
