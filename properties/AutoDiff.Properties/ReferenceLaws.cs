using AutoDiff.Laws;
using static AutoDiff.Transforms;

namespace AutoDiff.Properties;

/// <summary>Every fast path equals <see cref="Reference"/>, the evaluator that is too simple to be wrong.</summary>
internal static class ReferenceLaws
{
    private const double DoubleRounding = 1e-12;
    private const double SingleRounding = 1e-3;
    private const double UlpsOfOneOp = 4;
    private const int Seeds = 8;
    private const double Safety = 4;
    private const double SumsOfOrderOne = 1e-14; // what may cancel in a graph of several ops

    /// <summary>Plans of a value, of derivatives and of batches, to rounding: kernels and orders of summation may differ.</summary>
    public static Law<Trial> PlanIsReference { get; } =
        new(
            nameof(PlanIsReference),
            "compile(f)(x) = reference(f)(x)",
            trial => Compared(trial, DoubleRounding, function => Compile(function).Invoke)
        );

    /// <summary>The same in single precision.</summary>
    public static Law<Trial> SinglePlanIsReference { get; } =
        new(
            nameof(SinglePlanIsReference),
            "compile<float>(f)(x) ≈ reference(f)(x)",
            trial => Compared(trial, SingleRounding, function => Compile<float, Tensor, Tensor>(function).Invoke)
        );

    /// <summary>What runs once, without compiling.</summary>
    public static Law<Trial> EvaluatedIsReference { get; } =
        new(
            nameof(EvaluatedIsReference),
            "evaluate(f(x)) = reference(f)(x)",
            trial => Compared(trial, DoubleRounding, function => x => Evaluate(function(x)))
        );

    /// <summary>Evaluations in random rounding scatter round the reference at least as far as plans, which round elsewhere, are from it.</summary>
    public static Law<Trial> PlanIsWithinTheScatter { get; } =
        new(
            nameof(PlanIsWithinTheScatter),
            "‖compile(f)(x) − reference(f)(x)‖ ≤ 4·(root mean square of ‖random rounding(f)(x) − reference(f)(x)‖) ≤ 1e-10",
            trial =>
                [
                    Scattered("f", trial.Point, trial.Function),
                    Scattered("J·v", trial.Point, x => Jvp(trial.Function, x, trial.Tangent(0)).Tangent),
                    Scattered("∇f", trial.Point, Grad<Tensor>(trial.Scalar)),
                    Scattered("H·v", trial.Point, x => Hvp<Tensor>(trial.Scalar, x, trial.Tangent(0))),
                    Scattered("vmap(∇f)", Evaluate(Ops.Stack(trial.Examples(2))), Vmap(Grad<Tensor>(trial.Scalar))),
                ]
        );

    private static Verdict Scattered(string what, Tensor point, Func<Tensor, Tensor> function)
    {
        var (graph, expected) = Expected(function, point);
        var squares = 0.0;
        for (var seed = 0; seed < Seeds; seed++)
            squares += Squares(RoundedEvaluation.Evaluate(graph, [point.ToArray()], (ulong)seed)[0], expected) / Seeds;
        var (scatter, distance) = (Safety * Math.Sqrt(squares), Math.Sqrt(Squares(Compile(function).Invoke(point).ToArray(), expected)));
        return !double.IsFinite(scatter) ? new Verdict.Discarded("not finite")
            : distance <= scatter && scatter <= 1e-10 * (1 + Magnitude(graph, point)) ? new Verdict.Holds()
            : new Verdict.Fails($"{what}: {distance:R} from the reference, scatter {scatter:R}");
    }

    private static double Squares(double[] x, double[] y) => x.Zip(y, (a, b) => (a - b) * (a - b)).Sum();

    /// <summary>NaN and infinities are the reference's; what is finite is within a few units in the last place for each op, element by element.</summary>
    public static Law<Trial> SpecialValuesAgree { get; } =
        new(
            nameof(SpecialValuesAgree),
            "compile(f)(x) = reference(f)(x) to 4 ulps an op, NaN and infinities included",
            trial =>
            {
                var (graph, expected) = Expected(trial.Function, trial.Point);
                // The order of a sum decides what it is where its terms are as large as can be.
                if (graph.Nodes.ToArray().Any(Sums) && Magnitude(graph, trial.Point) > double.MaxValue / 1e16)
                    return new Verdict.Discarded("sums of the largest numbers");
                var (ulps, simple) = (
                    UlpsOfOneOp * graph.Nodes.Length,
                    graph.Nodes.ToArray().All(node => node is not Apply { Op: not (Op.Map or Op.Zip or Op.Broadcast) })
                        && graph.Nodes.Length <= 4
                );
                return Agreement.Within(
                    "compiled f = f",
                    Compile(trial.Function).Invoke(trial.Point).ToArray(),
                    expected,
                    i => double.IsFinite(expected[i]) ? (ulps * Ulp(expected[i])) + (simple ? 0 : SumsOfOrderOne) : 0
                );
            }
        );

    public static IReadOnlyList<Law<Trial>> All => [PlanIsReference, SinglePlanIsReference, EvaluatedIsReference, PlanIsWithinTheScatter];

    private static IEnumerable<Verdict> Compared(Trial trial, double tolerance, Func<Func<Tensor, Tensor>, Func<Tensor, Tensor>> run)
    {
        var (x, v) = (trial.Point, trial.Tangent(0));
        yield return Compare("f", x, trial.Function);
        yield return Compare("J·v", x, p => Jvp(trial.Function, p, v).Tangent);
        yield return Compare("∇f", x, Grad<Tensor>(trial.Scalar));
        yield return Compare("H·v", x, p => Hvp<Tensor>(trial.Scalar, p, v));
        yield return Compare("vmap(∇f)", Evaluate(Ops.Stack(trial.Examples(2))), Vmap(Grad<Tensor>(trial.Scalar)));

        Verdict Compare(string what, Tensor point, Func<Tensor, Tensor> function)
        {
            var (graph, expected) = Expected(function, point);
            var shape = graph.Nodes[graph.Outputs[0]].Shape;
            // What cancels in the result was rounded at the size that it had before.
            return Agreement.Close(
                $"{what} run = {what} by the reference",
                run(function)(point),
                Tensors.Constant(expected, shape),
                tolerance,
                Magnitude(graph, point)
            );
        }
    }

    private static (Graph Graph, double[] Values) Expected(Func<Tensor, Tensor> function, Tensor point)
    {
        var input = new Input(point.Shape, "x");
        var graph = Graph.Of([input], [function(input)]);
        return (graph, Reference.Evaluate(graph, [point.ToArray()])[0]);
    }

    private static double Magnitude(Graph graph, Tensor point)
    {
        var largest = 0.0;
        Reference.Evaluate(
            graph,
            [point.ToArray()],
            (_, values) => largest = values.Where(double.IsFinite).Select(Math.Abs).Append(largest).Max()
        );
        return largest;
    }

    private static bool Sums(Tensor node) =>
        node is Apply { Op: Op.Reduce(Reduction.Sum, _) or Op.MatMul or Op.CumulativeSum or Op.ScatterAdd or Op.OverlapAdd or Op.Fft };

    private static double Ulp(double x) => Math.BitIncrement(Math.Abs(x)) - Math.Abs(x);
}
