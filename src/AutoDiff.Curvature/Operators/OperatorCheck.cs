namespace AutoDiff.Curvature;

/// <summary>Whether an operator is what it says, tried on random vectors: each comparison with its number.</summary>
/// <remarks>Passing is evidence, not proof. Vectors are standard normal, from <see cref="OperatorCheckOptions.Key"/>.</remarks>
public sealed record OperatorCheck
{
    private const double MostExpected = 0.01;
    private const double Safety = 10;

    private OperatorCheck() { }

    /// <summary>The number of elements in which two products with one vector, others between them, differ by any bit; none passes. State that changes from product to product shows here.</summary>
    public required OperatorFinding Repetition { get; init; }

    /// <summary>
    /// |vᵀAw − wᵀAv| over the larger of ‖Av‖₂ and ‖Aw‖₂, or |wᵀAv − vᵀAᵀw| of an operator that is not symmetric: about ‖A − Aᵀ‖_F ⁄ ‖A‖_F where the products
    /// are exact.
    /// </summary>
    public required OperatorFinding Symmetry { get; init; }

    /// <summary>‖y − Av‖₂ ⁄ ‖Av‖₂ for the rows y of products with a block.</summary>
    public required OperatorFinding Block { get; init; }

    /// <summary>‖Av − d‖₂ over the larger of ‖Av‖₂ and ‖d‖₂, d the derivative of the gradient along v by differences; null where no gradient was given.</summary>
    /// <remarks>Ten times what d is expected to be off passes too, since that is a spread of a few differences, unless d is not known to one in a hundred.</remarks>
    public OperatorFinding? Difference { get; init; }

    /// <summary>The number of products computed, those with the transpose and with the rows of a block included.</summary>
    public required int Products { get; init; }

    /// <summary>The number of gradients computed.</summary>
    public required int Gradients { get; init; }

    /// <summary>All comparisons made.</summary>
    public IEnumerable<OperatorFinding> Findings =>
        Difference is null ? [Repetition, Symmetry, Block] : [Repetition, Symmetry, Block, Difference];

    /// <summary>Whether all comparisons pass.</summary>
    public bool Holds => Findings.All(finding => finding.Holds);

    /// <summary>Tries an operator: 7 products for each pair of vectors.</summary>
    /// <param name="a">The operator; one that is not symmetric must know its transposed product.</param>
    /// <param name="options">How many vectors, what passes, threads and cancellation; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">The operator is not symmetric and does not say how to multiply by its transpose.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static OperatorCheck Of(LinearOperator a, OperatorCheckOptions? options = null)
    {
        Require.NotNull(a, "OperatorCheck");
        return Of(a, [], null, options ?? new());
    }

    /// <summary>Tries a Hessian, its products against differences of gradients too: 7 products and up to 28 gradients for each pair of vectors.</summary>
    /// <param name="hessian">The Hessian at x.</param>
    /// <param name="x">The point [n].</param>
    /// <param name="gradient">Writes the gradient at a point [n] to a vector [n], as <c>(x, g) => objective.ValueAndGradient(x, g)</c>.</param>
    /// <param name="options">How many vectors, what passes, threads and cancellation; null for the defaults.</param>
    /// <remarks>A part that is missing from the operator, such as weight decay, shows where it is more than <see cref="OperatorCheckOptions.DifferenceTolerance"/> of ‖H‖_F ⁄ √n.</remarks>
    /// <exception cref="ArgumentException">The operator is not square, or the point has another size or is not finite.</exception>
    /// <exception cref="InvalidOperationException">The operator is not symmetric and does not say how to multiply by its transpose.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static OperatorCheck OfHessian(
        LinearOperator hessian,
        ReadOnlySpan<double> x,
        Action<ReadOnlySpan<double>, Span<double>> gradient,
        OperatorCheckOptions? options = null
    )
    {
        Require.NotNull(hessian, "OperatorCheck");
        Require.NotNull(gradient, "OperatorCheck");
        Require.That(
            hessian.Rows == hessian.Size,
            $"[OperatorCheck] got a Hessian of size [{hessian.Rows},{hessian.Size}]; expected a square one"
        );
        Require.Length("OperatorCheck", "a point", x.Length, hessian.Size);
        Require.Finite("OperatorCheck", "the point", x);
        return Of(hessian, x.ToArray(), gradient, options ?? new());
    }

    /// <summary>A line for each comparison.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Findings);

    private static OperatorCheck Of(
        LinearOperator a,
        double[] x,
        Action<ReadOnlySpan<double>, Span<double>>? gradient,
        OperatorCheckOptions options
    )
    {
        var (differing, symmetry, block) = (0, 0.0, 0.0);
        var (difference, expected, gradients) = (0.0, 0.0, 0);
        for (var pair = 0; pair < options.Pairs; pair++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            var trial = new OperatorTrial(a, options.Key.FoldIn((ulong)pair));
            differing += trial.Differing();
            // Of NaN and a number the larger is NaN.
            symmetry = Math.Max(symmetry, trial.Asymmetry());
            block = Math.Max(block, trial.BlockError(options));
            if (gradient is not null)
            {
                var (apart, error, count) = trial.Difference(gradient, x, options.Cancellation);
                (difference, expected, gradients) = (Math.Max(difference, apart), Math.Max(expected, error), gradients + count);
            }
            options.Progress?.Report(new("check", (pair + 1) / (double)options.Pairs));
        }
        return new()
        {
            Repetition = new("elements that differ when a product is repeated", differing, 0),
            Symmetry = new(a.IsSymmetric ? "vᵀAw against wᵀAv" : "wᵀAv against vᵀAᵀw", symmetry, options.Tolerance),
            Block = new("products of a block against one by one", block, options.Tolerance),
            Difference = gradient is null
                ? null
                : new(
                    "products against differences of gradients",
                    difference,
                    expected <= MostExpected ? Math.Max(options.DifferenceTolerance, Safety * expected) : options.DifferenceTolerance,
                    expected
                ),
            Products = options.Pairs * OperatorTrial.Products,
            Gradients = gradients,
        };
    }
}
