using AutoDiff.Curvature;
using AutoDiff.Tests.Numerics;

namespace AutoDiff.Tests.Curvature;

/// <summary>What operators refuse, and operators of nothing.</summary>
public class OperatorMisuseTests
{
    private static readonly LinearOperator Square = MatrixOperator.Of(Matrices.Random(4, 1), 4);
    private static readonly LinearOperator Wide = LinearOperator.Zero(2, 4);

    public static TheoryData<string, Action> Misuses =>
        new()
        {
            { "[LinearOperator.Plus] got operators of size [4,4] and [2,4]; expected equal sizes", () => Square.Plus(Wide) },
            { "[LinearOperator.Minus] got operators of size [2,4] and [4,4]; expected equal sizes", () => Wide.Minus(Square) },
            { "[LinearOperator.Times] got operators of size [4,4] and [2,4]; expected [4,·] on the right", () => Square.Times(Wide) },
            { "[LinearOperator.Times] got a product of size [2,4] said to be symmetric", () => Wide.Times(Square, isSymmetric: true) },
            { "[LinearOperator.Sandwich] got operators of size [4,4] and [2,4]", () => Square.Sandwich(Wide) },
            { "[LinearOperator.Sandwich] got an operator of size [2,4]; expected a square one", () => Wide.Sandwich(Square) },
            { "[LinearOperator.Shift] got an operator of size [2,4]; expected a square one", () => Wide.Shift(1) },
            { "[LinearOperator.Symmetrized] got an operator of size [2,4]; expected a square one", () => Wide.Symmetrized() },
            { "[LinearOperator.Sum] got no operators; expected at least one", () => LinearOperator.Sum([]) },
            { "[LinearOperator.Sum] got 1 weights for 2 operators; expected one each", () => LinearOperator.Sum([Wide, Wide], [1]) },
            { "[LinearOperator.Sum] got NaN at position 1 of the weights", () => LinearOperator.Sum([Wide, Wide], [1, double.NaN]) },
            { "[LinearOperator.Sum] got operators of size [2,4] and [4,4]", () => LinearOperator.Sum([Wide, Square]) },
            { "[LinearOperator] got 2 rows and 3 columns of a symmetric operator", () => _ = new Said(2, 3) },
            { "[LinearOperator] got -1 rows; expected at least 0", () => LinearOperator.Zero(-1, 3) },
            { "[LinearOperator] got -3 columns; expected at least 0", () => LinearOperator.Zero(1, -3) },
            { "[LinearOperator.Block] got rows 3..5; expected positions below 2", () => Wide.Block(3..5, 0..1) },
            { "[LinearOperator.Block] got columns 3..5; expected positions below 4", () => Wide.Block(0..1, 3..5) },
            { "[IndexSet] got ^3..^0; expected a range that counts from the start", () => Wide.Block(^3.., 0..1) },
            { "[IndexSet] got 3..1; expected an end that is not before the start", () => IndexSet.Of(3..1) },
            { "[IndexSet] got 0..4 and 3..5; expected ranges that do not overlap", () => IndexSet.Of(3..5, 0..4) },
            {
                "[MatrixOperator] got a matrix of 2 rows and 3 columns of 5 values; expected 6",
                () => MatrixOperator.Of(new double[5], 2, 3)
            },
            { "[MatrixOperator] got NaN at position 0 of the matrix", () => MatrixOperator.Of([double.NaN, 1], 2, 1) },
            { "[LinearOperator] got -2 rows; expected at least 0", () => MatrixOperator.Of(new double[6], -2, -3) },
            {
                "[LowRankOperator] got rank 50000, a core of 2500000000 elements; expected no more than",
                () => LowRankOperator.Of(new double[1], new double[50_000], 50_000, new double[50_000])
            },
            {
                "[ConjugateGradient] got an operator that is not symmetric, 4 × 4; expected a symmetric one",
                () => ConjugateGradient.Solve(MatrixOperator.Of(new double[16], 4, 4), new double[4])
            },
            { "[ConjugateGradient] got an operator that is not symmetric, 2 × 4", () => ConjugateGradient.Solve(Wide, new double[4]) },
            { "[DiagonalOperator] got NaN at position 1 of the diagonal", () => DiagonalOperator.Of([1, double.NaN]) },
        };

    [Theory]
    [MemberData(nameof(Misuses))]
    public void Misuse_says_what_is_wrong(string message, Action misuse) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(misuse).Message, StringComparison.Ordinal);

    [Fact]
    public void Null_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => Square.Times(null!));
        Assert.Throws<ArgumentNullException>(() => Square.Minus(null!));
        Assert.Throws<ArgumentNullException>(() => Square.Sandwich(null!));
        Assert.Throws<ArgumentNullException>(() => LinearOperator.Sum(null!));
        Assert.Throws<ArgumentNullException>(() => LinearOperator.Sum([Square, null!]));
        Assert.Throws<ArgumentNullException>(() => LinearOperator.DirectSum(Square, null!));
        Assert.Throws<ArgumentNullException>(() => Square.Block(null!));
        Assert.Throws<ArgumentNullException>(() => LinearOperator.Of(3, null!));
    }

    [Fact]
    public void A_transpose_that_is_not_known_says_so()
    {
        var a = LinearOperator.Of(2, 4, (_, y) => y.Clear());
        Assert.StartsWith(
            "[LinearOperator.Transpose] got an operator of one function",
            Assert.Throws<InvalidOperationException>(() => a.Transpose().Apply(new double[2])).Message,
            StringComparison.Ordinal
        );
        var own = new Silent();
        Assert.StartsWith(
            "[LinearOperator.Transpose] Silent has no transposed product",
            Assert.Throws<InvalidOperationException>(() => own.Gram().Apply(new double[4])).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Matrices_that_do_not_fit_are_refused_before_any_product()
    {
        var untouched = LinearOperator.Of(50_000, (_, _) => throw new NotSupportedException());
        foreach (
            var a in new[]
            {
                untouched,
                untouched.Scale(2),
                JacobianOperator.Of((Tensor x) => Ops.Square(x), Tensor.Zeros([50_000])),
                untouched.Shift(1),
                untouched.Plus(untouched),
                untouched.Gram(),
                untouched.Block(0..49_999),
            }
        )
        {
            var message = Assert.Throws<ArgumentException>(() => a.ToMatrix()).Message;
            Assert.StartsWith(
                $"[LinearOperator.ToMatrix] got an operator of {a.Rows} rows and {a.Size} columns, a matrix of ",
                message,
                StringComparison.Ordinal
            );
            Assert.Contains("(18.63 GiB); expected no more than 2147483591 elements", message, StringComparison.Ordinal);
        }
        Assert.Equal(
            "[LinearOperator.ToMatrix] got an operator of 40000 rows and 50000 columns, a matrix of 14.9 GiB; expected no more than the 2 GiB of memory that are left",
            Assert.Throws<ArgumentException>(() => MatrixMemory.New(40_000, 50_000, 2L << 30)).Message
        );
        Assert.Equal(6, MatrixMemory.New(2, 3, 48).Length);
        Assert.Throws<ArgumentException>(() => MatrixMemory.New(2, 3, 47));
    }

    [Fact]
    public void Operators_of_nothing_give_nothing()
    {
        var tall = MatrixOperator.Of([], 3, 0);
        Assert.Equal([0, 0, 0], tall.Apply([]));
        Assert.Empty(tall.Transpose().Apply([1, 2, 3]));
        Assert.Empty(tall.ToMatrix());
        var y = new double[] { 9, 9, 9, 9, 9, 9 };
        tall.ApplyBlock(Array.Empty<double>(), y, 2);
        Assert.Equal(new double[6], y);
        Assert.Equal(new double[9], tall.Times(tall.Transpose()).ToMatrix());
        Assert.Empty(LinearOperator.Identity(0).ToMatrix());
        Assert.Empty(LinearOperator.DirectSum().Apply([]));
        Assert.Empty(Square.Block(IndexSet.Of()).Apply([]));
        Assert.Equal([1], LinearOperator.Identity(1).ToMatrix());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Cancellation_reaches_the_parts(int threads)
    {
        using var source = new CancellationTokenSource();
        var count = 0;
        var part = LinearOperator.Of(
            2,
            (_, _) =>
            {
                if (Interlocked.Increment(ref count) == 5)
                    source.Cancel();
            }
        );
        var sum = LinearOperator.Sum([.. Enumerable.Repeat(part, 1000)]);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            sum.ApplyBlock(new double[2], new double[2], 1, new() { Threads = threads, Cancellation = source.Token })
        );
        Assert.InRange(count, 5, 20);
    }

    private sealed class Said(int rows, int columns) : LinearOperator(rows, columns, isSymmetric: true)
    {
        protected override void Product(ReadOnlySpan<double> x, Span<double> y) => y.Clear();
    }

    private sealed class Silent() : LinearOperator(2, 4, isSymmetric: false)
    {
        protected override void Product(ReadOnlySpan<double> x, Span<double> y) => y.Clear();
    }
}
