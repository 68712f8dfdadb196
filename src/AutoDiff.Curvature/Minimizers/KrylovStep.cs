namespace AutoDiff.Curvature;

/// <summary>Steps from the gradient's Krylov space, which grows until the step solves its equations well enough.</summary>
internal sealed class KrylovStep(LinearOperator hessian, double[] gradient, int dimension, RunOptions options)
{
    private const int StepsBeyond = 20; // a curvature that matters stands out of the rest

    private readonly KrylovModel _model = new(hessian, gradient);
    private readonly int _steps = KrylovModel.Steps(gradient.Length, dimension);
    private EigenDecomposition? _eigen;
    private double[] _slopes = [];
    private int _check = 1;
    private bool _left;

    /// <summary>How many products it took.</summary>
    public int Products => _model.Count;

    /// <summary>The largest magnitude of a Ritz value.</summary>
    public double Norm => _eigen is null ? 0 : Math.Max(Math.Abs(_eigen.Eigenvalues[0]), Math.Abs(_eigen.Eigenvalues[^1]));

    /// <summary>What is drawn from where the space is invariant, so that curvature the gradient does not show is met; null to leave that be.</summary>
    public Key? Beyond { get; init; }

    /// <summary>The decrease that the quadratic model promises for the coefficients last found.</summary>
    public double Promise { get; private set; }

    /// <summary>The 2-norm of the step last found.</summary>
    public double Length { get; private set; }

    /// <summary>−|T|⁻¹b, curvature that cannot be told from zero counting as the least that can: Newton's step, of which each part goes downhill.</summary>
    public static double[] Newton(EigenDecomposition eigen, double[] slopes)
    {
        var least = 10 * slopes.Length * Roundoff.Epsilon * Math.Max(Math.Abs(eigen.Eigenvalues[0]), Math.Abs(eigen.Eigenvalues[^1]));
        var step = new double[slopes.Length];
        for (var i = 0; i < step.Length; i++)
        {
            if (slopes[i] != 0)
                step[i] = -slopes[i] / Math.Max(Math.Abs(eigen.Eigenvalues[i]), Math.Max(least, double.Epsilon));
        }
        return step;
    }

    /// <summary>The step [n] of a rule for coefficients in Ritz vectors, to a residual relative to the gradient or as far as the space may grow; null where a product is not finite.</summary>
    public double[]? Find(Func<EigenDecomposition, double[], double[]> rule, double forcing)
    {
        while (true)
        {
            if (_eigen is { } eigen)
            {
                var coefficients = rule(eigen, _slopes);
                var solved = _model.Residual(eigen, coefficients) <= forcing * _model.StartNorm && !IsBlind;
                if (solved || !CanGrow)
                    return Vector(eigen, coefficients);
            }
            if (!Grow())
                return null;
        }
    }

    /// <summary>Whether the space is invariant and nothing outside it was looked at.</summary>
    private bool IsBlind => _model.IsInvariant && Beyond is not null && !_left;

    private bool CanGrow => _model.Count < _steps && (!_model.IsInvariant || IsBlind);

    private bool Grow()
    {
        if (_model.Count > 0 && IsBlind)
        {
            _left = true;
            _model.Leave(Beyond!.Normal([gradient.Length]).ToArray());
            _check = _model.Count + StepsBeyond;
        }
        while (_model.Count < Math.Min(_check, _steps) && _model.Extend())
            options.Cancellation.ThrowIfCancellationRequested();
        if (_model.Count == 0 || !double.IsFinite(_model.Remainder))
            return false;
        _check = Math.Max(_check, _model.Count) + Math.Max(1, _model.Count / 4);
        _eigen = _model.Eigen();
        _slopes = _model.Start(_eigen);
        return true;
    }

    private double[] Vector(EigenDecomposition eigen, double[] coefficients)
    {
        var (linear, square) = (0.0, 0.0);
        for (var i = 0; i < coefficients.Length; i++)
        {
            linear += coefficients[i] * _slopes[i];
            square += eigen.Eigenvalues[i] * coefficients[i] * coefficients[i];
        }
        (Promise, Length) = (-linear - (square / 2), VectorLoops.Norm(coefficients));
        return _model.Vector(eigen, coefficients);
    }
}
