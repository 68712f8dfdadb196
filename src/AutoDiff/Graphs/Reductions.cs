using static AutoDiff.ReductionKind;

namespace AutoDiff;

/// <summary>The reductions: a row each, with value over nothing, slope, fold and kernel. The compiler names a member without one.</summary>
internal static class Reductions
{
    private static readonly ReductionRow[] Rows = Array.ConvertAll(Enum.GetValues<Reduction>(), Row);

    /// <summary>The row of a reduction.</summary>
    /// <exception cref="ArgumentException">It is no member.</exception>
    public static ReductionRow Of(Reduction kind)
    {
        Require.That((uint)kind < (uint)Rows.Length, $"[Reduce] got a reduction of no name; expected a member");
        return Rows[(int)kind];
    }

    private static ReductionRow Row(Reduction kind) =>
        kind switch
        {
            Reduction.Sum => new(Sum, 0, null, new(0, (sum, x) => sum + x, Folds.Sum)),
            Reduction.Max => new(Choice, null, Slopes.OfChoice, new(double.NegativeInfinity, Math.Max, Folds.Max)),
            Reduction.Min => new(Choice, null, Slopes.OfChoice, new(double.PositiveInfinity, Math.Min, Folds.Min)),
            Reduction.LogSumExp => new(LogSumExp, double.NegativeInfinity, Slopes.OfLogSumExp, null),
        };
}
