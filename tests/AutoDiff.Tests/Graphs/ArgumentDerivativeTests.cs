using System.Collections;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Graphs;

/// <summary>Every tensor argument of every function that makes tensors, differentiated in both modes, and twice, against differences: without a case of its own.</summary>
public sealed class ArgumentDerivativeTests
{
    private const double Step = 1e-5;
    private const double Tolerance = 1e-6;

    // Whole numbers, which have no difference.
    private static readonly string[] Positions = ["Gather.indices", "ScatterAdd.indices", "TakeAlongAxis.indices", "OneHot.classes"];

    public static TheoryData<string, string> Arguments
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var method in ArgumentTests.All.Where(method => method.IsStatic && method.DeclaringType != typeof(Transforms)))
            {
                var call = new ArgumentCall(method);
                if (call.Valid.Any(argument => argument is Delegate) || !Results(call.Invoke(call.Valid)).Any())
                    continue;
                foreach (var slot in Slots(call))
                    rows.Add(ArgumentTests.Signature(method), slot.Name);
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Arguments))]
    public void Every_argument_is_differentiated(string signature, string argument)
    {
        var call = new ArgumentCall(
            ArgumentTests.All.Single(method => string.Equals(ArgumentTests.Signature(method), signature, StringComparison.Ordinal))
        );
        var slot = Slots(call).Single(slot => string.Equals(slot.Name, argument, StringComparison.Ordinal));
        object?[] arguments = [.. call.Valid];
        // A domain begins where that of others may end, or is definite.
        var least = call.Operation switch
        {
            nameof(Acosh) => (Tensor)1,
            nameof(Cholesky) => 3 * Tensor.Eye(3),
            _ => 0,
        };
        foreach (var (place, other) in Slots(call).Index())
            arguments = other.IsPosition ? arguments : other.Put(arguments, Evaluate(least + Inside(other.Get(arguments).Shape, place)));
        var x = slot.Get(arguments);
        var (v, u) = (Evaluate(0.7 - Inside(x.Shape, 5)), Evaluate(Inside(x.Shape, 6) - 0.4));
        var w = Evaluate(Inside(f(x).Shape, 7) - 0.5);
        var expected = slot.IsPosition || call.Operation == nameof(StopGradient) ? 0 : Difference(y => Sum(w * f(y)));
        Close(expected, Sum(w * Jvp(f, x, v).Tangent), "forward");
        Close(expected, Sum(v * gradient(x)), "reverse");
        Close(expected == 0 ? 0 : Difference(y => Sum(u * gradient(y))), Sum(u * Jvp(gradient, x, v).Tangent), "forward over reverse");

        Tensor f(Tensor y) =>
            Concatenate([.. Results(call.Invoke(slot.Put(arguments, y))).Select(result => Reshape(result, result.Shape.Size))]);

        Tensor gradient(Tensor y) => Vjp<Tensor, Tensor>(f, y).Pullback(w);

        double Difference(Func<Tensor, Tensor> of) => ((of(x + (Step * v)) - of(x - (Step * v))) / (2 * Step)).Item();

        void Close(double difference, Tensor derivative, string mode) =>
            Assert.True(
                Math.Abs(difference - derivative.Item()) <= Tolerance * (1 + Math.Abs(difference)),
                $"{signature}, {argument}, {mode}: {derivative.Item():R}; differences give {difference:R}"
            );
    }

    /// <summary>Distinct numbers between 0.3 and 0.9, other ones for another place: inside every domain, and at no kink.</summary>
    private static Tensor Inside(Shape shape, int place) =>
        Tensor.Of(
            [.. Enumerable.Range(1, shape.Size).Select(i => 0.3 + (0.6 * (((i * 0.6180339887) + (place * 0.2360679775)) % 1)))],
            shape
        );

    private static IEnumerable<Tensor> Results(object? result) =>
        result switch
        {
            Tensor tensor => [tensor],
            string => [],
            IEnumerable many => many.OfType<Tensor>(),
            _ => [],
        };

    private static IEnumerable<Slot> Slots(ArgumentCall call)
    {
        for (var i = 0; i < call.Valid.Length; i++)
        {
            var name = $"{call.Operation}.{call.Names[i]}";
            var isPosition = Positions.Contains(name, StringComparer.Ordinal);
            if (call.Valid[i] is Tensor)
                yield return new(call.Names[i], i, null, isPosition);
            else if (call.Valid[i] is Tensor[] many)
            {
                for (var j = 0; j < many.Length; j++)
                    yield return new($"{call.Names[i]}[{j}]", i, j, isPosition);
            }
        }
    }

    /// <summary>Where a tensor is among the arguments.</summary>
    private sealed record Slot(string Name, int Argument, int? Element, bool IsPosition)
    {
        public Tensor Get(object?[] arguments) =>
            Element is { } element ? ((Tensor[])arguments[Argument]!)[element] : (Tensor)arguments[Argument]!;

        public object?[] Put(object?[] arguments, Tensor value)
        {
            object?[] changed = [.. arguments];
            if (Element is { } element)
            {
                Tensor[] many = [.. (Tensor[])changed[Argument]!];
                many[element] = value;
                changed[Argument] = many;
            }
            else
                changed[Argument] = value;
            return changed;
        }
    }
}
