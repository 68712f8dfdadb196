using System.Numerics;
using AutoDiff.Laws;
using FsCheck.Fluent;
using Xunit;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Properties;

/// <summary>
/// At 0, at −0, far out on either side and at all of them together, every case has a finite value and finite first and second derivatives that agree in every mode and
/// precision, and with a difference; where it has not, a <see cref="Convention"/> says what it has instead.
/// </summary>
public sealed class EdgeLaws
{
    private const double Rounding = 1e-10;
    private const double SingleRounding = 1e-3;
    private const double DifferenceError = 1e-6;
    private const double StatedRounding = 1e-14;
    private const double StatedSingleRounding = 1e-5;
    private const double Far = 800;
    private const int DirectionSeed = 3;

    private static readonly double[] Edges = [0, -0.0, Far, -Far];

    private static readonly Dictionary<string, Case> ByName = Cases.All.ToDictionary(row => row.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Cases.All.Where(row => Sample(row).Size > 0).Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_are_finite_and_agree_or_are_as_stated(string name)
    {
        var row = ByName[name];
        var shape = Sample(row);
        var (regular, stated) = (new Plans(row, shape, ones: false), new Plans(row, shape, ones: true));
        foreach (var at in Edges.Where(at => at == 0 || Cases.Ops.Contains(row))) // far out the transforms' own functions are beyond what is finite
        {
            var x = Tensors.Constant([.. Enumerable.Repeat(at, shape.Size)], shape);
            var holds = Regular(row, x, regular);
            if (Stated(name, at) is { } convention)
            {
                Assert.True(holds is Verdict.Fails, $"{name} at {at:R}: needs no convention");
                Assert.Equal(new Verdict.Holds(), Obeys(convention, x, stated));
            }
            else
                Assert.True(holds is Verdict.Holds, $"{name} at {at:R}: {holds}; mend it, or state what it is in Convention.cs");
        }
        if (Convention.All.Any(convention => convention.Case.Equals(name, StringComparison.Ordinal)))
            return; // together, its elements are what they are alone, or tie in other ways
        if (!Cases.Ops.Contains(row))
            return;
        var mixed = Tensors.Constant([.. Enumerable.Range(0, shape.Size).Select(i => Edges[i % Edges.Length])], shape);
        Assert.Equal(new Verdict.Holds(), Regular(row, mixed, regular));
    }

    [Fact]
    public void Every_convention_is_of_a_case_and_stated_once()
    {
        Assert.Empty(Convention.All.Select(row => row.Case).Except(ByName.Keys, StringComparer.Ordinal));
        Assert.Equal(
            Convention.All.Count,
            Convention.All.Select(row => $"{row.Case} at {row.At}").Distinct(StringComparer.Ordinal).Count()
        );
    }

    private static Convention? Stated(string name, double at)
    {
        var rows = Convention.All.Where(row => row.Case.Equals(name, StringComparison.Ordinal) && row.At == at).ToArray();
        return Array.Find(rows, row => double.IsNegative(row.At) == double.IsNegative(at)) ?? rows.FirstOrDefault();
    }

    private static Verdict Regular(Case row, Tensor x, Plans plans)
    {
        var (exact, compiled, single) = plans.Run(x);
        return Verdict.First([
            .. exact.Select((values, k) => Finite($"{Plans.Names[k]} is finite", values)),
            .. exact.Select((values, k) => Near($"{Plans.Names[k]} by a plan", compiled[k], values, Rounding)),
            .. exact.Select(
                (values, k) =>
                    Near(
                        $"{Plans.Names[k]} in single precision",
                        single[k],
                        Array.ConvertAll(values, value => (double)(float)value),
                        SingleRounding
                    )
            ),
            Near("⟨J·v, w⟩ = ⟨v, Jᵀ·w⟩", plans.Paired(exact, 1), plans.Paired(exact, 2), Rounding),
            Near("⟨d²f[v, v], w⟩ = ⟨v, H·v⟩", plans.Paired(exact, 3), plans.Paired(exact, 4), Rounding),
            Near("∇⟨∇f, v⟩ = H·v", exact[5], exact[4], Rounding),
            .. row.Kind == Kind.Differentiable
                ? new[] { plans.IsDifference(x, 0, exact[1]), plans.IsDifference(x, 2, exact[4]) }
                : exact[1..].Select((values, k) => Near($"{Plans.Names[k + 1]} = 0", values, new double[values.Length], 0)),
            .. x.ToArray()[0] == 0 ? SameAtBothZeros(plans, x.Shape) : [],
        ]);
    }

    private static IEnumerable<Verdict> SameAtBothZeros(Plans plans, Shape shape)
    {
        var (zero, negative) = (plans.Run(Tensor.Zeros(shape)).Exact, plans.Run(Tensor.Full(-0.0, shape)).Exact);
        return zero.Select((values, k) => Near($"{Plans.Names[k]} at 0 = at −0", values, negative[k], 0));
    }

    /// <summary>The stated numbers in reverse mode, element by element, and in forward mode their sums.</summary>
    private static Verdict Obeys(Convention stated, Tensor x, Plans plans)
    {
        var (exact, compiled, single) = plans.Run(x);
        return Verdict.First([
            .. Each("naively", exact, StatedRounding, value => value),
            .. Each("by a plan", compiled, StatedRounding, value => value),
            .. Each("in single precision", single, StatedSingleRounding, value => (float)value),
        ]);

        IEnumerable<Verdict> Each(string path, double[][] results, double rounding, Func<double, double> rounded)
        {
            var at = $"{stated.Case} at {x.ToArray()[0]:R} {path}";
            var (value, slope, curvature) = (Full(stated.Value, 0), Full(stated.Slope, 2), Full(stated.Curvature, 4));
            return
            [
                Near($"{at}: value", results[0], value, rounding),
                Near($"{at}: slope in reverse", results[2], slope, rounding),
                Near($"{at}: slope forward, summed", [results[1].Sum()], [slope.Sum()], rounding),
                Near($"{at}: curvature forward over reverse", results[4], curvature, rounding),
                Near($"{at}: curvature reverse over reverse", results[5], curvature, rounding),
                Near($"{at}: curvature forward over forward, summed", [results[3].Sum()], [curvature.Sum()], rounding),
            ];

            double[] Full(double[] numbers, int result) =>
                [.. Enumerable.Range(0, results[result].Length).Select(i => rounded(numbers[i % numbers.Length]))];
        }
    }

    private static Verdict Finite(string what, double[] values) =>
        Array.TrueForAll(values, double.IsFinite) ? new Verdict.Holds() : new Verdict.Fails($"{what}: [{string.Join(", ", values)}]");

    private static Verdict Near(string what, double[] actual, double[] expected, double rounding)
    {
        var allowed = rounding * actual.Concat(expected).Where(double.IsFinite).Select(Math.Abs).Append(1).Max();
        return Agreement.Within(what, Array.ConvertAll(actual, x => x + 0), Array.ConvertAll(expected, x => x + 0), _ => allowed);
    }

    /// <summary>A shape of a few elements that the case is drawn at, always the same.</summary>
    private static Shape Sample(Case row) =>
        Gen.Sample(row.Points.Generator, 10, new FsCheck.Rnd(7, 11), 40)
            .Select(point => point.Shape)
            .OrderBy(shape => shape.Size is < 2 or > 6)
            .First();

    /// <summary>A function's value and its derivatives of both orders in every mode, as one graph.</summary>
    private sealed class Plans
    {
        public static readonly string[] Names = ["f", "J·v", "Jᵀ·w", "d²f[v, v]", "H·v", "∇⟨∇f, v⟩"];

        private readonly Graph _graph;
        private readonly Plan<double> _plan;
        private readonly Plan<float> _single;
        private readonly double[] _tangent;
        private readonly double[] _cotangent;

        public Plans(Case row, Shape shape, bool ones)
        {
            var trial = new Trial(row.Name, row.Function, Tensor.Zeros(shape), ones ? 0 : DirectionSeed);
            var (input, f, v, w) = (new Input(shape, "x"), row.Function, trial.Tangent(0), trial.Cotangent(0));
            Func<Tensor, Tensor> weighted = x => Sum(w * f(x));
            _graph = Graph.Of(
                [input],
                [
                    f(input),
                    Jvp<Tensor, Tensor>(f, input, v).Tangent,
                    Grad<Tensor>(weighted, input),
                    Jvp<Tensor, Tensor>(x => Jvp(f, x, v).Tangent, input, v).Tangent,
                    Hvp<Tensor>(weighted, input, v),
                    Grad<Tensor>(x => Sum(Grad(weighted, x) * v), input),
                ]
            );
            var simple = Simplification.Simplify(_graph);
            (_plan, _single) = (Plan<double>.Of(simple), Plan<float>.Of(simple));
            (_tangent, _cotangent) = (v.ToArray(), w.ToArray());
        }

        /// <summary>Every result by the naive evaluator, by a plan, and by one in single precision.</summary>
        public (double[][] Exact, double[][] Compiled, double[][] Single) Run(Tensor x)
        {
            var values = x.ToArray();
            return (Reference.Evaluate(_graph, [values]), Run(_plan, values), Run(_single, values));
        }

        /// <summary>A result's product with the other direction: a row for each mode's first two.</summary>
        public double[] Paired(double[][] results, int k) => [results[k].Zip(k is 1 or 3 ? _cotangent : _tangent, (a, b) => a * b).Sum()];

        /// <summary>Whether a result's derivative along v is what its differences say, to their own error bound.</summary>
        public Verdict IsDifference(Tensor x, int k, double[] derivative)
        {
            var (values, errors) = Difference.Along(p => Tensor.Of(Run(_plan, p.ToArray())[k]), x, Tensor.Of(_tangent, x.Shape));
            var scale = values.Concat(derivative).Where(double.IsFinite).Select(Math.Abs).Append(1).Max();
            return Array.TrueForAll(errors, error => error <= DifferenceError * scale)
                ? Agreement.Within($"d⁄dh {Names[k]}(x + h·v)", derivative, values, i => errors[i] + (Rounding * scale))
                : new Verdict.Fails($"no step resolves d⁄dh {Names[k]}(x + h·v)");
        }

        private double[][] Run<T>(Plan<T> plan, double[] x)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var results = Array.ConvertAll(_graph.Outputs.ToArray(), id => new T[_graph.Nodes[id].Shape.Size]);
            plan.Run([Array.ConvertAll(x, T.CreateTruncating)], results);
            return Array.ConvertAll(results, values => Array.ConvertAll(values, double.CreateTruncating));
        }
    }
}
