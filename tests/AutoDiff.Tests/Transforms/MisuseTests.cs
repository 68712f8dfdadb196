using AutoDiff.Curvature;
using AutoDiff.Optimization;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>An error names the operation that the user called, not one that it is made of.</summary>
public class MisuseTests
{
    private static readonly Tensor X = new double[] { 1, 2, 3 };
    private static readonly Tensor Two = new double[] { 1, 2 };
    private static readonly Tensor Null = null!;

    private static readonly Func<Tensor, Tensor> Vector = x => Square(x);
    private static readonly Func<Tensor, Tensor> Loss = x => Sum(Square(x));

    public static TheoryData<string, Action> Misuses =>
        new()
        {
            { "[Grad] the function gave shape [3]; expected a scalar []", () => Grad(Vector, X) },
            { "[Grad] the function gave shape [3]; expected a scalar []", () => Grad(Vector)(X) },
            { "[Grad] got null", () => Grad(Loss, Null) },
            { "[ValueAndGrad] the function gave shape [3]; expected a scalar []", () => ValueAndGrad(Vector, X) },
            { "[ValueAndGrad] the function gave shape [3]; expected a scalar []", () => ValueAndGrad(Vector)(X) },
            { "[ValueAndGrad] the function gave shape [3]; expected a scalar []", () => ValueAndGrad((Tensor x) => (Vector(x), 1), X) },
            { "[ValueAndGrad] got null", () => ValueAndGrad((Tensor x) => (Loss(x), 1), Null) },
            { "[Jvp] leaf \"\" has shape [2]; expected [3]", () => Jvp(Vector, X, Two) },
            { "[Jvp] got null", () => Jvp(Loss, X, Null) },
            { "[Vjp] leaf \"\" has shape [2]; expected [3]", () => Vjp(Vector, X).Pullback(Two) },
            { "[Vjp] got null", () => Vjp(Loss, Null) },
            { "[Hvp] leaf \"\" has shape [2]; expected [3]", () => Hvp(Loss, X, Two) },
            { "[Hvp] leaf \"\" has shape [2]; expected [3]", () => Hvp(Loss)(X, Two) },
            { "[Hvp] got null", () => Hvp(Loss, X, Null) },
            { "[Hvp] got null", () => Hvp(Loss, Null, X) },
            { "[Hvp] the function gave shape [3]; expected a scalar []", () => Hvp(Vector, X, X) },
            { "[Hessian] the function gave shape [3]; expected a scalar []", () => Hessian(Vector, X) },
            { "[Hessian] the function gave shape [3]; expected a scalar []", () => Hessian(Vector)(X) },
            { "[Hessian] got null", () => Hessian(Loss, Null) },
            { "[Hessian] got chunk 0; expected at least 1", () => Hessian(Loss, X, 0) },
            { "[Hessian] got chunk -1; expected at least 1", () => Hessian(Loss, Tensor.Zeros([0]), -1) },
            { "[Jacobian] got null", () => Jacobian(Loss, Null) },
            { "[Jacobian] got null", () => Jacobian((Tensor x) => Null, X) },
            { "[Jacobian] got chunk 0; expected at least 1", () => Jacobian(Vector, X, chunk: 0) },
            { "[Linearize] got null", () => Linearize(Loss, Null) },
            { "[LinearParts] got null", () => LinearParts.Of((Tensor x, Tensor v) => x * v, Null) },
            { "[Trace] got null", () => Trace(Loss, Null) },
            { "[Linearize] leaf \"\" has shape [2]; expected [3]", () => Linearize(Vector, X).Apply(Two) },
            { "[Linearize] leaf \"\" has shape [2]; expected [3]", () => Linearize(Vector, X).Transposed().Apply(Two) },
            { "[Vmap] leaf \"Second\" of shape [2] has 2 examples", () => Vmap((Tensor a, Tensor b) => a * b)(X, Two) },
            { "[Compile] got null", () => Compile((Tensor x) => Null).Invoke(X) },
            { "[Evaluate] got null", () => Evaluate(Null) },
            { "[Checkpoint] got null", () => Checkpoint(Loss)(Null) },
            { "[CustomVjp] got null", () => CustomVjp(Loss, (x, _, _) => x)(Null) },
            { "[CustomJvp] got null", () => CustomJvp(Loss, (_, _, t) => Sum(t))(Null) },
            { "[CustomVjp] \"custom\" gave shape [1]; expected []", () => Grad(CustomVjp(Loss, (_, _, g) => Reshape(g, 1)), (Tensor)1.0) },
            { "[CustomJvp] \"custom\" gave shape [3]; expected []", () => Grad(CustomJvp(Loss, (_, _, t) => t), X) },
            {
                "[CustomJvp] \"custom\" uses a value that is being differentiated",
                () => Grad((Tensor w) => CustomJvp((Tensor x) => Sum(x * w), (_, _, t) => Sum(t))(X), X)
            },
            { "[Item] the tensor depends on the input \"x\" of shape []", () => Looking(x => x.Item()) },
            { "[Item] got shape [3] with 3 elements; expected one", () => X.Item() },
            { "[ToArray] the tensor depends on the input \"x\" of shape []", () => Looking(x => x.ToArray()[0]) },
            { "[ToMatrix] the tensor depends on the input \"x\" of shape []", () => Looking(x => Reshape(x, 1, 1).ToMatrix()[0, 0]) },
            { "[ToTensor] the tensor depends on the input \"x\" of shape []", () => Looking(x => x.ToTensor()[0]) },
            { "[Evaluate] the tensor depends on the input \"x\" of shape []", () => Looking(x => Evaluate(x).Item()) },
#pragma warning disable AD0011 // what it warns of is what is tried
            { "[Item] the tensor depends on the input \"example\" of shape []", () => Vmap((Tensor x) => x.Item() > 0 ? x : -x)(X) },
#pragma warning restore AD0011
            {
                "[Step] the function gave shape [3]; expected a scalar []",
                () =>
                {
                    var descent = Optimizers.GradientDescent<Tensor>(0.1);
                    Training.Step(descent, Training.Init(descent, X), Vector);
                }
            },
            { "[Hessian] the function gave shape [3]; expected a scalar []", () => HessianOperator.Of(Vector, X) },
            { "[Newton.Minimize] the function gave shape [3]; expected a scalar []", () => Newton.Minimize(Vector, X) },
        };

    [Theory]
    [MemberData(nameof(Misuses))]
    public void ErrorsNameWhatWasCalled(string message, Action misuse) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(misuse).Message, StringComparison.Ordinal);

    private static void Looking(Func<Tensor, double> look) => Compile((Tensor x) => look(x * x) > 0 ? x : -x).Invoke(1.0);
}
