using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>Many sums at once whose terms come in any order: beside each sum stands what its additions rounded off, so that its error does not grow with their number.</summary>
/// <remarks>A sum is rounded to nearest from about twice the precision: Dekker, "A floating-point technique for extending the available precision" (1971).</remarks>
public static class CompensatedSums<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>sum[i] + lost[i] grows by x[i].</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Add(Span<T> sum, Span<T> lost, ReadOnlySpan<T> x)
    {
        var i = 0;
        for (; i + Vector256<T>.Count <= x.Length; i += Vector256<T>.Count)
        {
            var (before, term) = (Vector256.Create<T>(sum[i..]), Vector256.Create(x[i..]));
            var after = before + term;
            var taken = after - before;
            var rest = Vector256.Create<T>(lost[i..]) + (before - (after - taken) + (term - taken));
            // A sum that is not finite has a rest that is no number, and stays.
            var result = Vector256.ConditionalSelect(Vector256.Equals(rest, rest), after + rest, after);
            result.CopyTo(sum[i..]);
            (rest - (result - after)).CopyTo(lost[i..]);
        }
        for (; i < x.Length; i++)
            Add(ref sum[i], ref lost[i], x[i]);
    }

    /// <summary>sum + lost grows by x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ref T sum, ref T lost, T x)
    {
        var (before, after) = (sum, sum + x);
        var taken = after - before;
        var rest = lost + (before - (after - taken) + (x - taken));
        sum = T.IsNaN(rest) ? after : after + rest;
        lost = rest - (sum - after);
    }
}
