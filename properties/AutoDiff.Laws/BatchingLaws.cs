using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Laws;

/// <summary>A batch at once is a loop over its examples.</summary>
public static class BatchingLaws
{
    private const double Rounding = 1e-11;
    private const int Size = 3;

    /// <summary>The batched function is a loop, with the batch axis first or last on either side.</summary>
    public static Law<Trial> VmapIsLoop { get; } =
        new(
            nameof(VmapIsLoop),
            "vmap(f)(X)ᵢ = f(Xᵢ), whatever the batch axes",
            trial =>
            {
                var floor = trial.Residue();
                var (f, examples) = (trial.Function, trial.Examples(Size));
                var loop = Evaluate(Stack([.. examples.Select(f)]));
                var (inRank, outRank) = (trial.Point.Rank, loop.Rank - 1);
                return
                [
                    Agreement.Close("vmap(f)", Vmap(f)(Stack(examples)), loop, Rounding, floor: floor),
                    Agreement.Close(
                        "vmap(f), last axes",
                        MoveAxis(Vmap(f, [inRank], [outRank])(Stack(examples, inRank)), outRank, 0),
                        loop,
                        Rounding,
                        floor: floor
                    ),
                    Agreement.Close("vmap(f) of one example", Vmap(f)(Stack(examples[..1])), SliceFirst(loop, 1), Rounding, floor: floor),
                ];
            }
        );

    /// <summary>Derivatives commute with batching: vmap of a derivative is a loop of derivatives, and the derivative of a batch is that too.</summary>
    public static Law<Trial> VmapOfDerivativeIsLoop { get; } =
        new(
            nameof(VmapOfDerivativeIsLoop),
            "vmap(∇f)(X)ᵢ = ∇f(Xᵢ) = ∇(Σ vmap(f))(X)ᵢ, and so for J·v and H·v",
            trial =>
            {
                var floor = trial.Residue();
                var (examples, v) = (trial.Examples(Size), trial.Tangent(4));
                var batch = Stack(examples);
                Func<Tensor, Tensor> pushed = p => Jvp(trial.Function, p, v).Tangent;
                Func<Tensor, Tensor> product = p => Hvp<Tensor>(trial.Scalar, p, v);
                var gradients = Loop(Grad<Tensor>(trial.Scalar));
                return
                [
                    Agreement.Close("vmap(∇f)", Vmap(Grad<Tensor>(trial.Scalar))(batch), gradients, Rounding, floor: floor),
                    Agreement.Close(
                        "∇(Σ vmap(f))",
                        Grad(p => Sum(Vmap<Tensor, Tensor>(trial.Scalar)(p)), batch),
                        gradients,
                        Rounding,
                        floor: floor
                    ),
                    Agreement.Close("vmap(J·v)", Vmap(pushed)(batch), Loop(pushed), Rounding, floor: floor),
                    Agreement.Close("vmap(H·v)", Vmap(product)(batch), Loop(product), Rounding, floor: floor),
                ];

                Tensor Loop(Func<Tensor, Tensor> function) => Evaluate(Stack([.. examples.Select(function)]));
            }
        );

    /// <summary>Batches of batches are loops of loops; a second argument may be batched beside the first or shared by all examples.</summary>
    public static Law<Trial> VmapNests { get; } =
        new(
            nameof(VmapNests),
            "vmap(vmap(f)) = loop of loops, vmap with a shared argument = loop",
            trial =>
            {
                var floor = trial.Residue();
                var (f, examples, v) = (trial.Function, trial.Examples(4), trial.Tangent(5));
                var outer = Stack([Stack(examples[..2]), Stack(examples[2..])]);
                Func<Tensor, Tensor, Tensor> tangent = (p, t) => Jvp(f, p, t).Tangent;
                var shared = Evaluate(Stack([.. examples.Select(p => tangent(p, v))]));
                var expected = Stack([Stack([f(examples[0]), f(examples[1])]), Stack([f(examples[2]), f(examples[3])])]);
                return
                [
                    Agreement.Close("vmap(vmap(f))", Vmap(Vmap(f))(outer), expected, Rounding, floor: floor),
                    Agreement.Close("tangent shared", Vmap(tangent, [0, null])(Stack(examples), v), shared, Rounding, floor: floor),
                    Agreement.Close("tangent batched", Vmap(tangent)(Stack(examples), Stack([v, v, v, v])), shared, Rounding, floor: floor),
                    Agreement.Close(
                        "point shared",
                        Vmap(tangent, [null, 0])(examples[0], Stack([v, 2 * v])),
                        Stack([tangent(examples[0], v), 2 * tangent(examples[0], v)]),
                        Rounding,
                        floor: floor
                    ),
                ];
            }
        );

    /// <summary>Every law here.</summary>
    public static IReadOnlyList<Law<Trial>> All => [VmapIsLoop, VmapOfDerivativeIsLoop, VmapNests];

    private static Tensor SliceFirst(Tensor x, int count) => Ops.Slice(x, 0, 0, count);
}
