using AutoDiff.Tests.Execution;

namespace AutoDiff.Tests.Graphs;

/// <summary>What the row of facts says of an op is what the op does.</summary>
public sealed class OpFactsTests
{
    private static readonly Tensor X = Tensor.Of([3, 1, 4, 15, 9, 2], 2, 3);
    private static readonly Tensor Y = Tensor.Of([6, 5, 35, 8, 97, 93], 2, 3);

    private static readonly Tensor Words = Key.Of(5).SplitBatch(2).Words;

    private static readonly (Op Op, Tensor[] Arguments)[] Table =
    [
        (new Op.Map(Unary.Identity), [X]),
        (new Op.Map(Unary.StopGradient), [X]),
        (new Op.Map(Unary.Negate), [X]),
        (new Op.Map(Unary.Exp), [X]),
        (new Op.Ordered(Sequence.LogGamma, 1), [X]),
        (new Op.Zip(Binary.Add), [X, Y]),
        (new Op.Select(), [X - 4, X, Y]),
        (new Op.Reduce(Reduction.Sum, [1]), [X]),
        (new Op.ArgMax(1), [X]),
        (new Op.CumulativeSum(1, false), [X]),
        (new Op.MatMul(), [X, Ops.Transpose(Y)]),
        (new Op.Matrix(MatrixFunction.SolveLower), [Tensor.Of([3, 1, 4, 15], 2, 2), X]),
        (new Op.Reshape([3, 2]), [X]),
        (new Op.Transpose([1, 0]), [X]),
        (new Op.Broadcast([2, 2, 3]), [X]),
        (new Op.Slice([0, 1], [2, 1], [1, 1]), [X]),
        (new Op.Pad([1, 0], [0, 1], [0, 0], 0), [X]),
        (new Op.Concatenate(0), [X, Y]),
        (new Op.Flip([1]), [X]),
        (new Op.Gather(0), [X, Tensor.Of([1, 0, 1])]),
        (new Op.ScatterAdd(0, 3), [X, Tensor.Of([2, 0])]),
        (new Op.Windows(1, 2, 2, 1), [X]),
        (new Op.OverlapAdd(0, 4, 1, 1), [X]),
        (new Op.ArgSort(1, 3, false), [X]),
        (new Op.SearchSorted(false), [Ops.Sort(X), Y]),
        (new Op.CumulativeArgMax(1, false), [X]),
        (new Op.LastPicks(0, 3), [Tensor.Of([2, 0])]),
        (new Op.SetSlice([0, 1], [1, 1]), [Tensor.Of([7, 11], 2, 1), X]),
        (new Op.AddSlice([0, 1], [1, 1]), [Tensor.Of([7, 11], 2, 1), X]),
        (new Op.Draw(Distribution.Uniform, [3], 1, 2), [Words]),
        (new Op.Gamma(), [Words, X]),
        (new Op.SplitKey(2), [Words]),
        (new Op.FoldIn(), [Words, Tensor.Of([3, 0, 65535, 0, 7, 1, 0, 0], 2, 4)]),
        (new Op.Fft(false), [Ops.Slice(Ops.Concatenate([X, Y], 1), 1, 0, 4)]),
        (new Op.Barrier(new object()), [X, Y]),
        (new Op.Custom(CustomRule.FromPullback("rule", [], (_, _, g) => [g])), [X, Y]),
        (new Op.Callback(new("host", [2], x => [x[0][0], x[1][5]]), []), [X, Y]),
        (new Op.Scan(Adding()), [X, Y, Ops.Stack([X, Y])]),
        (new Op.While(Doubling()), [1, X, Y]),
        (new Op.Cond(Choosing()), [1, X, Y]),
    ];

    private static WhileLoop Doubling()
    {
        Input[] inputs = [new(X.Shape, "a"), new(X.Shape, "s")];
        return new(new(inputs, [0, inputs[0] + (2 * inputs[1])]), 1);
    }

    private static Branches Choosing()
    {
        Input[] inputs = [new(X.Shape, "x"), new(X.Shape, "y")];
        return new(inputs, [inputs[0] * inputs[1]], [inputs[0] - inputs[1]]);
    }

    private static Loop Adding()
    {
        Input[] inputs = [new(X.Shape, "a"), new(X.Shape, "s"), new(X.Shape, "x")];
        return new(new(inputs, [inputs[0] + inputs[1], inputs[1] * inputs[2]]), 1, 1, 2, false);
    }

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Table.Length)];

    [Fact]
    public void Every_op_has_a_row() =>
        Assert.Equal(
            typeof(Op)
                .GetNestedTypes()
                .Where(type => type.IsSubclassOf(typeof(Op)))
                .Select(type => type.Name)
                .Order(StringComparer.Ordinal),
            Table.Select(row => row.Op.GetType().Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Rows))]
    public void So_many_arguments_are_taken(int row)
    {
        var (op, arguments) = Table[row];
        Assert.InRange(arguments.Length, op.Facts.Least, op.Facts.Most);
        Assert.Throws<ArgumentException>(() => Apply.Of(op, arguments[..(op.Facts.Least - 1)]));
        if (op.Facts.Most < int.MaxValue)
            Assert.Throws<ArgumentException>(() => Apply.Of(op, [.. arguments, X]));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_result_lies_in_the_first_argument_as_it_is_said_to(int row)
    {
        var (op, arguments) = Table[row];
        var result = Apply.Of(op, arguments);
        var (x, y) = (arguments[0].ToArray(), result.ToArray());
        Assert.True(
            op.Facts.Arrangement switch
            {
                Arrangement.Computed => true,
                Arrangement.Same => result.Shape.Equals(arguments[0].Shape) && x.SequenceEqual(y),
                Arrangement.Reshaped => !result.Shape.Equals(arguments[0].Shape) && x.SequenceEqual(y),
                Arrangement.Whole => !x.SequenceEqual(y) && x.ToHashSet().SetEquals(y),
                Arrangement.Part => x.ToHashSet().IsProperSupersetOf(y),
            }
        );
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_is_an_arrangement_takes_no_computing(int row)
    {
        var (op, arguments) = Table[row];
        Input[] inputs = [.. arguments.Select((argument, i) => new Input(argument.Shape, $"x{i}"))];
        string[] steps = [.. Plan<double>.Of(Graph.Of(inputs, [Apply.Of(op, inputs)])).ToString().Split('\n')[1..^1]];
        Assert.Equal(op.Rearranges, steps.Length == 1 && steps[0].StartsWith("0: Copy ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_moves_or_sums_is_linear_and_what_moves_makes_no_new_number(int row)
    {
        var (op, arguments) = Table[row];
        if (op.Facts.Kind is not (OpKind.Moves or OpKind.Sums or OpKind.Pad))
            return;
        Tensor Of(Func<Tensor, Tensor> change) => Apply.Of(op, [.. arguments.Select((x, i) => op.Facts.Reaches(i) ? change(x) : x)]);
        var (once, squared) = (Of(x => x), Of(Ops.Square));
        Assert.Equal((once + (3 * squared)).ToArray(), Of(x => x + (3 * Ops.Square(x))).ToArray()); // whole numbers: exact
        var made = once.ToArray().Except(arguments.SelectMany(argument => argument.ToArray()));
        Assert.Equal(op.Facts.Kind == OpKind.Moves, op is not Op.ScatterAdd && !made.Any());
    }

    /// <summary>An op that random rounding or single precision would take for another gives other numbers, or none.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void Random_rounding_and_single_precision_know_the_op(int row)
    {
        var (op, arguments) = Table[row];
        Input[] inputs = [.. arguments.Select((argument, i) => new Input(argument.Shape, $"x{i}"))];
        var graph = Graph.Of(inputs, [Apply.Of(op, inputs)]);
        double[][] values = [.. arguments.Select(argument => argument.ToArray())];
        var expected = Reference.Evaluate(graph, values)[0];
        var single = new double[expected.Length];
        Executable.Of(graph, new() { Precision = Precision.Single }).Run(values, [single]);
        ReferenceData.AssertClose(expected, RoundedEvaluation.Evaluate(graph, values, 1)[0], 1e-14, op.Name);
        ReferenceData.AssertClose(expected, single, 1e-6, op.Name);
    }

    /// <summary>Rows are found by a member's number.</summary>
    [Fact]
    public void Every_elementwise_member_has_its_own_row()
    {
        Assert.Equal(Enumerable.Range(0, Enum.GetValues<Unary>().Length), Enum.GetValues<Unary>().Select(function => (int)function));
        Assert.Equal(Enumerable.Range(0, Enum.GetValues<Binary>().Length), Enum.GetValues<Binary>().Select(function => (int)function));
        Assert.Equal(Enumerable.Range(0, Enum.GetValues<Reduction>().Length), Enum.GetValues<Reduction>().Select(kind => (int)kind));
        foreach (var function in Enum.GetValues<Binary>().Where(function => Binaries.Of(function).Commutes))
        {
            var (x, y) = (PlanCases.Random(99, 1), PlanCases.Random(99, 2));
            Assert.Equal(x.Zip(y, Binaries.Of(function).Value), y.Zip(x, Binaries.Of(function).Value));
        }
        foreach (var function in Enum.GetValues<Unary>())
        {
            var row = Unaries.Of(function);
            if (row.Twice is { } twice)
                Assert.All(PlanCases.Random(99, 3), x => Assert.Equal(Binaries.Of(twice).Value(x, x), row.Value(x)));
            if (row.Kind == UnaryKind.Renaming)
                Assert.All(PlanCases.Random(99, 4), x => Assert.Equal(x, row.Value(x)));
            if (row.Kind == UnaryKind.Linear)
                Assert.All(PlanCases.Random(99, 5), x => Assert.Equal(-8 * row.Value(x), row.Value(-8 * x)));
            if (row.IsExact) // no more digits than the argument has
                Assert.All(PlanCases.Random(99, 6), x => Assert.Equal((float)row.Value((float)x), row.Value((float)x)));
        }
    }

    /// <summary>A function that is linear only by its row would be taken for 0 where its argument is.</summary>
    [Fact]
    public void Functions_of_two_numbers_depend_on_them_as_is_said()
    {
        double[] whole = [-7, -3, -2, 1, 2, 5, 8]; // sums and products of these are exact
        foreach (var function in Enum.GetValues<Binary>())
        {
            var (row, f) = (Binaries.Of(function), Binaries.Of(function).Value);
            foreach (var (x, y, u, v) in from x in whole from y in whole from u in whole from v in whole select (x, y, u, v))
            {
                var (actual, expected) = row.Kind switch
                {
                    BinaryKind.Sum => (f(x + (4 * u), y + (4 * v)), f(x, y) + (4 * f(u, v))),
                    BinaryKind.Product => (f(x + (4 * u), y + (4 * v)), f(x, y) + (4 * f(u, y)) + (4 * f(x, v)) + (16 * f(u, v))),
                    BinaryKind.Quotient => (f(-8 * x, y), -8 * f(x, y)),
                    BinaryKind.Choice => (f(x, y), Array.Find(new[] { 0, 1, x, y }, one => one == f(x, y))),
                    BinaryKind.Function => (0.0, 0.0),
                };
                if (actual != expected)
                    Assert.Fail($"{function} is no {row.Kind}: at {x}, {y}, {u}, {v} it gives {actual}; expected {expected}");
            }
        }
    }

    [Fact]
    public void Reductions_depend_on_their_elements_as_is_said()
    {
        foreach (var kind in Enum.GetValues<Reduction>())
        {
            var row = Reductions.Of(kind);
            double[] Of(Tensor x) => Ops.Reduce(kind, x, [1]).ToArray();
            Assert.Equal(
                row.Kind == ReductionKind.Sum,
                Of(X + (4 * Y)).SequenceEqual((Tensor.Of(Of(X)) + (4 * Tensor.Of(Of(Y)))).ToArray())
            );
            if (row.Kind == ReductionKind.Choice)
                Assert.Subset(X.ToArray().ToHashSet(), Of(X).ToHashSet());
            double[]? nothing = row.OfNothing is { } value ? [value] : null;
            Assert.Equal(nothing, OfNone(kind));
            if (row.Fold is { } fold)
                Assert.Equal(X.ToArray(), X.ToArray().Select(x => fold.Value(fold.Start, x)));
        }

        static double[]? OfNone(Reduction kind)
        {
            try
            {
                return Ops.Reduce(kind, Tensor.Zeros([0]), [0]).ToArray();
            }
            catch (ArgumentException)
            {
                return null;
            }
        }
    }
}
