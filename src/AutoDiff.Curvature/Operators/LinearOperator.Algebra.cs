using System.Collections.Immutable;

namespace AutoDiff.Curvature;

public abstract partial class LinearOperator
{
    /// <summary>The operator x ↦ Ax + Bx, symmetric where both are.</summary>
    /// <exception cref="ArgumentException">The other operator has another size.</exception>
    public LinearOperator Plus(LinearOperator other) => Combined("Plus", other, 1);

    /// <summary>The operator x ↦ Ax − Bx, symmetric where both are.</summary>
    /// <exception cref="ArgumentException">The other operator has another size.</exception>
    public LinearOperator Minus(LinearOperator other) => Combined("Minus", other, -1);

    /// <summary>The operator x ↦ <paramref name="factor"/>·Ax; of a factor that is NaN or infinite, products are too.</summary>
    public LinearOperator Scale(double factor) => new ScaledOperator(this, factor);

    /// <summary>The operator x ↦ Ax + <paramref name="shift"/>·x, whose eigenvalues are those of A plus the shift; of a shift that is NaN or infinite, products are too.</summary>
    /// <exception cref="ArgumentException">The operator is not square.</exception>
    public LinearOperator Shift(double shift)
    {
        RequireSquare("Shift");
        return new ShiftedOperator(this, shift);
    }

    /// <summary>The product x ↦ A(Bx), at one product with each.</summary>
    /// <param name="other">B, whose products are vectors of A.</param>
    /// <param name="isSymmetric">A promise that AB = BA where both are symmetric, or whatever else makes AB symmetric.</param>
    /// <remarks>It is known to be symmetric where B = Aᵀ, as <see cref="Transpose"/> gives it.</remarks>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public LinearOperator Times(LinearOperator other, bool isSymmetric = false)
    {
        Require.NotNull(other, "LinearOperator.Times");
        Require.That(
            other.Rows == Size,
            $"[LinearOperator.Times] got operators of size [{Rows},{Size}] and [{other.Rows},{other.Size}]; expected [{Size},·] on the right"
        );
        Require.That(
            !isSymmetric || Rows == other.Size,
            $"[LinearOperator.Times] got a product of size [{Rows},{other.Size}] said to be symmetric; expected a square one"
        );
        return new ProductOperator(this, other, isSymmetric || ReferenceEquals(other, Transpose()));
    }

    /// <summary>The Gram operator AᵀA, symmetric and positive semidefinite, at a product with A and one with Aᵀ.</summary>
    public LinearOperator Gram() => new ProductOperator(Transpose(), this, isSymmetric: true);

    /// <summary>The operator BᵀAB, symmetric where A is, at a product with A and one each with B and Bᵀ.</summary>
    /// <param name="b">B, whose products are vectors of A.</param>
    /// <exception cref="ArgumentException">A is not square, or the sizes do not fit.</exception>
    public LinearOperator Sandwich(LinearOperator b)
    {
        Require.NotNull(b, "LinearOperator.Sandwich");
        RequireSquare("Sandwich");
        Require.That(
            b.Rows == Size,
            $"[LinearOperator.Sandwich] got operators of size [{Rows},{Size}] and [{b.Rows},{b.Size}]; expected [{Size},·] outside"
        );
        return new ProductOperator(b.Transpose(), new ProductOperator(this, b, isSymmetric: false), IsSymmetric);
    }

    /// <summary>The symmetric part (A + Aᵀ)/2, at a product with A and one with Aᵀ; a symmetric operator is its own.</summary>
    /// <exception cref="ArgumentException">The operator is not square.</exception>
    public LinearOperator Symmetrized()
    {
        RequireSquare("Symmetrized");
        return IsSymmetric ? this : new SumOperator([this, Transpose()], [0.5, 0.5], isSymmetric: true);
    }

    /// <summary>The operator x ↦ Σ wᵢ·Aᵢx, symmetric where all are.</summary>
    /// <param name="operators">A₁, A₂, … of one size; at least one.</param>
    /// <param name="weights">w₁, w₂, …; all 1 where none are given.</param>
    /// <remarks>
    /// Terms are added in halves, whose halves are added, and so on: rounding grows with the logarithm of their number, and bits depend on their order alone. In
    /// <see cref="ApplyBlock"/>, of one vector too, the threads share the operators; <see cref="Apply(ReadOnlySpan{double})"/> runs on the caller's. A product takes log₂ of their number of vectors besides.
    /// </remarks>
    /// <exception cref="ArgumentException">There is none, their sizes differ, or a weight is missing or not finite.</exception>
    public static LinearOperator Sum(IReadOnlyList<LinearOperator> operators, ReadOnlySpan<double> weights = default)
    {
        Require.NotNull(operators, "LinearOperator.Sum");
        Require.That(operators.Count > 0, $"[LinearOperator.Sum] got no operators; expected at least one");
        double[] factors = weights.Length == 0 ? [.. Enumerable.Repeat(1.0, operators.Count)] : weights.ToArray();
        Require.That(
            factors.Length == operators.Count,
            $"[LinearOperator.Sum] got {factors.Length} weights for {operators.Count} operators; expected one each"
        );
        Require.Finite("LinearOperator.Sum", "the weights", factors);
        foreach (var part in operators)
        {
            Require.NotNull(part, "LinearOperator.Sum", nameof(operators));
            operators[0].RequireSameSize("Sum", part);
        }
        return new SumOperator([.. operators], factors, operators.All(part => part.IsSymmetric));
    }

    /// <summary>The operator that maps consecutive parts of a vector by one operator each: block diagonal, symmetric where all are.</summary>
    /// <param name="operators">The blocks on the diagonal, in order.</param>
    /// <exception cref="ArgumentException">Their sizes add up to more than a vector can have.</exception>
    public static LinearOperator DirectSum(params ReadOnlySpan<LinearOperator> operators)
    {
        foreach (var part in operators)
            Require.NotNull(part, "LinearOperator.DirectSum", nameof(operators));
        ImmutableArray<LinearOperator> parts = [.. operators];
        var (rows, columns) = (parts.Sum(part => (long)part.Rows), parts.Sum(part => (long)part.Size));
        Require.That(
            Math.Max(rows, columns) <= Array.MaxLength,
            $"[LinearOperator.DirectSum] got operators of size [{rows},{columns}] together; expected no more than {Array.MaxLength}"
        );
        return new DirectSumOperator(parts, (int)rows, (int)columns);
    }

    /// <summary>The zero operator from ℝⁿ, n = <paramref name="columns"/>, to ℝᵐ, m = <paramref name="rows"/>; symmetric where it is square.</summary>
    /// <exception cref="ArgumentException">A size is negative.</exception>
    public static LinearOperator Zero(int rows, int columns) => new ZeroOperator(rows, columns);

    /// <summary>The operator x ↦ x.</summary>
    /// <exception cref="ArgumentException">The size is negative.</exception>
    public static LinearOperator Identity(int size) => new IdentityOperator(size);

    /// <summary>A symmetric operator from a function that writes its products.</summary>
    /// <param name="size">The number n of elements of a vector.</param>
    /// <param name="product">Writes the product with x [n] to y [n], which holds anything beforehand. Many threads may call it at once.</param>
    /// <remarks>Symmetry is the caller's promise; <see cref="OperatorCheck"/> tries it.</remarks>
    /// <exception cref="ArgumentException">The size is negative.</exception>
    public static LinearOperator Of(int size, Action<ReadOnlySpan<double>, Span<double>> product)
    {
        Require.NotNull(product, "LinearOperator.Of");
        return new FunctionOperator(size, product);
    }

    /// <summary>An operator from functions that write its products and those of its transpose; not symmetric, whatever its size.</summary>
    /// <param name="rows">The number m of elements of a product.</param>
    /// <param name="columns">The number n of elements of a vector.</param>
    /// <param name="product">Writes the product with x [n] to y [m], which holds anything beforehand. Many threads may call it at once.</param>
    /// <param name="transposed">Writes the product of the transpose with x [m] to y [n], likewise; null where it is not known.</param>
    /// <exception cref="ArgumentException">A size is negative.</exception>
    public static LinearOperator Of(
        int rows,
        int columns,
        Action<ReadOnlySpan<double>, Span<double>> product,
        Action<ReadOnlySpan<double>, Span<double>>? transposed = null
    )
    {
        Require.NotNull(product, "LinearOperator.Of");
        return new FunctionOperator(rows, columns, product, transposed);
    }

    private SumOperator Combined(string operation, LinearOperator other, double weight)
    {
        Require.NotNull(other, $"LinearOperator.{operation}");
        RequireSameSize(operation, other);
        return new([this, other], [1, weight], IsSymmetric && other.IsSymmetric);
    }

    private void RequireSameSize(string operation, LinearOperator other) =>
        Require.That(
            other.Rows == Rows && other.Size == Size,
            $"[LinearOperator.{operation}] got operators of size [{Rows},{Size}] and [{other.Rows},{other.Size}]; expected equal sizes"
        );

    /// <summary>Refuses, in the name of an operation, an operator that is not symmetric.</summary>
    internal void RequireSymmetric(string operation) =>
        Require.That(IsSymmetric, $"[{operation}] got an operator that is not symmetric, {Rows} × {Size}; expected a symmetric one");

    private void RequireSquare(string operation) =>
        Require.That(Rows == Size, $"[LinearOperator.{operation}] got an operator of size [{Rows},{Size}]; expected a square one");
}
