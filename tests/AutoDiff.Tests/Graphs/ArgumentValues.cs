using System.Collections.Immutable;

namespace AutoDiff.Tests.Graphs;

/// <summary>What each kind of argument may be given by mistake.</summary>
internal static class ArgumentValues
{
    private static readonly int[] Integers = [-1, 0, 1, 3, -7, 64, 46341, 65536, int.MaxValue, int.MinValue, int.MinValue + 1];
    private static readonly double[] Numbers =
    [
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        -1,
        0,
        -0.0,
        0.5,
        1e300,
        double.MaxValue,
        -1e-320,
    ];

    private static readonly int[][] Lists =
    [
        [],
        [0],
        [-1],
        [0, 0],
        [1, -1],
        [-1, -1, -1],
        [1, 0],
        [0, 1, 2, 3, 4],
        [int.MinValue],
        [int.MaxValue],
        [65536, 65536],
        [int.MaxValue, int.MaxValue],
        [int.MaxValue, 0],
        [0, int.MaxValue],
        [int.MaxValue, -int.MaxValue],
        [7, 7],
        [2, 2, 2, 2],
    ];

    // So large that any step beyond it overflows; never computed.
    private static readonly Tensor Huge = Tensor.Zeros([65536, 16384]);

    private static readonly Tensor[] Tensors =
    [
        1.0,
        double.NaN,
        -0.0,
        1e300,
        Tensor.Of([]),
        Tensor.Of([0.5]),
        Tensor.Of([-1.0, 16777217, double.PositiveInfinity]),
        Filled(1, 1),
        Filled(7, 7),
        Filled(2, 3, 4),
        Filled(2, 1, 3, 1, 2),
        Tensor.Zeros([0, 3]),
        Tensor.Zeros([3, 0]),
        Tensor.Zeros([0, 0, 0, 0]),
        Tensor.Zeros([0, int.MaxValue, 2]),
    ];

    /// <summary>Values of the type; an element of an array is as bad as a whole one. A transform that computes gets nothing huge.</summary>
    public static IEnumerable<object?> Of(Type type, bool computes)
    {
        var tensors = computes ? Tensors : [.. Tensors, Huge];
        if (type == typeof(int) || type == typeof(int?))
            return Integers.Cast<object?>();
        if (type == typeof(double))
            return Numbers.Cast<object?>();
        if (
            type == typeof(ulong)
            || type == typeof(bool)
            || type == typeof(UInt128)
            || type == typeof(Key)
            || type == typeof(CancellationToken)
        )
            return [];
        if (type == typeof(ReadOnlySpan<int>))
            return Lists;
        if (type == typeof(Ints))
            return [null, .. Lists.Select(list => Ints.Of(list))];
        if (type == typeof(Shape))
            return
            [
                null,
                .. Lists
                    .Where(list => list.All(length => length >= 0) && list.Aggregate(1.0, (x, y) => x * y) <= Array.MaxLength)
                    .Select(list => Shape.Of(list)),
            ];
        if (type == typeof(Tensor))
            return [null, .. tensors];
        if (type == typeof(ReadOnlySpan<Tensor>))
            return [Array.Empty<Tensor>(), new Tensor[] { null! }, .. tensors.Select(tensor => new[] { tensor, tensor })];
        if (type == typeof(IReadOnlyList<Tensor>))
            return
            [
                null,
                Array.Empty<Tensor>(),
                new Tensor[] { Filled(2, 3), null! },
                .. tensors.Select(tensor => new[] { Filled(2, 3), tensor }),
                .. tensors.Select(tensor => new[] { tensor, tensor }),
            ];
        if (type == typeof(string))
            return
            [
                null,
                "",
                "->",
                "ij,jk->ik->",
                "ij,jk->iq",
                "ij,jk->ii",
                "i,i",
                "iij,jk",
                "ij",
                "1,2",
                "ij,ij,ij->",
                "...ij,...->",
                "......",
                "i..",
                "...",
                "...,...",
            ];
        if (type == typeof(ReadOnlySpan<double>) || type == typeof(double[]))
            return [type == typeof(double[]) ? null : Array.Empty<double>(), Array.Empty<double>(), new[] { double.NaN }, new double[100]];
        if (type == typeof(double[,]))
            return [null, new double[0, 3], new double[3, 0]];
        if (type.IsEnum)
            return [Enum.ToObject(type, 99), Enum.ToObject(type, -1)];
        if (type == typeof(CompileOptions))
            return
            [
                null,
                .. Integers.Select(threads => new CompileOptions { Threads = threads }),
                new CompileOptions { Precision = (Precision)99 },
            ];
        if (type == typeof(IReadOnlyList<int>))
            return [null, .. Lists];
        if (type == typeof(IReadOnlyList<int?>))
            return [null, .. Lists.Select(list => list.Select(item => (int?)item).ToArray())];
        return [null];
    }

    public static Tensor Filled(params int[] shape) =>
        Tensor.Of([.. Enumerable.Range(1, Shape.Of(shape).Size).Select(i => Math.Sin(i * i))], Shape.Of(shape));
}
