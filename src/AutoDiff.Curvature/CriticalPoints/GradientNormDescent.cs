namespace AutoDiff.Curvature;

/// <summary>Descent on q = ½‖g‖², whose gradient is Hg, with the steps of Barzilai and Borwein (1988) and the nonmonotone rule of Grippo, Lampariello, Lucidi (1986); then Newton-MR.</summary>
internal sealed class GradientNormDescent<T>(Objective<T> objective, FindOptions<T> options, double[] start)
    : GradientSearch<T>(objective, options, start)
    where T : ITensorTree<T>
{
    private const int Memory = 10; // as in Raydan 1997
    private const int PolishSteps = 50;

    /// <summary>Where the gradient has fallen this far, Newton's steps are nearly sure to go to the same point.</summary>
    private const double Near = 1e-6;

    private readonly Queue<double> _norms = new();
    private double _firstNorm = double.NaN;
    private double _hessianNorm;
    private SearchPoint? _last;
    private double[]? _lastPull;

    protected override int MostIterations => 5000;

    public override SearchEnd From(SearchPoint at, int limit)
    {
        var end = base.From(at, limit);
        if (end.Outcome is Outcome.NotFinite or Outcome.FlatGradient)
            return end;
        var polish = new NewtonMr<T>(Objective, Options, at.X).From(end.At, PolishSteps);
        return polish with
        {
            Iterations = end.Iterations + polish.Iterations,
            Products = end.Products + polish.Products,
            Scale = Math.Max(end.Scale, polish.Scale),
            FirstLoss = end.FirstLoss,
        };
    }

    protected override (SearchPoint? Next, Outcome? End) Step(SearchPoint at)
    {
        if (double.IsNaN(_firstNorm))
            _firstNorm = at.Norm;
        if (at.Norm <= Near * _firstNorm)
            return (null, Outcome.Converged);
        var hessian = Objective.Hessian(at.X);
        var pull = Pull(at, hessian);
        var stretch = VectorLoops.Norm(pull);
        if (!double.IsFinite(stretch))
            return (null, Outcome.NotFinite);
        if (stretch == 0)
        {
            Flatness = 0;
            return (null, Outcome.FlatGradient);
        }
        var stiffness = Stiffness(at, hessian, pull, stretch);
        _hessianNorm = Math.Max(_hessianNorm, stiffness);
        Flatness = stretch / _hessianNorm;
        (_last, _lastPull) = (at, pull);
        _norms.Enqueue(at.Norm);
        if (_norms.Count > Memory)
            _norms.Dequeue();
        if (Flatness <= Stationary)
            return (null, Outcome.FlatGradient);
        // −Hg ⁄ s²
        var step = Array.ConvertAll(pull, along => -(at.Norm / stiffness) * (along / stiffness));
        var highest = _norms.Max();
        var gain = at.Norm / highest * (stretch / stiffness);
        return Along(at, step, highest, -gain * gain);
    }

    /// <summary>s, a norm of H from below whose square is a curvature of q: sᵀy ⁄ sᵀs of the last step s and the change y of Hg over it; where that is not positive, or at first, ‖H(Hg)‖² ⁄ ‖Hg‖².</summary>
    private double Stiffness(SearchPoint at, HessianOperator hessian, double[] pull, double stretch)
    {
        if (_last is not null && _lastPull is not null)
        {
            double[] step = (double[])at.X.Clone(),
                change = (double[])pull.Clone();
            VectorLoops.AddScaled(-1, _last.X, step);
            // In units of the first gradient.
            VectorLoops.Scale(at.Norm / _firstNorm, change);
            VectorLoops.AddScaled(-_last.Norm / _firstNorm, _lastPull, change);
            var length = VectorLoops.Norm(step);
            var curvature = VectorLoops.Dot(step, change) / length / length;
            if (curvature > 0)
                return Math.Sqrt(curvature) * Math.Sqrt(_firstNorm);
        }
        Products++;
        return VectorLoops.Norm(hessian.Apply(Array.ConvertAll(pull, along => along / stretch)).AsSpan());
    }
}
