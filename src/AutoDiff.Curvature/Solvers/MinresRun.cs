using System.Runtime.InteropServices;

namespace AutoDiff.Curvature;

/// <summary>One solution by MINRES-QLP under way: a sweep, and others that refine what it found.</summary>
internal sealed class MinresRun
{
    private const int LeastIterations = 100;

    /// <summary>How far the sweeps of a refinement go: they are worth that many digits, and rounding leaves them little more.</summary>
    private const double Refinement = 1e-4;

    private readonly ScaledProducts _products;
    private readonly MinresOptions _options;
    private readonly int _limit;
    private readonly int _unit;
    private readonly double[] _b;
    private readonly double[] _residual;
    private readonly double[] _normal;
    private readonly double _goal;
    private double[] _x;
    private int _iterations;
    private MinresSweep? _first;

    public MinresRun(LinearOperator a, ReadOnlySpan<double> b, MinresOptions options)
    {
        (_products, _options) = (new(a), options);
        _limit = options.MaxIterations ?? (int)Math.Clamp(10L * a.Size, LeastIterations, int.MaxValue);
        // A right-hand side of about 1 keeps the squares in range.
        var largest = VectorLoops.Largest(b);
        _unit = largest == 0 ? 0 : Math.ILogB(largest);
        _b = b.ToArray();
        for (var i = 0; i < _b.Length; i++)
            _b[i] = Math.ScaleB(_b[i], -_unit);
        (_x, _residual, _normal) = (new double[b.Length], (double[])_b.Clone(), new double[b.Length]);
        _goal = options.Tolerance * VectorLoops.Norm(_b);
    }

    public MinresSolution Solve()
    {
        if (VectorLoops.Largest(_b) == 0)
            return End(Outcome.Converged, LinearSystemKind.Compatible, 0, 0);
        _first = Sweep(_b, _options, out var reason, out _x);
        var (residual, normal) = Recompute();
        while (reason == Outcome.Converged && Kind(residual, normal) == LinearSystemKind.Undecided)
        {
            var kept = (X: _x, Residual: residual, Normal: normal);
            reason = _first.IsLeastSquares ? RefineLeastSquares() : Refine();
            (residual, normal) = Recompute();
            if (residual < 0.5 * kept.Residual || normal < 0.5 * kept.Normal)
                continue;
            _x = kept.X;
            (residual, normal) = Recompute();
            reason = reason == Outcome.Converged ? Outcome.Breakdown : reason;
        }
        var kind = reason == Outcome.NegativeCurvature ? LinearSystemKind.Undecided : Kind(residual, normal);
        if (reason != Outcome.Cancelled)
            return End(kind == LinearSystemKind.Undecided ? reason : Outcome.Converged, kind, residual, normal);
        throw new IterationCanceledException<MinresSolution>(
            "MinresQlp",
            _iterations,
            End(reason, LinearSystemKind.Undecided, residual, normal),
            _options.Cancellation
        );
    }

    private LinearSystemKind Kind(double residual, double normal) =>
        residual <= _goal ? LinearSystemKind.Compatible
        : normal <= _options.NormalTolerance * _first!.Norm * residual ? LinearSystemKind.LeastSquares
        : LinearSystemKind.Undecided;

    /// <summary>x ← x + A⁺r.</summary>
    private Outcome Refine()
    {
        Sweep(_residual, _options with { Tolerance = Refinement, StopAtNonpositiveCurvature = false }, out var reason, out var added);
        Add(added);
        return reason;
    }

    /// <summary>x ← x + A⁺A⁺(Ar), since r is nearly a null vector, and what of it is not can be told from Ar alone.</summary>
    private Outcome RefineLeastSquares()
    {
        var options = _options with { Tolerance = Refinement, StopAtNonpositiveCurvature = false };
        Sweep(_normal, options, out var reason, out var inRange);
        if (reason != Outcome.Converged || VectorLoops.Largest(inRange) == 0)
            return reason;
        Sweep(inRange, options, out reason, out var added);
        Add(added);
        return reason;
    }

    private void Add(double[] added)
    {
        _x = (double[])_x.Clone();
        VectorLoops.AddScaled(1, added, _x);
    }

    /// <summary>r ← b − Ax; gives ‖r‖ and ‖Ar‖.</summary>
    private (double Residual, double Normal) Recompute()
    {
        _products.Apply(_x, _normal);
        _b.CopyTo(_residual, 0);
        VectorLoops.AddScaled(-1, _normal, _residual);
        var residual = VectorLoops.Norm(_residual);
        if (residual == 0)
            return (0, 0);
        _products.Apply(_residual, _normal);
        return (residual, VectorLoops.Norm(_normal));
    }

    private MinresSweep Sweep(double[] b, MinresOptions options, out Outcome reason, out double[] x)
    {
        var sweep = new MinresSweep(_products, options with { MaxIterations = _limit - _iterations }, _unit);
        reason = sweep.Solve(b);
        x = sweep.X;
        _iterations += sweep.Iterations;
        return sweep;
    }

    private MinresSolution End(Outcome outcome, LinearSystemKind kind, double residual, double normal)
    {
        var exponent = _unit - _products.Exponent;
        var value = Array.ConvertAll(_x, x => Math.ScaleB(x, exponent));
        var kept = Array.ConvertAll(value, x => Math.ScaleB(x, -exponent));
        if (!kept.AsSpan().SequenceEqual(_x))
        {
            // A solution that underflows leaves another residual than the one found.
            _x = kept;
            (residual, normal) = Recompute();
            if (outcome == Outcome.Converged && Kind(residual, normal) != kind)
                (outcome, kind) = (Outcome.Breakdown, LinearSystemKind.Undecided);
        }
        return new()
        {
            Value = ImmutableCollectionsMarshal.AsImmutableArray(value),
            Outcome = outcome,
            Kind = kind,
            Iterations = _iterations,
            Products = _products.Count,
            Measure = Math.ScaleB(residual, _unit),
            NormalResidual = Math.ScaleB(normal, _unit + _products.Exponent),
            Norm = Math.ScaleB(_first?.Norm ?? 0, _products.Exponent),
            Condition = _first?.Condition ?? 1,
            Direction = [.. _first?.Direction ?? []],
            Curvature = Math.ScaleB(_first?.Curvature ?? 0, _products.Exponent),
        };
    }
}
