namespace AutoDiff.Curvature;

/// <summary>A loss as a function of one number: t ↦ f(x + t·d).</summary>
/// <remarks>An element of the point is xᵢ + (t·dᵢ), rounded twice, and the loss has the same bits as at that point. Reentrant, as the objective it is of.</remarks>
public sealed class LossAlongLine
{
    private readonly LossPrograms _loss;
    private readonly double[] _x;
    private readonly double[] _direction;

    internal LossAlongLine(LossPrograms loss, double[] x, double[] direction) => (_loss, _x, _direction) = (loss, x, direction);

    /// <summary>The point x + t·d [n].</summary>
    public double[] Point(double t)
    {
        var point = new double[_x.Length];
        for (var i = 0; i < point.Length; i++)
            point[i] = _x[i] + (t * _direction[i]);
        return point;
    }

    /// <summary>The loss at t.</summary>
    public double Value(double t) => _loss.Value(Point(t), null);

    /// <summary>The loss at t and its derivative in t, the gradient times d.</summary>
    public (double Value, double Slope) ValueAndSlope(double t)
    {
        var gradient = new double[_x.Length];
        var value = _loss.ValueAndGradient(Point(t), gradient, null);
        return (value, VectorLoops.Dot(gradient, _direction));
    }
}
