namespace AutoDiff.Curvature;

/// <summary>Descent on q = ½‖g‖², whose gradient is Hg, with the steps of Barzilai and Borwein (1988) and the nonmonotone rule of Grippo, Lampariello, Lucidi (1986); then Newton-MR.</summary>
internal sealed class GradientNormDescent<T>(Objective<T> objective, FindOptions<T> options, double[] start)
    : GradientSearch<T>(objective, options, start)
    where T : ITensorTree<T>
{
    private const double SufficientDecrease = 1e-4;
    private const int Memory = 10; // as in Raydan 1997
    private const int Halvings = 50;
    private const int PolishSteps = 50;

    /// <summary>Where the gradient has fallen this far, Newton's steps are nearly sure to go to the same point.</summary>
    private const double Near = 1e-6;

    private readonly Queue<double> _last = new();
    private double _firstNorm = double.NaN;
    private double _hessianNorm;
    private double[]? _x;
    private double[]? _pull;

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
        var pull = hessian.Apply(at.Gradient).ToArray();
        Products++;
        var square = VectorLoops.Norm(pull);
        if (!double.IsFinite(square))
            return (null, Outcome.NotFinite);
        if (square == 0)
        {
            Flatness = 0;
            return (null, Outcome.FlatGradient);
        }
        var length = Length(at, hessian, pull, square);
        (_x, _pull) = (at.X, pull);
        _last.Enqueue(at.Norm);
        if (_last.Count > Memory)
            _last.Dequeue();
        if (Flatness <= Stationary)
            return (null, Outcome.FlatGradient);
        var (highest, finite) = (_last.Max(), false);
        for (var i = 0; i < Halvings; i++, length /= 2)
        {
            var x = at.Moved(-length, pull);
            if (x.AsSpan().SequenceEqual(at.X))
                break;
            var next = SearchPoint.At(Objective, x);
            finite |= next.IsFinite;
            var ratio = next.Norm / highest;
            if (next.IsFinite && ratio * ratio <= 1 - (2 * SufficientDecrease * length * (square / highest) * (square / highest)))
                return (next, null);
        }
        return (null, finite ? Outcome.SmallStep : Outcome.NotFinite);
    }

    /// <summary>sᵀs ⁄ sᵀy of the last step s and the change y of Hg over it; where that is not positive, or at first, the t of the least ‖g − t·H(Hg)‖.</summary>
    private double Length(SearchPoint at, HessianOperator hessian, double[] pull, double norm)
    {
        if (_x is not null && _pull is not null)
        {
            double[] step = (double[])at.X.Clone(),
                change = (double[])pull.Clone();
            VectorLoops.AddScaled(-1, _x, step);
            VectorLoops.AddScaled(-1, _pull, change);
            var length = VectorLoops.Norm(step);
            var curvature = VectorLoops.Dot(step, change) / length / length;
            if (curvature > 0)
                return 1 / Look(at, norm, curvature);
        }
        var twice = VectorLoops.Norm(hessian.Apply(pull).AsSpan());
        Products++;
        return 1 / Look(at, norm, twice / norm * (twice / norm));
    }

    /// <summary>A curvature of q, y ≈ H²s, whose root is a norm of H from below.</summary>
    private double Look(SearchPoint at, double norm, double curvature)
    {
        _hessianNorm = Math.Max(_hessianNorm, Math.Sqrt(curvature));
        Flatness = norm / at.Norm / _hessianNorm;
        return curvature;
    }
}
