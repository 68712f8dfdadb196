using AutoDiff.Curvature;
using AutoDiff.Tests.Numerics;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

/// <summary>A check passes what is right, and finds each thing that is wrong in the comparison that is about it.</summary>
public class OperatorCheckTests
{
    private const int N = 36;

    private static readonly Tensor X = Key.Of(1).Normal([30, 4]);
    private static readonly double[] Point = Key.Of(3).Normal([N]).ToArray();

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e-150)]
    [InlineData(1e150)]
    public void A_right_Hessian_passes(double scale)
    {
        var objective = Net(scale);
        var check = OperatorCheck.OfHessian(objective.Hessian(Point), Point, Gradient(objective));
        Assert.True(check.Holds, check.ToString());
        Assert.InRange(check.Difference!.Measure, 0, 1e-9);
        Assert.InRange(check.Difference.ExpectedError, 1e-16, 1e-8);
        Assert.InRange(check.Symmetry.Measure, 0, 1e-13);
        Assert.Equal(0, check.Repetition.Measure);
        Assert.Equal(28, check.Products);
        Assert.InRange(check.Gradients, 4 * 4, 4 * 28);
        Assert.Equal(4, check.Findings.Count());
    }

    [Fact]
    public void Right_operators_pass()
    {
        var a = MatrixOperator.Of(RectangularTests.Values(7, 30, 1), 7, 30);
        LinearOperator[] operators =
        [
            a,
            a.Transpose(),
            a.Gram(),
            LinearOperator.Zero(5, 5),
            LinearOperator.Identity(1),
            LinearOperator.Identity(0),
            MatrixOperator.Of(Matrices.Random(20, 1), 20).Scale(1e-150),
            MatrixOperator.Of(Matrices.Random(20, 1), 20).Scale(1e150),
        ];
        Assert.All(operators, one => Assert.True(OperatorCheck.Of(one).Holds));
    }

    [Fact]
    public void What_is_not_symmetric_is_found()
    {
        var values = RectangularTests.Values(50, 50, 1);
        var a = MatrixOperator.Of(values, 50, 50);
        var said = LinearOperator.Of(50, (x, y) => a.Apply(x, y));
        Fails(check => check.Symmetry, OperatorCheck.Of(said));
        // One element of 2,500, by a millionth of what there is.
        var symmetric = Matrices.Random(50, 2);
        symmetric[7] += 1e-6 * VectorLoops.Norm(symmetric);
        var nearly = MatrixOperator.Of(symmetric, 50, 50);
        var check = OperatorCheck.Of(LinearOperator.Of(50, (x, y) => nearly.Apply(x, y)));
        Fails(one => one.Symmetry, check);
        Assert.InRange(check.Symmetry.Measure, 1e-7, 1e-5);
    }

    [Fact]
    public void A_wrong_transpose_is_found()
    {
        var a = MatrixOperator.Of(RectangularTests.Values(7, 30, 1), 7, 30);
        var wrong = LinearOperator.Of(7, 30, (x, y) => a.Apply(x, y), (x, y) => a.Transpose().Scale(1.001).Apply(x, y));
        Fails(check => check.Symmetry, OperatorCheck.Of(wrong));
    }

    [Fact]
    public void Hidden_state_is_found()
    {
        var mean = 1.0;
        var drifting = LinearOperator.Of(
            5,
            (x, y) =>
            {
                // A running mean, as of a batch.
                mean = (0.9 * mean) + (0.1 * x[0] * x[0]);
                for (var i = 0; i < x.Length; i++)
                    y[i] = x[i] / mean;
            }
        );
        var check = OperatorCheck.Of(drifting);
        Assert.False(check.Repetition.Holds);
        Assert.Equal(20, check.Repetition.Measure);
        Assert.Equal(0, check.Repetition.Tolerance);
    }

    [Fact]
    public void A_wrong_block_is_found()
    {
        Fails(check => check.Block, OperatorCheck.Of(new Mixed(factor: 1, turned: true)));
        Fails(check => check.Block, OperatorCheck.Of(new Mixed(factor: 1 + 1e-8, turned: false)));
        Assert.True(OperatorCheck.Of(new Mixed(factor: 1 + 1e-13, turned: false)).Holds);
    }

    [Fact]
    public void Weight_decay_left_out_is_found()
    {
        var (with, without) = (Net(1, decay: 1e-4), Net(1));
        Fails(check => check.Difference!, OperatorCheck.OfHessian(without.Hessian(Point), Point, Gradient(with)));
        Assert.True(OperatorCheck.OfHessian(with.Hessian(Point), Point, Gradient(with)).Holds);
        Assert.True(OperatorCheck.OfHessian(without.Hessian(Point).Shift(1e-4), Point, Gradient(with)).Holds);
        // And the Gauss-Newton part is not the Hessian.
        Fails(check => check.Difference!, OperatorCheck.OfHessian(without.GaussNewton(Point), Point, Gradient(without)));
    }

    [Fact]
    public void The_expected_error_covers_the_true_one()
    {
        // With a known derivative: gradients of Σ eˣ, of x⁴, of a steep sine, of a barrier near the point, of noise at 1e-8.
        (string Name, Func<double, double> Gradient, Func<double, double> Slope, double At)[] rows =
        [
            ("exponential", Math.Exp, Math.Exp, 1),
            ("cube", x => 4 * x * x * x, x => 12 * x * x, -2),
            ("steep", x => Math.Sin(300 * x), x => 300 * Math.Cos(300 * x), 0.1),
            ("barrier", x => -1 / x, x => 1 / (x * x), 0.01),
            ("rounded", x => Math.Round(Math.Exp(x) * 1e8) / 1e8, Math.Exp, 1),
            ("linear", x => 3 * x, _ => 3, 5),
            ("large", x => x * x * x, x => 3 * x * x, 1e6),
        ];
        foreach (var (name, gradient, slope, at) in rows)
        {
            var calls = 0;
            var (derivative, error, gradients) = GradientDifference.Along(
                (x, g) => (g[0], calls) = (gradient(x[0]), calls + 1),
                [at],
                [1.0],
                TestContext.Current.CancellationToken
            );
            Assert.Equal(calls, gradients);
            var off = Math.Abs(derivative[0] - slope(at));
            Assert.True(off <= 10 * error, $"{name}: off by {off}, expected {error}");
            Assert.True(error <= 1e-3 * Math.Abs(slope(at)), $"{name}: expected {error} of {slope(at)}");
        }
    }

    [Fact]
    public void What_is_not_finite_or_not_known_does_not_pass()
    {
        var nan = OperatorCheck.Of(LinearOperator.Of(3, (_, y) => y.Fill(double.NaN)));
        Assert.Equal((true, false, false), (nan.Repetition.Holds, nan.Symmetry.Holds, nan.Block.Holds));
        var identity = LinearOperator.Identity(2);
        var edge = OperatorCheck.OfHessian(identity, [1, 1], (_, g) => g.Fill(double.NaN));
        Assert.False(edge.Holds);
        // A gradient of noise says nothing, and is not taken for agreement.
        var random = new Random(1);
        var noise = OperatorCheck.OfHessian(
            identity.Scale(1e-3),
            [1, 1],
            (_, g) =>
            {
                g[0] = random.NextDouble();
                g[1] = random.NextDouble();
            }
        );
        Assert.False(noise.Difference!.Holds);
    }

    [Fact]
    public void Misuse_throws()
    {
        var a = LinearOperator.Identity(2);
        Says("[OperatorCheck] got a point of 3 values; expected 2", () => OperatorCheck.OfHessian(a, new double[3], (_, _) => { }));
        Says("[OperatorCheck] got NaN at position 0 of the point", () => OperatorCheck.OfHessian(a, [double.NaN, 1], (_, _) => { }));
        Says(
            "[OperatorCheck] got a Hessian of size [2,3]",
            () => OperatorCheck.OfHessian(LinearOperator.Zero(2, 3), new double[3], (_, _) => { })
        );
        Says("[OperatorCheckOptions] got a number of pairs of 0", () => new OperatorCheckOptions { Pairs = 0 });
        Says("[OperatorCheckOptions] got a tolerance -1", () => new OperatorCheckOptions { Tolerance = -1 });
        Assert.Throws<ArgumentNullException>(() => OperatorCheck.Of(null!));
        Assert.Throws<OperationCanceledException>(() => OperatorCheck.Of(a, new() { Cancellation = new(canceled: true) }));
        Assert.Throws<InvalidOperationException>(() => OperatorCheck.Of(LinearOperator.Of(2, 2, (_, _) => { })));
    }

    [Fact]
    public void A_report_says_each_number()
    {
        var a = LinearOperator.Identity(2);
        var lines = OperatorCheck.Of(a).ToString().Split(Environment.NewLine);
        Assert.Equal("elements that differ when a product is repeated: 0 (passes at 0)", lines[0]);
        Assert.StartsWith("vᵀAw against wᵀAv: ", lines[1], StringComparison.Ordinal);
        Assert.Equal("products of a block against one by one: 0 (passes at 1E-10)", lines[2]);
        Assert.Equal("a: 2 (fails at 1, known to 0.5)", new OperatorFinding("a", 2, 1, 0.5).ToString());
    }

    private static void Fails(Func<OperatorCheck, OperatorFinding> part, OperatorCheck check)
    {
        Assert.False(check.Holds);
        Assert.False(part(check).Holds, check.ToString());
        Assert.All(check.Findings.Where(finding => finding != part(check)), finding => Assert.True(finding.Holds, finding.ToString()));
    }

    private static Action<ReadOnlySpan<double>, Span<double>> Gradient(Objective<Tensor> objective) =>
        (x, g) => objective.ValueAndGradient(x, g);

    private static Objective<Tensor> Net(double scale, double decay = 0) =>
        // The parameters are outputs too, for their decay.
        Objective.Of(
            (Tensor w) => Concatenate([Reshape(Tanh(MatMul(X, Reshape(w, 4, N / 4))), 30 * N / 4), w], 0),
            y =>
                scale
                * (Mean(LogSumExp(Reshape(Slice(y, 0, 0, 30 * N / 4), 30, N / 4), 1)) + (decay / 2 * Sum(Square(Slice(y, 0, 30 * N / 4))))),
            Tensor.Zeros([N])
        );

    private static void Says(string message, Action misuse) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(misuse).Message, StringComparison.Ordinal);

    /// <summary>An operator whose block is wrong: its rows in another order, or a little off.</summary>
    private sealed class Mixed(double factor, bool turned) : LinearOperator(4)
    {
        protected override void Product(ReadOnlySpan<double> x, Span<double> y) => x.CopyTo(y);

        protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options)
        {
            for (var row = 0; row < count; row++)
            {
                for (var i = 0; i < Size; i++)
                    y.Span[(row * Size) + i] = factor * x.Span[((turned ? (row + 1) % count : row) * Size) + i];
            }
        }
    }
}
