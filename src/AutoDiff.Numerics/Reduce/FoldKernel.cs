using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>Many numbers folded to one by an associative function, in either precision. <see cref="Folds"/> has those with vector loops; any other runs number by number.</summary>
public sealed class FoldKernel
{
    /// <summary>The longest chain of additions: long enough to hide what a block costs, short enough for its rounding.</summary>
    public const int Block = 128;

    /// <summary>The rows that are folded as a block, in two chains: fewer than a block, since a row has no lanes to share them.</summary>
    public const int BlockOfRows = Block / 2;

    private readonly FoldKernel<double> _double;
    private readonly FoldKernel<float> _single;

    private FoldKernel(FoldKernel<double> inDouble, FoldKernel<float> inSingle) => (_double, _single) = (inDouble, inSingle);

    /// <summary>A function that is computed number by number, in double precision.</summary>
    /// <param name="start">What changes nothing that it is folded with.</param>
    /// <param name="function">The function of what is folded already and the next number.</param>
    public static FoldKernel Of(double start, Func<double, double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(new ScalarFold<double>(start, function), new ScalarFold<float>(start, function));
    }

    /// <summary>The loops of one precision.</summary>
    /// <typeparam name="T">Double or float.</typeparam>
    public FoldKernel<T> For<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (FoldKernel<T>)(object)(typeof(T) == typeof(double) ? _double : _single);

    internal static FoldKernel Of<TDouble, TSingle>()
        where TDouble : struct, IFold<double>
        where TSingle : struct, IFold<float> => new(new FoldLoop<double, TDouble>(), new FoldLoop<float, TSingle>());
}

/// <summary>Many numbers folded to one, in an order fixed by the lengths alone.</summary>
/// <typeparam name="T">Double or float.</typeparam>
public abstract class FoldKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected FoldKernel() { }

    /// <summary>What changes nothing that it is folded with: the fold of nothing.</summary>
    public abstract T Start { get; }

    /// <summary>The fold of <paramref name="count"/> numbers one after another, which is not checked.</summary>
    public abstract T Run(ref T x, int count);

    /// <summary>The fold of two results.</summary>
    public abstract T Both(T x, T y);

    /// <summary>target[j] = f of target[j] and x[j], x[step + j] … for <paramref name="columns"/> columns, which is not checked; in an order fixed by the number of rows.</summary>
    public abstract void Rows(ref T x, nint step, int rows, ref T target, int columns);

    /// <summary>For each column of rows that begin <paramref name="distance"/> apart the fold of its taps, row after row, which is not checked.</summary>
    /// <param name="x">The first row's first element; a row's taps lie at <paramref name="taps"/> behind it.</param>
    /// <param name="distance">From a row to the next.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="taps">Where the elements are that a column is folded from, in order.</param>
    /// <param name="target">Receives the folds.</param>
    /// <param name="columns">How many columns a row has.</param>
    public abstract void Taps(ref T x, nint distance, int rows, ReadOnlySpan<int> taps, ref T target, int columns);
}

internal sealed class FoldLoop<T, TFunction> : FoldKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFunction : struct, IFold<T>
{
    public override T Start => TFunction.Start;

    public override T Run(ref T x, int count) => FoldLoops<T>.Fold<TFunction>(ref x, count);

    public override T Both(T x, T y) => TFunction.Invoke(x, y);

    public override void Rows(ref T x, nint step, int rows, ref T target, int columns) =>
        FoldLoops<T>.Rows<TFunction>(ref x, step, rows, ref target, columns);

    public override void Taps(ref T x, nint distance, int rows, ReadOnlySpan<int> taps, ref T target, int columns) =>
        FoldLoops<T>.Taps<TFunction>(ref x, distance, rows, taps, ref target, columns);
}

internal sealed class ScalarFold<T>(double start, Func<double, double, double> function) : FoldKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override T Start => T.CreateTruncating(start);

    public override T Run(ref T x, int count)
    {
        var result = Start;
        for (var i = 0; i < count; i++)
            result = Both(result, Unsafe.Add(ref x, i));
        return result;
    }

    public override T Both(T x, T y) => T.CreateTruncating(function(double.CreateTruncating(x), double.CreateTruncating(y)));

    public override void Rows(ref T x, nint step, int rows, ref T target, int columns)
    {
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
                Unsafe.Add(ref target, j) = Both(Unsafe.Add(ref target, j), Unsafe.Add(ref x, (i * step) + j));
        }
    }

    public override void Taps(ref T x, nint distance, int rows, ReadOnlySpan<int> taps, ref T target, int columns)
    {
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var result = Start;
                foreach (var tap in taps)
                    result = Both(result, Unsafe.Add(ref x, (i * distance) + tap + j));
                Unsafe.Add(ref target, (i * columns) + j) = result;
            }
        }
    }
}
