namespace AutoDiff.Numerics;

/// <summary>Plane rotations of a matrix's rows until they are orthogonal to each other, the same rotations being made of an identity beside it.</summary>
/// <remarks>
/// Hestenes 1958; the longest row first, as de Rijk (1989) does but once a sweep. Rows of very different length stay accurate each: the criterion is the cosine of their angle (Demmel, Veselić 1992).
/// </remarks>
internal static class OneSidedJacobi
{
    /// <summary>Sweeps allowed; six to ten are usual.</summary>
    private const int MaxSweeps = 40;

    // In a matrix scaled to about 1, what is smaller is far within rounding, and its square has no full precision.
    private const double Negligible = 1e-280;

    /// <summary>Rows in a block: two of them, each of a row of X and one of W, stay in a second-level cache up to a thousand.</summary>
    private const int Block = 16;

    /// <summary>Turns the rows of X in <paramref name="rows"/> [count, 2·count], each X's row and then the identity's; gives whether they are orthogonal.</summary>
    /// <param name="rows">On return W·X and W, W orthogonal, with the longest row of W·X first.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="squares">The squares [count] of the lengths of W·X's rows.</param>
    public static bool Run(double[] rows, int count, Span<double> squares)
    {
        var tolerance = Math.Sqrt(count) * Roundoff.Epsilon;
        for (var sweep = 0; sweep < MaxSweeps; sweep++)
        {
            Measure(rows, count, squares);
            Sort(rows, count, squares);
            if (Sweep(rows, count, squares, tolerance))
                continue;
            Normalize(rows, count, squares);
            return true;
        }
        return false;
    }

    private static Span<double> Row(double[] rows, int count, int i) => rows.AsSpan(2 * i * count, 2 * count);

    private static void Measure(double[] rows, int count, Span<double> squares)
    {
        for (var i = 0; i < count; i++)
        {
            var x = Row(rows, count, i)[..count];
            squares[i] = VectorLoops.Dot(x, x);
            if (squares[i] >= Negligible)
                continue;
            x.Clear();
            squares[i] = 0;
        }
    }

    /// <summary>Makes W's rows of length 1 again: c² + s² of a rotation is 1 to rounding only, which lengthens both parts of both rows alike.</summary>
    private static void Normalize(double[] rows, int count, Span<double> squares)
    {
        for (var i = 0; i < count; i++)
        {
            var row = Row(rows, count, i);
            VectorLoops.Scale(1 / VectorLoops.Norm(row[count..]), row);
            squares[i] = VectorLoops.Dot(row[..count], row[..count]);
        }
        Sort(rows, count, squares);
    }

    /// <summary>Turns each pair of rows once, a block of rows against a block that stays in cache.</summary>
    private static bool Sweep(double[] rows, int count, Span<double> squares, double tolerance)
    {
        var turned = false;
        for (var top = 0; top < count; top += Block)
        {
            for (var left = top; left < count; left += Block)
            {
                for (var i = top; i < Math.Min(top + Block, count); i++)
                {
                    for (var j = Math.Max(left, i + 1); j < Math.Min(left + Block, count); j++)
                        turned |= Turn(rows, count, squares, tolerance, i, j);
                }
            }
        }
        return turned;
    }

    private static bool Turn(double[] rows, int count, Span<double> squares, double tolerance, int i, int j)
    {
        var first = Row(rows, count, i);
        var second = Row(rows, count, j);
        var product = VectorLoops.Dot(first[..count], second[..count]);
        if (!(Math.Abs(product) > tolerance * Math.Sqrt(squares[i]) * Math.Sqrt(squares[j])))
            return false;
        var tangent = Tangent((squares[j] - squares[i]) / (2 * product));
        var cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        Rotations.Turn(first, second, cosine, -tangent * cosine);
        squares[i] = After(squares[i], -tangent * product, first[..count]);
        squares[j] = After(squares[j], tangent * product, second[..count]);
        return true;
    }

    /// <summary>A row's square after a change; what is left of a long row has lost the digits that went, and is summed again.</summary>
    private static double After(double before, double change, ReadOnlySpan<double> x) =>
        change < -0.75 * before ? VectorLoops.Dot(x, x) : before + change;

    /// <summary>The smaller root t of t² + 2zt = 1.</summary>
    private static double Tangent(double z) => Math.Abs(z) > 1e8 ? 0.5 / z : Math.CopySign(1, z) / (Math.Abs(z) + Math.Sqrt(1 + (z * z)));

    /// <summary>Orders the rows by length, the longest first.</summary>
    private static void Sort(double[] rows, int count, Span<double> squares)
    {
        using var kept = new Rented(2 * count);
        for (var i = 0; i < count; i++)
        {
            var longest = i;
            for (var j = i + 1; j < count; j++)
                longest = squares[j] > squares[longest] ? j : longest;
            if (longest == i)
                continue;
            (squares[i], squares[longest]) = (squares[longest], squares[i]);
            var x = Row(rows, count, i);
            var y = Row(rows, count, longest);
            x.CopyTo(kept.Span);
            y.CopyTo(x);
            kept.Span.CopyTo(y);
        }
    }
}
