using AutoDiff.Curvature;
using AutoDiff.Tests.Numerics;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Curvature;

/// <summary>An objective gives what the transforms give of its loss, from one call of it.</summary>
public class ObjectiveTests
{
    public static TheoryData<string> Names => Losses.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_gradient_and_Hessian_are_those_of_the_loss(string name)
    {
        var (model, outer) = Losses.All[name];
        Tensor Loss(Small w) => outer(model(w));
        foreach (var objective in new[] { Objective.Of(Loss, Losses.At(1)), Objective.Of(model, outer, Losses.At(1)) })
        {
            Assert.Equal(8, objective.Size);
            foreach (var seed in new ulong[] { 3, 5 })
            {
                var point = Losses.At(seed);
                var x = objective.Ravel(point);
                var gradient = new double[8];
                Near([Loss(point).Item()], [objective.Value(x)]);
                Near([Loss(point).Item()], [objective.ValueAndGradient(x, gradient)]);
                Near(TreeMath.Ravel(Grad(Loss, point)).ToArray(), gradient);
                var hessian = Hessian(Loss, point).ToArray();
                Near(hessian, objective.Hessian(point).ToMatrix());
                Assert.Equal(objective.Hessian(point).ToMatrix(), objective.Hessian(x).ToMatrix());
                Near(Matrices.Times(hessian, x), objective.Hessian(x).Apply(x));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gauss_Newton_is_the_Jacobian_round_the_losss_Hessian(string name)
    {
        var (model, outer) = Losses.All[name];
        var objective = Objective.Of(model, outer, Losses.At(1));
        foreach (var seed in new ulong[] { 3, 5 })
        {
            var point = Losses.At(seed);
            var outputs = Evaluate(model(point));
            var jacobian = Jacobian<Small, Tensor>(model)(point);
            var expected = MatMul(Transpose(jacobian), MatMul(Hessian(outer, outputs), jacobian)).ToArray();
            var operation = objective.GaussNewton(point);
            Near(expected, operation.ToMatrix());
            Assert.Equal(operation.ToMatrix(), objective.GaussNewton(objective.Ravel(point)).ToMatrix());
            var v = objective.Ravel(Losses.At(9));
            Near(Matrices.Times(expected, v), operation.Apply(v));
            // Convex losses make it semidefinite, whatever the model; a linear model makes it the Hessian.
            Assert.True(SymmetricEigen.Decompose(operation.ToMatrix(), 8).Eigenvalues[0] > -1e-14);
            var hessian = objective.Hessian(point).ToMatrix();
            if (name.StartsWith("curved", StringComparison.Ordinal))
                Assert.True(hessian.Zip(expected, (a, b) => Math.Abs(a - b)).Max() > 1e-3);
            else
                Near(hessian, operation.ToMatrix());
        }
    }

    [Fact]
    public void Everything_calls_the_loss_once()
    {
        var calls = 0;
        Tensor Loss(Tensor p)
        {
            calls++;
            return Square(1 - (Take(p, 0, 0) * Take(p, 0, 1))) + (0.1 * Sum(Square(Square(p))));
        }
        var origin = Tensor.Zeros([2]);
        var objective = Objective.Of(Loss, origin);
        var point = CriticalPoint.Classify(objective, origin);
        var lower = Saddle.Escape(objective, point);
        var end = Newton.Minimize(objective, lower.Point);
        var minimum = CriticalPoint.Classify(objective, end.Point);
        Assert.Equal((CriticalPointKind.Saddle, 1), (point.Kind, calls));
        Assert.True(lower.Decrease > 0 && end.Outcome == Outcome.Converged && minimum.Index == 0);
        calls = 0;
        CriticalPoint.Classify(Loss, origin);
        Assert.Equal(1, calls);
        Saddle.Escape(Loss, point);
        Assert.Equal(2, calls);
        Newton.Minimize(Loss, lower.Point);
        Assert.Equal(3, calls);
    }

    [Fact]
    public void A_model_and_its_loss_are_called_once_each()
    {
        var (models, losses) = (0, 0);
        var objective = Objective.Of(
            (Small w) =>
            {
                models++;
                return Losses.Curved(w);
            },
            outputs =>
            {
                losses++;
                return Losses.Squares(outputs);
            },
            Losses.At(1)
        );
        var x = objective.Ravel(Losses.At(3));
        objective.ValueAndGradient(x, new double[8]);
        objective.Hessian(x).ToMatrix();
        objective.GaussNewton(x).ToMatrix();
        objective.GaussNewton(x).Apply(x);
        Assert.Equal((1, 1), (models, losses));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Along_a_line_the_loss_is_that_at_the_point(string name)
    {
        var (model, outer) = Losses.All[name];
        var objective = Objective.Of(model, outer, Losses.At(1));
        var (point, direction) = (Losses.At(3), Losses.At(5));
        var line = objective.Along(point, direction);
        Assert.Equal(objective.Value(objective.Ravel(point)), line.Value(0));
        foreach (var t in new[] { -0.3, 1e-9, 2.0 })
        {
            var x = line.Point(t);
            Near(TreeMath.Ravel(TreeMath.Axpy(t, direction, point)).ToArray(), x);
            Assert.Equal(objective.Value(x), line.Value(t));
            var (value, slope) = line.ValueAndSlope(t);
            Near([line.Value(t)], [value]);
            Near([Jvp((Tensor s) => outer(model(TreeMath.Axpy(s, direction, point))), t, 1).Tangent.Item()], [slope]);
        }
    }

    [Fact]
    public void Many_threads_share_one()
    {
        var (model, outer) = Losses.All["curved, entropy"];
        var objective = Objective.Of(model, outer, Losses.At(1));
        var points = Enumerable.Range(0, 40).Select(i => objective.Ravel(Losses.At((ulong)i))).ToArray();
        var expected = points.Select(Of).ToArray();
        var shared = Objective.Of(model, outer, Losses.At(1));
        Parallel.For(0, points.Length, i => Assert.Equal(expected[i], OfObjective(points[i], shared)));

        double[] Of(double[] x) => OfObjective(x, objective);
        double[] OfObjective(double[] x, Objective<Small> with)
        {
            var gradient = new double[8];
            var value = with.ValueAndGradient(x, gradient);
            return
            [
                value,
                with.Value(x),
                .. gradient,
                .. with.Hessian(x).ToMatrix(),
                .. with.GaussNewton(x).Apply(x),
                with.Along(x, x).Value(0.5),
            ];
        }
    }

    [Fact]
    public void Trees_without_elements_and_scalars_are_points_too()
    {
        var empty = Objective.Of((TreeList<Tensor> _) => (Tensor)3.0, new TreeList<Tensor>([]));
        Assert.Equal((0, 3.0, 3.0), (empty.Size, empty.Value([]), empty.ValueAndGradient([], [])));
        Assert.Empty(empty.Hessian(Array.Empty<double>()).ToMatrix());
        Assert.Empty(empty.Unravel([]));
        Assert.Throws<ArgumentException>(() => Newton.Minimize(empty, empty.Unravel([])));
        Assert.Throws<ArgumentException>(() => CriticalPoint.Classify(empty, empty.Unravel([])));
        var scalar = Objective.Of((Tensor x) => Exp(2 * x), (Tensor)0.0);
        var gradient = new double[1];
        Assert.Equal(Math.Exp(2), scalar.ValueAndGradient([1.0], gradient), 1e-14);
        Near([2 * Math.Exp(2), 4 * Math.Exp(2)], [gradient[0], scalar.Hessian([1.0]).ToMatrix()[0]]);
        Assert.Equal(5, scalar.Unravel([5.0]).Item());
        Near([4 * Math.Exp(2)], Objective.Of((Tensor x) => 2 * x, Exp, (Tensor)0.0).GaussNewton([1.0]).ToMatrix());
    }

    [Fact]
    public void What_is_not_finite_is_given_back_as_it_is()
    {
        var objective = Objective.Of((Tensor x) => Sum(Log(x)), Tensor.Of([1.0, 1.0]));
        var gradient = new double[2];
        Assert.Equal(double.NaN, objective.ValueAndGradient([-1, 2], gradient));
        Assert.Equal(0.5, gradient[1]);
        Assert.Equal(double.NaN, objective.Value([-1, 2]));
        Assert.Equal(double.NegativeInfinity, objective.Value([0, 2]));
        Assert.Equal(Math.Log(2), objective.Value([1, 2]));
    }

    [Fact]
    public void What_the_loss_captures_is_read_when_the_objective_is_made()
    {
        var factor = 2.0;
        var constants = Exp(Tensor.Of([1.0, 2.0]));
        var objective = Objective.Of((Tensor x) => factor * Sum(Square(x * constants)), Tensor.Zeros([2]));
        factor = 3;
        Near([2 * Math.Exp(2)], [objective.Value([1, 0])]);
        Near([4 * Math.Exp(2), 0, 0, 4 * Math.Exp(4)], objective.Hessian([1, 0]).ToMatrix());
    }

    [Fact]
    public void What_is_misused_says_so()
    {
        var (model, outer) = Losses.All["curved, squares"];
        var objective = Objective.Of((Small w) => outer(model(w)), Losses.At(1));
        Says("[Objective] the function gave shape [7,2]; expected a scalar []", () => Objective.Of(model, Losses.At(1)));
        Says("[Objective] the function gave shape [7,2]; expected a scalar []", () => Objective.Of(model, y => y, Losses.At(1)));
        Says("[Objective.Value] got a point of 7 values; expected 8", () => objective.Value(new double[7]));
        Says(
            "[Objective.ValueAndGradient] got a gradient of 9 values; expected 8",
            () => objective.ValueAndGradient(new double[8], new double[9])
        );
        Says("[Objective.Unravel] got a vector of 0 values; expected 8", () => objective.Unravel([]));
        Says("[Objective.Hessian] got a point of 1 values; expected 8", () => objective.Hessian([1]));
        Says("[Objective.Along] got a direction of 1 values; expected 8", () => objective.Along(new double[8], [1]));
        var other = Losses.At(1) with { Bias = Tensor.Zeros([3]) };
        Says("[Objective.Ravel] leaf \"Bias\" has shape [3]; expected [2]", () => objective.Ravel(other));
        Says("[Objective.Hessian] leaf \"Bias\" has shape [3]; expected [2]", () => objective.Hessian(other));
        Says("[Objective.Along] leaf \"Bias\" has shape [3]; expected [2]", () => objective.Along(Losses.At(1), other));
        Says("[CriticalPoint.Classify] leaf \"Bias\" has shape [3]; expected [2]", () => CriticalPoint.Classify(objective, other));
        Says("[Newton.Minimize] leaf \"Bias\" has shape [3]; expected [2]", () => Newton.Minimize(objective, other));
        var list = Objective.Of((TreeList<Tensor> w) => Sum(w[0]), new TreeList<Tensor>([Tensor.Zeros([2])]));
        Says("[Objective.Ravel] got 2 leaves; expected 1", () => list.Ravel([Tensor.Zeros([2]), Tensor.Zeros([2])]));
        var settings = Objective.Of((Powered w) => Sum(Power(w.X, w.Exponent)), new Powered(Tensor.Zeros([2]), 3));
        Assert.Equal(9, settings.Value(settings.Ravel(new(Tensor.Of([1.0, 2.0]), 3))));
        Says("[Objective.Ravel] got a point of another structure or other settings", () => settings.Ravel(new(Tensor.Zeros([2]), 2)));
        Assert.StartsWith(
            "[Objective.GaussNewton] the objective was made from a loss alone; expected one of a model",
            Assert.Throws<InvalidOperationException>(() => objective.GaussNewton(Losses.At(1))).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentNullException>(() => Objective.Of((Func<Small, Tensor>)null!, Losses.At(1)));
    }

    [Fact]
    public void A_loss_under_differentiation_is_refused_in_the_name_of_what_was_called()
    {
        var point = Tensor.Of([1.0, 2.0]);
        var classified = CriticalPoint.Classify((Tensor x) => Sum(Square(x)), point);
        Refused("[Objective]", loss => Objective.Of(loss, point).Value([1, 2]));
        Refused("[Objective]", loss => Objective.Of(loss, y => y, point).Value([1, 2]));
        Refused("[CriticalPoint.Classify]", loss => CriticalPoint.Classify(loss, point).Loss);
        Refused("[Newton.Minimize]", loss => Newton.Minimize(loss, point).Loss);
        Refused("[Saddle.Escape]", loss => Saddle.Escape(loss, classified).Loss);
        Refused("[Hessian]", loss => HessianOperator.Of(loss, point).Size);

        static void Refused(string operation, Func<Func<Tensor, Tensor>, double> use) =>
            Assert.StartsWith(
                operation + " the function uses a value that is being differentiated or traced; expected one of its input",
                Assert.Throws<InvalidOperationException>(() => Grad((Tensor a) => use(x => Sum(a * Square(x))), (Tensor)2.0)).Message,
                StringComparison.Ordinal
            );
    }

    private static void Says(string message, Action misuse) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(misuse).Message, StringComparison.Ordinal);

    private static void Near(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= 1e-13 * Math.Max(1, Math.Abs(expected[i])),
                $"{i}: {expected[i]:R} {actual[i]:R}"
            );
    }
}

/// <summary>A tree that holds a number besides its leaf.</summary>
public sealed record Powered(Tensor X, int Exponent) : ITensorTree<Powered>
{
    public void AddLeaves(ICollection<Tensor> leaves) => leaves.Add(X);

    public void AddNames(string path, ICollection<string> names) => names.Add("X");

    public Powered Rebuild(LeafReader leaves) => this with { X = leaves.Next() };
}
