namespace AutoDiff.Curvature;

/// <summary>A point of a descent with its loss and gradient, and its Hessian once that is asked for.</summary>
internal sealed class DescentPoint(double[] x, double value, double[] gradient, Func<double[], HessianOperator> hessian)
{
    private readonly Lazy<HessianOperator> _hessian = new(() => hessian(x));

    public double[] X => x;

    public double Value => value;

    public double[] Gradient => gradient;

    public double Norm { get; } = VectorLoops.Norm(gradient);

    public bool IsFinite => double.IsFinite(value) && double.IsFinite(Norm);

    public HessianOperator Hessian => _hessian.Value;
}
