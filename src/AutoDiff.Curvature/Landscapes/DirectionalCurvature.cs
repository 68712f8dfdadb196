namespace AutoDiff.Curvature;

/// <summary>The Hessian's Rayleigh quotients along directions.</summary>
public static class DirectionalCurvature
{
    /// <summary>dᵀHd/dᵀd at a point. One product, O(n) memory.</summary>
    /// <exception cref="ArgumentException">Point or direction is none of the objective's or not finite, or the direction is 0.</exception>
    public static double Along<T>(Objective<T> objective, T point, T direction)
        where T : ITensorTree<T>
    {
        const string operation = "DirectionalCurvature.Along";
        var x = Point(operation, objective, point);
        var d = objective.Ravel(operation, direction);
        Require.Finite(operation, "the direction", d);
        Require.That(VectorLoops.Norm(d) > 0, $"[{operation}] got a direction of zeros; expected one that leads away");
        return Quotient(objective.Hessian(x), d);
    }

    /// <summary>gᵀHg/gᵀg, g the gradient at the point; NaN where it is 0. One gradient and one product, O(n) memory.</summary>
    /// <remarks>From −η·g the loss falls in second order where it is below 2/η.</remarks>
    /// <exception cref="ArgumentException">The point is none of the objective's or not finite.</exception>
    public static double AlongGradient<T>(Objective<T> objective, T point)
        where T : ITensorTree<T>
    {
        var x = Point("DirectionalCurvature.AlongGradient", objective, point);
        var gradient = new double[x.Length];
        objective.ValueAndGradient(x, gradient);
        return Quotient(objective.Hessian(x), gradient);
    }

    /// <summary>The quotient; NaN for a direction of 0.</summary>
    internal static double Quotient(LinearOperator hessian, double[] direction)
    {
        // A unit vector first, so that no square leaves the range.
        var (unit, norm) = ((double[])direction.Clone(), VectorLoops.Norm(direction));
        for (var i = 0; i < unit.Length; i++)
            unit[i] /= norm;
        return norm > 0 ? VectorLoops.Dot(hessian.Apply(unit).AsSpan(), unit) : double.NaN;
    }

    private static double[] Point<T>(string operation, Objective<T> objective, T point)
        where T : ITensorTree<T>
    {
        Require.NotNull(objective, operation);
        objective.RequireParameters(operation);
        var x = objective.Ravel(operation, point);
        Require.Finite(operation, "the point", x);
        return x;
    }
}
