namespace AutoDiff.Curvature;

/// <summary>A point of a search with its loss and gradient.</summary>
internal sealed record SearchPoint(double[] X, double Value, double[] Gradient)
{
    public double Norm { get; } = VectorLoops.Norm(Gradient);

    /// <summary>Whether loss and gradient are finite.</summary>
    public bool IsFinite => double.IsFinite(Value) && double.IsFinite(Norm);

    public static SearchPoint At<T>(Objective<T> objective, double[] x)
        where T : ITensorTree<T>
    {
        var gradient = new double[x.Length];
        return new(x, objective.ValueAndGradient(x, gradient), gradient);
    }

    /// <summary>x + length·step [n].</summary>
    public double[] Moved(double length, double[] step)
    {
        var x = (double[])X.Clone();
        VectorLoops.AddScaled(length, step, x);
        return x;
    }
}
