using AutoDiff.Laws;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Properties;

public static partial class Cases
{
    private static Tensor Loss(Tensor x) => Sum(Sin(x) * Exp(0.5 * x)) + (0.1 * Product(x));

    private static Tensor Field(Tensor x) => Tanh(MatMul(Fixed(2, 3), x)) * Sum(Square(x));

    private static Tensor HostTanh(Tensor x) =>
        CustomJvp<Tensor>(at => PureCallback(Tanh, at.Shape, at), (_, y, t) => t * (1 - Square(y)))(x);

    internal static Tensor HostProduct(Tensor x, Tensor y) =>
        CustomJvp<Pair<Tensor, Tensor>>(
            at => PureCallback(pair => pair.First * Tanh(pair.Second), at.First.Shape, at),
            (at, _, t) => (Tanh(at.Second) * t.First) + (at.First * (1 - Square(Tanh(at.Second))) * t.Second)
        )(new(x, y));

    // A constant taken inside stands for a point's values; it is differentiated as a constant, whatever it was computed from.
    private static IEnumerable<Case> Transformed() =>
        [
            new("Grad", Grad<Tensor>(Loss), Any(3)),
            new("Grad: of a closure", x => Grad(y => Sum(Sin(x * y)), Square(x)), Any(3)),
            new("Grad: twice", x => Grad(y => Sum(Grad<Tensor>(Loss, y) * x), x), Any(3)),
            new("ValueAndGrad", x => ValueAndGrad<Tensor>(Loss, x) is var (value, gradient) ? value * gradient : x, Any(3)),
            new("Jvp", x => Jvp<Tensor, Tensor>(Field, x, Sin(x)).Tangent, Any(3)),
            new("Vjp", x => Vjp<Tensor, Tensor>(Field, x).Pullback(Slice(x, 0, 0, 2)), Any(3)),
            new("Hvp", x => Hvp<Tensor>(Loss, x, Sin(x)), Any(3)),
            new("Hessian", x => Hessian<Tensor>(Loss, x), Any(3)),
            new("Jacobian", x => Jacobian<Tensor, Tensor>(Field, x), Any(3)),
            new("Jacobian: by columns", x => Jacobian<Tensor, Tensor>(Field, x, JacobianMode.Forward, chunk: 2), Any(3)),
            new("Linearize", x => Linearize<Tensor, Tensor>(Field, x).Apply(Sin(x)), Any(3)),
            new("Linearize: transposed", x => Linearize<Tensor, Tensor>(Field, x).Transposed().Apply(Slice(x, 0, 0, 2)), Any(3)),
            new("Trace", x => Trace<Tensor, Tensor>(Field, x)(x), Any(3)),
            new("Trace: of a gradient", x => Grad(Trace<Tensor, Tensor>(Loss, x), Sin(x)), Any(3)),
            new("Fold", x => Fold(Compile((Tensor state, Tensor batch) => Sin(state * batch)), x, [Fixed(3), Exp(Fixed(3))]), Any(3)),
            new("Fold: over a count", x => Fold(Compile((Tensor state) => Sin(state * x)), x, 3), Any(3)),
            new("Vmap", x => Vmap<Tensor, Tensor>(Field)(x), Any(2, 3)),
            new(
                "Vmap: an axis for each argument",
                x => Vmap((Tensor y, Tensor z) => y * Sum(z), null, 1)(Square(Slice(x, 0, 0, 1)), x),
                Any(2, 3)
            ),
            new("Vmap: of a gradient, last axis", x => Vmap(Grad<Tensor>(Loss), [1], [1])(x), Any(3, 2)),
            new("Vmap: of a closure", x => Vmap((Tensor y) => y * Sum(x))(Square(x)), Any(3)),
            new("CustomVjp", CustomVjp<Tensor>(Sin, (x, _, g) => g * Cos(x)), Any(3)),
            new(
                "CustomVjp: of a tree",
                x => CustomVjp<Pair<Tensor, Tensor>>(p => p.First * p.Second, (p, _, g) => new(g * p.Second, g * p.First))(new(x, Exp(x))),
                Any(3)
            ),
            new(
                "CustomVjp: of a tree, the other leaf's cotangent not a number",
                x =>
                    CustomVjp<Pair<Tensor, Tensor>>(
                        p => Power(p.First, p.Second),
                        (p, y, g) => new(g * 3 * Square(p.First), g * y * Log(p.First))
                    )(new(x, Tensor.Of([3.0, 3]))),
                In(Domain.NonZero, 2)
            ),
            new("CustomVjp: batched", x => Vmap(CustomVjp<Tensor>(y => Sum(Square(y)), (y, _, g) => 2 * g * y))(x), Any(2, 3)),
            new("PureCallback: in a rule", x => HostTanh(x), Any(3)),
            new("PureCallback: of a tree", x => HostProduct(x, Sin(x)), Any(3)),
            new("PureCallback: batched", x => Vmap<Tensor, Tensor>(HostTanh)(x), Any(2, 3)),
            new("CustomJvp", CustomJvp<Tensor>(Tanh, (_, y, t) => t * (1 - Square(y))), Any(3)),
            new("CustomJvp: batched", x => Vmap(CustomJvp<Tensor>(y => Sum(Square(y)), (y, _, t) => 2 * Sum(y * t)))(x), Any(2, 3)),
            new("Checkpoint", Checkpoint<Tensor, Tensor>(Field), Any(3)),
            new("Checkpoint: of a gradient", Checkpoint(Grad(Checkpoint<Tensor, Tensor>(Loss))), Any(3)),
            new(
                "Checkpoint: of several results",
                x =>
                    Checkpoint<Tensor, TreeList<Tensor>>(y => [Sin(y), Sum(Square(y)), y, Fixed(2) * Slice(x, 0, 0, 2)])(x) is var list
                        ? list[0] * list[1] + list[2] * Sum(list[3])
                        : x,
                Any(3)
            ),
            new("Checkpoint: with a closure", x => Checkpoint<Tensor, Tensor>(y => Sin(y) * Sum(x))(Square(x)), Any(3)),
            new("Evaluate", x => x * Evaluate(Sum(Fixed(3))), Any(3)),
        ];
}
