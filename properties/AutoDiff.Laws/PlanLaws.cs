using static AutoDiff.Transforms;

namespace AutoDiff.Laws;

/// <summary>A compiled function is the function.</summary>
public static class PlanLaws
{
    // A plan may use other kernels for exp, tanh, … than the evaluator, each within a few units in the last place, and other orders of summation.
    private const double DoubleRounding = 1e-12;

    // 24 bits instead of 53: some 10⁴ roundings of 6e-8, or fewer where the function is ill-conditioned.
    private const double SingleRounding = 1e-3;

    /// <summary>The plan's result is the evaluator's, to rounding: value, gradient and Hessian-vector product.</summary>
    public static Law<Trial> CompiledIsEvaluated { get; } =
        new(
            nameof(CompiledIsEvaluated),
            "compile(f)(x) = f(x), and so for ∇f and H·v",
            trial => Compared(trial, DoubleRounding, function => Compile(function).Invoke)
        );

    /// <summary>Single precision is double precision to 1e-3 of the largest element.</summary>
    public static Law<Trial> SingleIsDouble { get; } =
        new(
            nameof(SingleIsDouble),
            "compile<float>(f)(x) ≈ f(x), and so for ∇f and H·v",
            trial => Compared(trial, SingleRounding, function => Compile<float, Tensor, Tensor>(function).Invoke)
        );

    /// <summary>The same inputs give the same bits, run after run, compiled once or twice, on one thread or many.</summary>
    public static Law<Trial> RunsAreIdentical { get; } =
        new(
            nameof(RunsAreIdentical),
            "the same inputs give the same bits",
            trial =>
            {
                Func<Tensor, Tensor> function = Grad<Tensor>(trial.Scalar);
                var (compiled, again) = (Compile(function), Compile(function));
                var first = compiled.Invoke(trial.Point).ToArray();
                var results = new double[4][];
                Parallel.For(0, results.Length, i => results[i] = compiled.Invoke(trial.Point).ToArray());
                return results
                    .Append(again.Invoke(trial.Point).ToArray())
                    .Append(compiled.Invoke(trial.Point).ToArray())
                    .Select((result, run) => Agreement.Identical($"run {run} = first run", result, first));
            }
        );

    /// <summary>Inside a derivative a compiled function is the function itself.</summary>
    public static Law<Trial> CompiledIsDifferentiable { get; } =
        new(
            nameof(CompiledIsDifferentiable),
            "∇compile(f) = ∇f",
            trial =>
                Agreement.Close(
                    "∇compile(f) = ∇f",
                    Grad(Compile<Tensor, Tensor>(trial.Scalar), trial.Point),
                    Grad<Tensor>(trial.Scalar, trial.Point),
                    DoubleRounding
                )
        );

    /// <summary>Every law here.</summary>
    public static IReadOnlyList<Law<Trial>> All => [CompiledIsEvaluated, SingleIsDouble, RunsAreIdentical, CompiledIsDifferentiable];

    private static IEnumerable<Verdict> Compared(Trial trial, double tolerance, Func<Func<Tensor, Tensor>, Func<Tensor, Tensor>> compile)
    {
        var (x, v) = (trial.Point, trial.Tangent(0));
        var floor = trial.Residue(tolerance / 10);
        yield return Compare("f", trial.Function);
        yield return Compare("∇f", Grad<Tensor>(trial.Scalar));
        yield return Compare("H·v", p => Hvp<Tensor>(trial.Scalar, p, v));

        Verdict Compare(string what, Func<Tensor, Tensor> function) =>
            Agreement.Close($"compiled {what} = {what}", compile(function)(x), function(x), tolerance, floor: floor);
    }
}
