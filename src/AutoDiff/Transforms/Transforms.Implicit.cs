using static AutoDiff.Ops;

namespace AutoDiff;

public static partial class Transforms
{
    /// <summary>The fixed point x = f(x) that iteration from a first guess leads to, with the derivatives of the solution, not of the iteration.</summary>
    /// <typeparam name="S">The tree of x.</typeparam>
    /// <param name="function">f, a contraction near the solution, with results of x's structure and shapes; called with leaves that have no values.</param>
    /// <param name="initial">The first guess; the solution has no derivative with respect to it.</param>
    /// <param name="tolerance">Iteration ends where every |f(x) − x| is at most this much times 1 + the largest |x|. In single precision take 1e-6 or more.</param>
    /// <param name="maxIterations">How many steps there are at most, at least 0.</param>
    /// <returns>The last iterate with its residual, whether that is within the tolerance, and the number of steps.</returns>
    /// <remarks>
    /// By the implicit function theorem, x′ = (I − ∂f/∂x)⁻¹ ∂f/∂p · p′ at the solution, to any order and in both modes, for whatever p the function uses besides
    /// its argument. The derivatives are as good as the solution; they factor I − ∂f/∂x, [n, n] for n elements: for some hundreds, beyond which
    /// <see cref="CustomVjp{T}"/> with a solver of your own is the way. Where that matrix is singular they are what <see cref="Ops.Solve"/> gives. Memory does not depend on the number of steps.
    /// </remarks>
    /// <exception cref="ArgumentException">The function changes structure or shapes, there is no leaf, the tolerance is negative or NaN, or the number of steps is negative.</exception>
    public static FixedPointSolution<S> FixedPoint<S>(Func<S, S> function, S initial, double tolerance = 1e-12, int maxIterations = 10_000)
        where S : ITensorTree<S>
    {
        Require.NotNull(function, nameof(FixedPoint));
        Require.That(tolerance >= 0, $"[FixedPoint] got a tolerance of {tolerance}; expected at least 0");
        Require.That(maxIterations >= 0, $"[FixedPoint] got {maxIterations} steps; expected at least 0");
        var implied = Implied.Of(nameof(FixedPoint), function, initial, fixedPoint: true);
        var start = StopGradient(Packed.Pack(Tree.Leaves(initial, nameof(FixedPoint))));
        // Carried are x, f(x) and the number of steps, so that each step calls f once and the last residual is that of the result.
        var found = While(
            s => LogicalAnd(Greater(Error(s), tolerance * Scale(s)), Less(s[2], maxIterations)),
            s => TreeList.Of(s[1], implied.Value(s[1]), s[2] + 1),
            TreeList.Of(start, implied.Value(start), 0)
        );
        var point = implied.At(found[0]);
        Tensor error = StopGradient(Error(found)),
            bound = StopGradient(tolerance * Scale(found));
        return new(Tree.Rebuild(initial, implied.Unpack(point)), error, LessOrEqual(error, bound), StopGradient(found[2]));

        static Tensor Error(TreeList<Tensor> s) => Largest(s[1] - s[0]);

        static Tensor Scale(TreeList<Tensor> s) => 1 + Largest(s[0]);

        static Tensor Largest(Tensor x) => x.Shape.Size == 0 ? 0 : Max(Abs(x));
    }

    /// <summary>A root of a function, found by a solver of the caller's that is not differentiated, with the derivatives of the root.</summary>
    /// <typeparam name="S">The tree of x.</typeparam>
    /// <param name="residual">x → F(x), 0 at the root, of x's structure and shapes; called with leaves that have no values.</param>
    /// <param name="initial">The first guess, which the solver is given; the root has no derivative with respect to it.</param>
    /// <param name="solve">(F, first guess) → the root: any graph, a <see cref="While"/> or a callback among others; how well it has solved is its own to say.</param>
    /// <remarks>
    /// By the implicit function theorem, x′ = −(∂F/∂x)⁻¹ ∂F/∂p · p′ at what the solver gives, to any order and in both modes, for whatever p the residual uses
    /// besides its argument; what only the solver uses has no derivative. They factor ∂F/∂x: see <see cref="FixedPoint"/> for sizes.
    /// </remarks>
    /// <exception cref="ArgumentException">Residual or solver change structure or shapes, or there is no leaf.</exception>
    public static S CustomRoot<S>(Func<S, S> residual, S initial, Func<Func<S, S>, S, S> solve)
        where S : ITensorTree<S>
    {
        Require.NotNull(residual, nameof(CustomRoot));
        Require.NotNull(solve, nameof(CustomRoot));
        var implied = Implied.Of(nameof(CustomRoot), residual, initial, fixedPoint: false);
        Tensor[] start = [.. Tree.Leaves(initial, nameof(CustomRoot)).Select(StopGradient)];
        var root = Tree.Leaves(solve(residual, Tree.Rebuild(initial, start)), nameof(CustomRoot));
        Tree.RequireSameShapes(initial, start, root, nameof(CustomRoot));
        return Tree.Rebuild(initial, implied.Unpack(implied.At(Packed.Pack(root))));
    }
}
