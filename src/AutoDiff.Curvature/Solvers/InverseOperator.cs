using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>x ↦ A⁻¹x for a symmetric operator A, each product by an iterative solve to a stated tolerance.</summary>
/// <remarks>
/// The residual of each product is computed from it, by one product with A more. A product that misses the tolerance would be no product with A⁻¹, and a method built
/// on it would go wrong unseen: it throws a <see cref="LinearSolveException"/>. The operator is symmetric up to the tolerance times A's condition number. The vectors of a
/// block are shared among its threads.
/// </remarks>
public sealed class InverseOperator : LinearOperator
{
    private readonly LinearOperator _a;
    private readonly InverseOptions _options;
    private long _products;

    private InverseOperator(LinearOperator a, InverseOptions options)
        : base(a.Size) => (_a, _options) = (a, options);

    /// <summary>The products with A so far, on all threads.</summary>
    public long Products => Interlocked.Read(ref _products);

    /// <summary>The inverse of <paramref name="a"/>.</summary>
    /// <param name="a">The operator A.</param>
    /// <param name="options">Method, tolerance and limits of a solve.</param>
    /// <exception cref="ArgumentException">A is not symmetric.</exception>
    public static InverseOperator Of(LinearOperator a, InverseOptions? options = null)
    {
        Require.NotNull(a, "InverseOperator");
        a.RequireSymmetric("InverseOperator");
        return new(a, options ?? new());
    }

    /// <inheritdoc/>
    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        var (solution, solves) = Solve(x);
        Interlocked.Add(ref _products, solution.Products);
        if (!solves)
            throw new LinearSolveException(solution.Outcome, solution.Measure / VectorLoops.Norm(x), _options.Tolerance);
        solution.Value.AsSpan().CopyTo(y);
    }

    private (Solution<ImmutableArray<double>> Solution, bool Solves) Solve(ReadOnlySpan<double> x)
    {
        var (tolerance, cancellation) = (_options.Tolerance, _options.Cancellation);
        if (_options.Method == InverseMethod.ConjugateGradient)
        {
            var definite = ConjugateGradient.Solve(
                _a,
                x,
                new()
                {
                    Tolerance = tolerance,
                    MaxIterations = _options.MaxIterations,
                    MaxProducts = _options.MaxProducts,
                    Cancellation = cancellation,
                }
            );
            return (definite, definite.Outcome == Outcome.Converged);
        }
        var solution = MinresQlp.Solve(
            _a,
            x,
            new()
            {
                Tolerance = tolerance,
                NormalTolerance = 0,
                MaxIterations = _options.MaxIterations,
                MaxProducts = _options.MaxProducts,
                Cancellation = cancellation,
            }
        );
        return (solution, solution.Kind == LinearSystemKind.Compatible);
    }
}
