namespace AutoDiff.Curvature;

/// <summary>A point of a Newton iteration with all that is known there.</summary>
internal sealed record NewtonIterate(double[] X, double Value, double[] Gradient, NewtonStep Step)
{
    public double GradientNorm => VectorLoops.Norm(Gradient);

    /// <summary>Whether loss and gradient are finite.</summary>
    public bool IsFinite => double.IsFinite(Value) && Array.TrueForAll(Gradient, double.IsFinite);

    /// <summary>Whether the decrease that the model promises is below the tolerance's share of the loss.</summary>
    public bool PromisesLess(double tolerance, double scale) => Step.Decrement <= tolerance * Math.Sqrt(scale);

    /// <summary>Whether the step would change every parameter by less than the tolerance's share of it.</summary>
    public bool GoesLess(double tolerance)
    {
        for (var i = 0; i < X.Length; i++)
        {
            if (!(Math.Abs(Step.Values[i]) <= tolerance * Math.Abs(X[i])))
                return false;
        }
        return true;
    }
}
