using System.Collections.Immutable;
using AutoDiff.Curvature;

namespace AutoDiff.Laws;

/// <summary>Laws of linear operators.</summary>
/// <remarks>Products are compared to 1e-11 of their norm, or of the norm of what cancels in them.</remarks>
public static class OperatorLaws
{
    private const double Tolerance = 1e-11;
    private const int Rows = 5;

    /// <summary>A(2x − y/2) = 2Ax − Ay/2.</summary>
    public static Law<OperatorCase> IsLinear { get; } =
        new(
            "IsLinear",
            "A(2x − y/2) = 2Ax − Ay/2",
            example =>
            {
                var (a, x, y) = (example.Operator, example.Vectors(0), example.Vectors(1));
                var (ax, ay) = (a.Apply(x), a.Apply(y));
                var together = a.Apply([.. x.Zip(y, (s, t) => (2 * s) - (t / 2))]);
                double[] apart = [.. ax.Zip(ay, (s, t) => (2 * s) - (t / 2))];
                return Close("A(2x − y/2)", [.. together], apart, example, 2 * Norm(x), Norm(y));
            }
        );

    /// <summary>⟨Ax, w⟩ = ⟨x, Aᵀw⟩, where a symmetric operator is its own transpose.</summary>
    public static Law<OperatorCase> TransposeIsAdjoint { get; } =
        new(
            "TransposeIsAdjoint",
            "⟨Ax, w⟩ = ⟨x, Aᵀw⟩, and Aᵀ = A where it is said to be symmetric",
            example =>
            {
                var (a, x, w) = (example.Operator, example.Vectors(0), example.Images(0));
                var (image, back) = (a.Apply(x), a.Transpose().Apply(w));
                var (left, right) = (Dot([.. image], w), Dot(x, [.. back]));
                var scale = (Norm([.. image]) * Norm(w)) + (Norm(x) * Norm([.. back])) + (example.Magnitude * Norm(x) * Norm(w));
                return Agreement.Within("⟨Ax, w⟩ and ⟨x, Aᵀw⟩", [left], [right], _ => Tolerance * scale);
            }
        );

    /// <summary>(Aᵀ)ᵀ has the products of A, bit for bit, and the sizes are exchanged.</summary>
    public static Law<OperatorCase> TransposeOfTransposeIsItself { get; } =
        new(
            "TransposeOfTransposeIsItself",
            "(Aᵀ)ᵀx = Ax, bit for bit",
            example =>
            {
                var (a, x) = (example.Operator, example.Vectors(0));
                var transpose = a.Transpose();
                return (transpose.Rows, transpose.Size) != (a.Size, a.Rows)
                    ? new Verdict.Fails($"the transpose of [{a.Rows},{a.Size}] is [{transpose.Rows},{transpose.Size}]")
                    : Agreement.Identical("(Aᵀ)ᵀx", transpose.Transpose().Apply(x).AsSpan(), a.Apply(x).AsSpan());
            }
        );

    /// <summary>The rows of products with a block are products, with the same bits for any number of threads and of rows beside them.</summary>
    public static Law<OperatorCase> BlockIsProducts { get; } =
        new(
            "BlockIsProducts",
            "a row of a product with a block is a product, its bits the same for any number of threads and beside any other rows",
            BlockVerdicts
        );

    /// <summary>A's matrix times x is Ax.</summary>
    public static Law<OperatorCase> MatrixHasTheProducts { get; } =
        new(
            "MatrixHasTheProducts",
            "ToMatrix(A)·x = Ax",
            example =>
            {
                var (a, x) = (example.Operator, example.Vectors(0));
                var matrix = a.ToMatrix();
                if (matrix.Length != a.Rows * a.Size)
                    return new Verdict.Fails($"a matrix of {matrix.Length} elements for [{a.Rows},{a.Size}]");
                double[] product = [.. Enumerable.Range(0, a.Rows).Select(i => Dot(matrix[(i * a.Size)..((i + 1) * a.Size)], x))];
                return Close("ToMatrix(A)·x", product, [.. a.Apply(x)], example, Norm(x));
            }
        );

    /// <summary>Products repeat bit for bit, on many threads at once too.</summary>
    public static Law<OperatorCase> Repeats { get; } =
        new(
            "Repeats",
            "Ax has the same bits again, after other products and on many threads at once",
            example =>
            {
                var (a, x) = (example.Operator, example.Vectors(0));
                var first = a.Apply(x);
                var others = new ImmutableArray<double>[8];
                Parallel.For(0, others.Length, i => others[i] = a.Apply(i % 2 == 0 ? x : example.Vectors(i)));
                return Enumerable.Range(0, 4).Select(i => Agreement.Identical("Ax", others[2 * i].AsSpan(), first.AsSpan()));
            }
        );

    /// <summary>All of them.</summary>
    public static ImmutableArray<Law<OperatorCase>> All { get; } =
    [IsLinear, TransposeIsAdjoint, TransposeOfTransposeIsItself, BlockIsProducts, MatrixHasTheProducts, Repeats];

    private static IEnumerable<Verdict> BlockVerdicts(OperatorCase example)
    {
        foreach (var a in new[] { example.Operator, example.Operator.Transpose() })
        {
            var x = a == example.Operator ? example.Vectors(0, Rows) : example.Images(0, Rows);
            var block = Block(a, x, Rows, threads: 1);
            yield return Agreement.Identical("products with a block on three threads", Block(a, x, Rows, threads: 3), block);
            yield return Agreement.Identical("products with its first rows", Block(a, x, 2, threads: 1), block.AsSpan(0, 2 * a.Rows));
            for (var row = 0; row < Rows; row++)
            {
                var vector = x[(row * a.Size)..((row + 1) * a.Size)];
                yield return Close($"row {row}", block[(row * a.Rows)..((row + 1) * a.Rows)], [.. a.Apply(vector)], example, Norm(vector));
            }
        }
    }

    private static double[] Block(LinearOperator a, double[] x, int count, int threads)
    {
        var y = new double[count * a.Rows];
        Array.Fill(y, double.NaN);
        a.ApplyBlock(x.AsMemory(0, count * a.Size), y, count, new() { Threads = threads });
        return y;
    }

    /// <summary>Whether products agree to the tolerance of their norms, or of the parts' times the vectors'.</summary>
    private static Verdict Close(string what, double[] actual, double[] expected, OperatorCase example, params double[] sizes)
    {
        var scale = Norm(actual) + Norm(expected) + (example.Magnitude * sizes.Sum());
        return Agreement.Within(what, actual, expected, _ => Tolerance * scale);
    }

    private static double Norm(double[] x) => Math.Sqrt(Dot(x, x));

    private static double Dot(double[] x, double[] y) => x.Zip(y, (s, t) => s * t).Sum();
}
