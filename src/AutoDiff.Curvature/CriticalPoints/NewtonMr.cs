using System.Runtime.InteropServices;

namespace AutoDiff.Curvature;

/// <summary>Newton-MR (Roosta, Liu, Xu, Mahoney 2018): p = −H⁺g, as far as MINRES-QLP went, and Armijo's rule for ½‖g‖², whose slope along p is gᵀHp.</summary>
/// <remarks>At every step of MINRES gᵀHp = −(‖g‖² − ‖g + Hp‖²), a descent direction as soon as anything was gained.</remarks>
internal sealed class NewtonMr<T>(Objective<T> objective, FindOptions<T> options, double[] start)
    : GradientSearch<T>(objective, options, start)
    where T : ITensorTree<T>
{
    private const double LooseResidual = 1e-2;
    private const double TightResidual = 1e-10;
    private const double Null = 1e-8; // eigenvalues of this share of the largest count as zero

    private double _firstNorm = double.NaN;
    private double _hessianNorm;

    protected override (SearchPoint? Next, Outcome? End) Step(SearchPoint at)
    {
        if (double.IsNaN(_firstNorm))
            _firstNorm = at.Norm;
        var hessian = Objective.Hessian(at.X);
        var pull = Pull(at, hessian);
        // The residual falls with the gradient: superlinear convergence (Dembo, Eisenstat, Steihaug 1982).
        var forcing = Math.Clamp(at.Norm / _firstNorm, TightResidual, LooseResidual);
        var solution = MinresQlp.Solve(
            hessian,
            at.Gradient,
            new()
            {
                Tolerance = forcing,
                NormalTolerance = Null,
                Cancellation = Options.Cancellation,
            }
        );
        Products += solution.Products;
        var stretch = VectorLoops.Norm(pull);
        // From a gradient in the null space, H is seen no larger than there: what was seen before counts.
        _hessianNorm = Math.Max(_hessianNorm, solution.Norm);
        Flatness = _hessianNorm > 0 ? stretch / _hessianNorm : 0;
        if (stretch <= Stationary * solution.Norm)
            return (null, Outcome.FlatGradient);
        if (solution.Outcome == Outcome.NotFinite)
            return (null, Outcome.NotFinite);
        var step = ImmutableCollectionsMarshal.AsArray(solution.Value)!;
        VectorLoops.Scale(-1, step);
        var slope = VectorLoops.Dot(pull, step) / at.Norm;
        // The last step is taken whole where it helps.
        if (IsRounding(at, solution.Norm) || IsShort(step, at))
            return (Along(at, step, at.Norm, slope, most: 1).Next, Outcome.Converged);
        var taken = Along(at, step, at.Norm, slope);
        return taken.End == Outcome.SmallStep ? Steepest(at, hessian, pull) : taken;
    }

    /// <summary>Where a nearly singular Hessian makes the step too long for any of its shares: along −Hg, to the least ‖g − t·H(Hg)‖.</summary>
    private (SearchPoint? Next, Outcome? End) Steepest(SearchPoint at, HessianOperator hessian, double[] pull)
    {
        var stretch = VectorLoops.Norm(pull);
        VectorLoops.Scale(1 / stretch, pull);
        var stiffness = VectorLoops.Norm(hessian.Apply(pull).AsSpan());
        Products++;
        var relative = stretch / stiffness;
        VectorLoops.Scale(-(at.Norm / stiffness) * relative, pull);
        return Along(at, pull, at.Norm, -relative * relative);
    }
}
