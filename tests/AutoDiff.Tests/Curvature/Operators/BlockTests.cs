using AutoDiff.Curvature;
using AutoDiff.Tests.Numerics;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

/// <summary>Blocks of vectors: a row has the bits it has in a block of its own, whatever stands beside it and however many threads work.</summary>
public class BlockTests
{
    private const int MostRows = 150;

    public static TheoryData<string, int> Operators =>
        new()
        {
            { "matrix", 1 },
            { "matrix", 2 },
            { "matrix", 37 },
            { "matrix", 300 },
            { "sum, scaled and shifted", 37 },
            { "one at a time", 37 },
            { "Hessian", 36 },
            { "Hessian", 160 },
            { "Gauss-Newton", 36 },
            { "Hessian of a regression", 300 },
            { "Gauss-Newton of a regression", 300 },
        };

    [Theory]
    [MemberData(nameof(Operators))]
    public void A_row_does_not_depend_on_the_others_or_on_threads(string name, int n)
    {
        var a = Operator(name, n);
        var x = Vectors(MostRows, n);
        var alone = new double[MostRows * n];
        for (var row = 0; row < MostRows; row++)
            a.ApplyBlock(x.AsMemory(row * n, n), alone.AsMemory(row * n, n), 1);
        Same(
            !name.EndsWith("regression", StringComparison.Ordinal),
            Enumerable.Range(0, MostRows).SelectMany(row => a.Apply(x.AsSpan(row * n, n))),
            alone
        );
        foreach (var count in new[] { 1, 2, 3, 64, 65, MostRows })
        {
            foreach (var threads in new[] { 1, 2, 3, 8 })
            {
                var y = new double[count * n];
                a.ApplyBlock(x.AsMemory(0, count * n), y, count, new() { Threads = threads });
                Assert.Equal(alone[..(count * n)], y);
            }
        }
        // Another place among other rows.
        var part = new double[3 * n];
        a.ApplyBlock(x.AsMemory(7 * n, 3 * n), part, 3);
        Assert.Equal(alone[(7 * n)..(10 * n)], part);
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void A_matrix_is_the_products_with_unit_vectors(string name, int n)
    {
        var a = Operator(name, n);
        var matrix = a.ToMatrix(new() { Threads = 1 });
        for (var i = 0; i < n; i++)
        {
            var unit = new double[n];
            unit[i] = 1;
            Same(a is not HessianOperator, a.Apply(unit), matrix[(i * n)..((i + 1) * n)], matrix.Max(Math.Abs));
        }
        foreach (var threads in new[] { 2, 3, 8 })
            Assert.Equal(matrix, a.ToMatrix(new() { Threads = threads }));
        var told = new List<double>();
        a.ToMatrix(new() { Threads = 1, Progress = new Told(told) });
        Assert.Equal(told.Order(), told);
        Assert.Equal(1, told[^1]);
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void One_use_leaves_nothing_behind_for_the_next(string name, int n)
    {
        var (a, fresh) = (Operator(name, n), Operator(name, n));
        var run = new RunOptions { Threads = 1 };
        var (x, y, again) = (Vectors(5, n), new double[5 * n], new double[5 * n]);
        var matrix = fresh.ToMatrix(run);
        a.ApplyBlock(x, y, 5, run);
        Assert.Equal(matrix, a.ToMatrix(run));
        a.ApplyBlock(x, again, 5, run);
        Assert.Equal(y, again);
    }

    [Fact]
    public void A_few_vectors_do_not_pay_for_many()
    {
        const int n = 3000;
        var objective = Objective.Of((Tensor w) => Sum(Square(Square(w))), Tensor.Zeros([n]));
        var x = Vectors(32, n);
        Bytes(3);
        Bytes(32);
        Assert.InRange(Bytes(3) / (double)Bytes(32), 0, 0.3);

        long Bytes(int count)
        {
            var a = objective.Hessian(Point(n));
            var y = new double[count * n];
            var before = GC.GetAllocatedBytesForCurrentThread();
            a.ApplyBlock(x.AsMemory(0, count * n), y, count, new() { Threads = 1 });
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void A_matrix_of_a_composed_operator_is_made_of_those_of_its_parts()
    {
        var a = new Known(MatrixOperator.Of(Matrices.Random(5, 1), 5));
        var matrix = a.Scale(-0.3).Shift(2).Plus(a).ToMatrix();
        for (var i = 0; i < 5; i++)
        {
            for (var j = 0; j < 5; j++)
                EigenChecks.Near((0.7 * a.Matrix[(i * 5) + j]) + (i == j ? 2 : 0), matrix[(i * 5) + j], 1e-14);
        }
        // The caller's own.
        a.Inner.ToMatrix()[0] = 9;
        Assert.Equal(a.Matrix, a.Inner.ToMatrix());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_a_product_throws_is_thrown_as_it_is(int threads)
    {
        var run = new RunOptions { Threads = threads };
        var block = new double[4 * 4];
        Assert.Throws<FormatException>(() => new Failing().ApplyBlock(block, new double[4 * 4], 4, run));
        var hessian = Net(160).Hessian(Point(160));
        Assert.Throws<FormatException>(() => hessian.ToMatrix(run with { Progress = new Refusing() }));
    }

    [Fact]
    public void Blocks_of_nothing_are_nothing()
    {
        var a = MatrixOperator.Of([2], 1);
        a.ApplyBlock(Array.Empty<double>(), Array.Empty<double>(), 0);
        var empty = MatrixOperator.Of([], 0);
        empty.ApplyBlock(Array.Empty<double>(), Array.Empty<double>(), 5);
        Assert.Empty(empty.ToMatrix());
        Assert.Empty(empty.Apply([]));
    }

    [Fact]
    public void Wrong_blocks_throw()
    {
        var a = MatrixOperator.Of(Matrices.Random(4, 1), 4);
        var (x, y) = (new double[8], new double[8]);
        Says("[LinearOperator.ApplyBlock] got a block x of 8 values; expected 12", () => a.ApplyBlock(x, y, 3));
        Says("[LinearOperator.ApplyBlock] got a block y of 4 values; expected 8", () => a.ApplyBlock(x, y.AsMemory(4), 2));
        Says("[LinearOperator.ApplyBlock] got -1 vectors; expected at least 0", () => a.ApplyBlock(x, y, -1));
        Says("[LinearOperator.ApplyBlock] got blocks x and y that share memory", () => a.ApplyBlock(x.AsMemory(0, 4), x.AsMemory(3, 4), 1));
        Assert.Throws<OperationCanceledException>(() => a.ApplyBlock(x, y, 2, new() { Cancellation = new(canceled: true) }));
        Says("[LinearOperator.ToMatrix] got an operator of 50000 rows and 50000 columns", () => new Doubled(50000).ToMatrix());
    }

    /// <summary>Equal to the bit, but for the order of sums in products of one row or column, which a Hessian's batch makes many of, and for zeros that its matrix leaves out.</summary>
    private static void Same(bool toTheBit, IEnumerable<double> alone, double[] inBlock, double? size = null)
    {
        double[] expected = [.. alone];
        if (toTheBit)
            Assert.Equal(expected, inBlock);
        var largest = size ?? expected.Max(Math.Abs);
        Assert.All(expected.Zip(inBlock), pair => EigenChecks.Near(pair.First, pair.Second, 1e-14 * largest));
    }

    private static void Says(string message, Action misuse) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(misuse).Message, StringComparison.Ordinal);

    private static double[] Vectors(int count, int n)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count * n).Select(_ => random.NextDouble() - 0.5)];
    }

    private static LinearOperator Operator(string name, int n)
    {
        var matrix = MatrixOperator.Of(Matrices.Random(n, 1), n);
        return name switch
        {
            "matrix" => matrix,
            "sum, scaled and shifted" => matrix.Plus(MatrixOperator.Of(Matrices.Random(n, 2), n)).Scale(-0.3).Shift(2),
            "one at a time" => new Doubled(n),
            "Hessian" => Net(n).Hessian(Point(n)),
            "Gauss-Newton" => Net(n).GaussNewton(Point(n)),
            "Hessian of a regression" => Regression(n).Hessian(Point(n)),
            "Gauss-Newton of a regression" => Regression(n).GaussNewton(Point(n)),
            _ => throw new ArgumentException(name),
        };
    }

    private static double[] Point(int n) => Key.Of(3).Normal([n]).ToArray();

    private static Objective<Tensor> Net(int n)
    {
        var x = Key.Of(1).Normal([300, 4]);
        return Objective.Of(
            (Tensor w) => Tanh(MatMul(x, Reshape(w, 4, n / 4))),
            y => Mean(LogSumExp(y, 1)) + Mean(Square(y)),
            Tensor.Zeros([n])
        );
    }

    /// <summary>Products of one row and one column, which are summed in orders of their own.</summary>
    private static Objective<Tensor> Regression(int n)
    {
        var x = Key.Of(1).Normal([20, n]);
        return Objective.Of((Tensor w) => Tanh(MatMul(x, w)), y => Mean(Square(y)) + Square(Sum(y)), Tensor.Zeros([n]));
    }

    private sealed class Doubled(int size) : LinearOperator(size)
    {
        protected override void Product(ReadOnlySpan<double> x, Span<double> y)
        {
            for (var i = 0; i < x.Length; i++)
                y[i] = 2 * x[i];
        }
    }

    /// <summary>An operator that knows its matrix and has no products.</summary>
    private sealed class Known(MatrixOperator inner) : LinearOperator(inner.Size)
    {
        public MatrixOperator Inner => inner;

        public double[] Matrix { get; } = [.. inner.Values];

        public override double[] ToMatrix(RunOptions? options = null) => inner.ToMatrix(options);

        protected override void Product(ReadOnlySpan<double> x, Span<double> y) => throw new NotSupportedException();
    }

    private sealed class Failing() : LinearOperator(4)
    {
        protected override void Product(ReadOnlySpan<double> x, Span<double> y) => throw new FormatException();
    }

    private sealed class Refusing : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => throw new FormatException();
    }

    private sealed class Told(List<double> fractions) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => fractions.Add(value.Fraction);
    }
}
