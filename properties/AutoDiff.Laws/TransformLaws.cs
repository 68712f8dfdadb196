using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Laws;

/// <summary>What transforms owe each other: one derivative, however it is asked for.</summary>
public static class TransformLaws
{
    private const double Rounding = 1e-11;

    /// <summary>The linearized function is forward mode; its transpose is reverse mode; and it can be differentiated itself.</summary>
    public static Law<Trial> LinearizeIsJvp { get; } =
        new(
            nameof(LinearizeIsJvp),
            "linearize(f, x)(v) = J·v, its transpose (w) = Jᵀ·w",
            trial =>
            {
                var floor = trial.Residue();
                var (f, x, u, v, w) = (trial.Function, trial.Point, trial.Tangent(0), trial.Tangent(1), trial.Cotangent(0));
                var linear = Linearize(f, x);
                return
                [
                    Agreement.Close("value", linear.Value, f(x), 0),
                    Agreement.Close("linearize(v) = J·v", linear.Apply(v), Jvp(f, x, v).Tangent, Rounding, floor: floor),
                    Agreement.Close("transpose (w) = Jᵀ·w", linear.Transposed().Apply(w), Vjp(f, x).Pullback(w), Rounding, floor: floor),
                    Agreement.Close("transposed twice", linear.Transposed().Transposed().Apply(v), linear.Apply(v), Rounding, floor: floor),
                    Agreement.Close(
                        "d linearize(v) = d(J·v)",
                        Jvp(p => Linearize(f, p).Apply(v), x, u).Tangent,
                        Jvp(p => Jvp(f, p, v).Tangent, x, u).Tangent,
                        Rounding,
                        floor: floor
                    ),
                ];
            }
        );

    /// <summary>The Jacobian is the same by columns and by rows, in chunks of any size, and multiplies like forward mode.</summary>
    public static Law<Trial> JacobianModesAgree { get; } =
        new(
            nameof(JacobianModesAgree),
            "J by columns = J by rows, J·v = jvp(v)",
            trial =>
            {
                var floor = trial.Residue();
                var (f, x, v) = (trial.Function, trial.Point, trial.Tangent(0));
                var forward = Evaluate(Jacobian(f, x, JacobianMode.Forward));
                return
                [
                    Agreement.Close("by columns = by rows", forward, Jacobian(f, x, JacobianMode.Reverse), Rounding, floor: floor),
                    Agreement.Close("automatic", Jacobian(f, x), forward, Rounding, floor: floor),
                    Agreement.Close("in chunks of 2", Jacobian(f, x, JacobianMode.Reverse, chunk: 2), forward, Rounding, floor: floor),
                    Agreement.Close(
                        "J·v",
                        MatMul(forward, ReshapeTo(v, [v.Shape.Size])),
                        Ravel(Jvp(f, x, v).Tangent),
                        Rounding,
                        Agreement.Norm(forward),
                        floor: floor
                    ),
                ];
            }
        );

    /// <summary>Value and gradient together are value and gradient apart.</summary>
    public static Law<Trial> ValueAndGradIsBoth { get; } =
        new(
            nameof(ValueAndGradIsBoth),
            "valueAndGrad(f) = (f, ∇f)",
            trial =>
            {
                var (value, gradient) = ValueAndGrad<Tensor>(trial.Scalar, trial.Point);
                var withAuxiliary = ValueAndGrad(p => (trial.Scalar(p), trial.Function(p)), trial.Point);
                return
                [
                    Agreement.Close("value", value, trial.Scalar(trial.Point), 0),
                    Agreement.Close("gradient", gradient, Grad<Tensor>(trial.Scalar, trial.Point), 0),
                    Agreement.Close("auxiliary", withAuxiliary.Auxiliary, trial.Function(trial.Point), 0),
                    Agreement.Close("gradient beside auxiliary", withAuxiliary.Gradient, gradient, 0),
                ];
            }
        );

    /// <summary>Recomputation changes neither the value nor any derivative.</summary>
    public static Law<Trial> CheckpointIsIdentity { get; } =
        new(
            nameof(CheckpointIsIdentity),
            "checkpoint(f) = f, with every derivative",
            trial =>
            {
                var floor = trial.Residue();
                var (f, x, u, v, w) = (trial.Function, trial.Point, trial.Tangent(0), trial.Tangent(1), trial.Cotangent(0));
                var again = Checkpoint(f);
                Func<Tensor, Tensor> scalar = trial.Scalar;
                return
                [
                    Agreement.Close("value", again(x), f(x), 0),
                    Agreement.Close("J·v", Jvp(again, x, v).Tangent, Jvp(f, x, v).Tangent, Rounding, floor: floor),
                    Agreement.Close("Jᵀ·w", Vjp(again, x).Pullback(w), Vjp(f, x).Pullback(w), Rounding, floor: floor),
                    Agreement.Close("H·v", Hvp(Checkpoint(scalar), x, v), Hvp(scalar, x, v), Rounding, floor: floor),
                    Agreement.Close(
                        "∇(H·v)·u",
                        Jvp(p => Hvp(Checkpoint(scalar), p, v), x, u).Tangent,
                        Jvp(p => Hvp(scalar, p, v), x, u).Tangent,
                        Rounding,
                        floor: floor
                    ),
                ];
            }
        );

    /// <summary>Every transform's graph lists arguments before their use and has the shapes that its ops' rules give.</summary>
    public static Law<Trial> GraphsAreWellFormed { get; } =
        new(
            nameof(GraphsAreWellFormed),
            "f, J·v, Jᵀ·w, H·v, H and the batched f verify",
            trial =>
            {
                var (x, v, w) = (trial.Point, trial.Tangent(0), trial.Cotangent(0));
                return
                [
                    Verified("f", x, trial.Function),
                    Verified("J·v", x, p => Jvp(trial.Function, p, v).Tangent),
                    Verified("Jᵀ·w", x, p => Vjp(trial.Function, p).Pullback(w)),
                    Verified("H·v", x, p => Hvp<Tensor>(trial.Scalar, p, v)),
                    Verified("H", x, p => Hessian<Tensor>(trial.Scalar, p)),
                    Verified("checkpoint", x, p => Grad(Checkpoint<Tensor, Tensor>(trial.Scalar), p)),
                    Verified("batched f", Tensor.Zeros(x.Shape.Insert(0, 2)), Vmap(trial.Function)),
                    Verified("batched gradient", Tensor.Zeros(x.Shape.Insert(0, 2)), Vmap(Grad<Tensor>(trial.Scalar))),
                ];
            }
        );

    /// <summary>Every law here, and those of <see cref="BatchingLaws"/>.</summary>
    public static IReadOnlyList<Law<Trial>> All =>
        [LinearizeIsJvp, JacobianModesAgree, ValueAndGradIsBoth, CheckpointIsIdentity, GraphsAreWellFormed, .. BatchingLaws.All];

    private static Verdict Verified(string what, Tensor like, Func<Tensor, Tensor> function)
    {
        var input = new Input(like.Shape, "x");
        try
        {
            Graph.Of([input], [function(input)]).Verify();
            return new Verdict.Holds();
        }
        catch (InvalidOperationException malformed)
        {
            return new Verdict.Fails($"{what}: {malformed.Message}");
        }
    }

    private static Tensor Ravel(Tensor x) => ReshapeTo(x, [x.Shape.Size]);
}
