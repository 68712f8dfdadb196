namespace AutoDiff;

/// <summary>Decompositions by the plainest loops; all NaN where the matrix holds NaN or ∞.</summary>
internal static class PlainSpectra
{
    private const double Epsilon = 1.0 / (1L << 52);
    private const int Sweeps = 60;

    /// <summary>Q and R by one reflection a column, of the whole matrix and of the identity.</summary>
    public static double[] Qr(PlainMatrix a)
    {
        var (m, n) = (a.Rows, a.Columns);
        var r = Copy(a);
        var q = Unit(m);
        for (var k = 0; k < n; k++)
        {
            var v = new double[m];
            for (var i = k; i < m; i++)
                v[i] = r[i, k];
            v[k] += v[k] < 0 ? -Length(v) : Length(v);
            var square = v.Sum(x => x * x);
            for (var j = 0; j < n && square > 0; j++)
                Reflect(r, j, v, square);
            for (var j = 0; j < m && square > 0; j++)
                Reflect(q, j, v, square);
        }
        // The reflections of the identity's columns are Q's rows: Qᵀ, as A's are R.
        var result = new double[(m + n) * n];
        for (var k = 0; k < n; k++)
        {
            var sign = r[k, k] < 0 ? -1 : 1;
            for (var i = 0; i < m; i++)
                result[(i * n) + k] = sign * q[k, i];
            for (var j = k; j < n; j++)
                result[((m + k) * n) + j] = sign * r[k, j];
        }
        return Checked(a, result);
    }

    /// <summary>λ, ascending, and V of (A + Aᵀ)/2 by plane rotations of columns and rows.</summary>
    public static double[] Eigen(PlainMatrix a)
    {
        var n = a.Rows;
        var work = new PlainMatrix(n, n);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                work[i, j] = (0.5 * a[i, j]) + (0.5 * a[j, i]);
        }
        var v = Unit(n);
        for (var (sweep, turned) = (0, true); sweep < Sweeps && turned; sweep++)
        {
            turned = false;
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++)
                {
                    var off = work[p, q];
                    if (!(Math.Abs(off) > Epsilon / 4 * Math.Sqrt(Math.Abs(work[p, p])) * Math.Sqrt(Math.Abs(work[q, q]))))
                        continue;
                    turned = true;
                    var angle = 0.5 * Math.Atan2(2 * off, work[q, q] - work[p, p]);
                    // Of the two angles that part the pair the smaller one.
                    angle -= Math.Abs(angle) > Math.PI / 4 ? Math.CopySign(Math.PI / 2, angle) : 0;
                    Turn(work, p, q, angle);
                    Turn(v, p, q, angle);
                    var rows = Transposed(work);
                    Turn(rows, p, q, angle);
                    Transposed(rows).Elements.CopyTo(work.Elements, 0);
                    (work[p, q], work[q, p]) = (0, 0);
                }
            }
        }
        var order = Enumerable.Range(0, n).OrderBy(i => work[i, i]).ToArray();
        var vectors = Columns(v, order, order.Select(k => Sign(v.Column(k))));
        return Checked(a, [.. order.Select(i => work[i, i]), .. vectors.Elements]);
    }

    /// <summary>U, σ, descending, and V: columns of A, or of Aᵀ where it is wide, turned until they are orthogonal.</summary>
    public static double[] Svd(PlainMatrix a)
    {
        if (a.Elements.Any(x => !double.IsFinite(x)))
            return Filled((a.Rows + 1 + a.Columns) * Math.Min(a.Rows, a.Columns));
        var wide = a.Rows < a.Columns;
        var x = wide ? Transposed(a) : Copy(a);
        var n = x.Columns;
        var v = Unit(n);
        for (var (sweep, turned) = (0, true); sweep < Sweeps && turned; sweep++)
        {
            turned = false;
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++)
                {
                    var (first, second) = (Length(x.Column(p)), Length(x.Column(q)));
                    var product = x.Column(p).Zip(x.Column(q), (s, t) => s * t).Sum();
                    if (!(Math.Abs(product) > n * Epsilon * first * second))
                        continue;
                    turned = true;
                    var angle = 0.5 * Math.Atan2(2 * product, (second - first) * (second + first));
                    angle -= Math.Abs(angle) > Math.PI / 4 ? Math.CopySign(Math.PI / 2, angle) : 0;
                    Turn(x, p, q, angle);
                    Turn(v, p, q, angle);
                }
            }
        }
        var lengths = Enumerable.Range(0, n).Select(k => Length(x.Column(k))).ToArray();
        var order = Enumerable.Range(0, n).OrderByDescending(k => lengths[k]).ToArray();
        var left = Columns(x, order, order.Select(k => lengths[k] == 0 ? 0 : 1 / lengths[k]));
        Complete(left, lengths.Count(length => length > 0));
        var right = Columns(v, order, order.Select(_ => 1.0));
        var (u, w) = wide ? (right, left) : (left, right);
        var signs = Enumerable.Range(0, n).Select(k => Sign(u.Column(k))).ToArray();
        var all = Enumerable.Range(0, n).ToArray();
        return [.. Columns(u, all, signs).Elements, .. order.Select(k => lengths[k]), .. Columns(w, all, signs).Elements];
    }

    /// <summary>Σ over singular values above max(m, n)·ε·σ₁ of v·uᵀ/σ.</summary>
    public static double[] PseudoInverse(PlainMatrix a)
    {
        var (m, n, k) = (a.Rows, a.Columns, Math.Min(a.Rows, a.Columns));
        var packed = Svd(a);
        var (u, s) = (new PlainMatrix(packed[..(m * k)], m, k), packed[(m * k)..((m + 1) * k)]);
        var v = new PlainMatrix(packed[((m + 1) * k)..], n, k);
        var y = new PlainMatrix(n, m);
        foreach (var term in Enumerable.Range(0, k).Where(l => !(s[l] <= Math.Max(m, n) * Epsilon * s[0])))
        {
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < m; j++)
                    y[i, j] += v[i, term] * u[j, term] / s[term];
            }
        }
        return y.Elements;
    }

    /// <summary>Y = exp(A) − I by the power series of A halved until its elements' sum is below a half, then doubled as often: Y ← 2Y + Y², which keeps small digits.</summary>
    public static double[] Exponential(PlainMatrix a)
    {
        var size = a.Elements.Sum(Math.Abs);
        if (!double.IsFinite(size))
            return Filled(a.Elements.Length);
        var halvings = size > 0.5 ? Math.ILogB(size) + 2 : 0;
        PlainMatrix x = new([.. a.Elements.Select(value => Math.ScaleB(value, -halvings))], a.Rows, a.Rows),
            term = Unit(a.Rows),
            sum = new(a.Rows, a.Rows);
        for (var k = 1; k <= 20; k++)
        {
            term = Times(term, x);
            for (var i = 0; i < sum.Elements.Length; i++)
                sum.Elements[i] += term.Elements[i] /= k;
        }
        for (var doubling = 0; doubling < halvings; doubling++)
        {
            var square = Times(sum, sum);
            for (var i = 0; i < sum.Elements.Length; i++)
                sum.Elements[i] = (2 * sum.Elements[i]) + square.Elements[i];
        }
        for (var i = 0; i < a.Rows; i++)
            sum[i, i]++;
        return sum.Elements;
    }

    /// <summary>1/(bⱼ − aᵢ), or 0 where the difference is one of rounding.</summary>
    public static double[] ReciprocalGaps(PlainMatrix a, PlainMatrix b)
    {
        var largest = a.Elements.Concat(b.Elements).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var tolerance = Math.Max(a.Rows, b.Rows) * Epsilon * largest;
        return [.. a.Elements.SelectMany(_ => b.Elements, (x, y) => Math.Abs(y - x) <= tolerance ? 0 : 1 / (y - x))];
    }

    private static PlainMatrix Unit(int n)
    {
        var unit = new PlainMatrix(n, n);
        for (var i = 0; i < n; i++)
            unit[i, i] = 1;
        return unit;
    }

    private static PlainMatrix Copy(PlainMatrix x) => new([.. x.Elements], x.Rows, x.Columns);

    private static PlainMatrix Transposed(PlainMatrix x) =>
        new([.. Enumerable.Range(0, x.Columns).SelectMany(x.Column)], x.Columns, x.Rows);

    private static PlainMatrix Times(PlainMatrix x, PlainMatrix y)
    {
        var product = new PlainMatrix(x.Rows, y.Columns);
        for (var i = 0; i < x.Rows; i++)
        {
            for (var j = 0; j < y.Columns; j++)
                product[i, j] = x.Row(i).Zip(y.Column(j), (s, t) => s * t).Sum();
        }
        return product;
    }

    private static double Length(IEnumerable<double> x)
    {
        var largest = x.Select(Math.Abs).DefaultIfEmpty(0).Max();
        return largest == 0 ? 0 : largest * Math.Sqrt(x.Sum(value => value / largest * (value / largest)));
    }

    /// <summary>−1 where the first element of largest magnitude is negative.</summary>
    private static double Sign(IEnumerable<double> x) =>
        x.Aggregate(0.0, (best, value) => Math.Abs(value) > Math.Abs(best) ? value : best) < 0 ? -1 : 1;

    private static void Reflect(PlainMatrix x, int column, double[] v, double square)
    {
        var factor = 2 * x.Column(column).Zip(v, (s, t) => s * t).Sum() / square;
        for (var i = 0; i < v.Length; i++)
            x[i, column] -= factor * v[i];
    }

    /// <summary>Turns two columns by an angle.</summary>
    private static void Turn(PlainMatrix x, int p, int q, double angle)
    {
        var (sine, cosine) = Math.SinCos(angle);
        for (var i = 0; i < x.Rows; i++)
            (x[i, p], x[i, q]) = ((cosine * x[i, p]) - (sine * x[i, q]), (sine * x[i, p]) + (cosine * x[i, q]));
    }

    private static PlainMatrix Columns(PlainMatrix x, int[] order, IEnumerable<double> factors)
    {
        var result = new PlainMatrix(x.Rows, order.Length);
        foreach (var (factor, k) in factors.Select((factor, k) => (factor, k)))
        {
            for (var i = 0; i < x.Rows; i++)
                result[i, k] = factor * x[i, order[k]];
        }
        return result;
    }

    /// <summary>Replaces columns from <paramref name="rank"/> on: what is left of the unit vector that is farthest from those before.</summary>
    private static void Complete(PlainMatrix x, int rank)
    {
        for (; rank < x.Columns; rank++)
        {
            var best = Enumerable
                .Range(0, x.Rows)
                .Select(unit => Rest(x, rank, [.. Enumerable.Range(0, x.Rows).Select(i => i == unit ? 1.0 : 0)]))
                .MaxBy(Length)!;
            best = Rest(x, rank, best);
            for (var i = 0; i < x.Rows; i++)
                x[i, rank] = best[i] / Length(best);
        }
    }

    private static double[] Rest(PlainMatrix x, int rank, double[] y)
    {
        for (var k = 0; k < rank; k++)
        {
            var part = x.Column(k).Zip(y, (s, t) => s * t).Sum();
            y = [.. y.Select((value, i) => value - (part * x[i, k]))];
        }
        return y;
    }

    private static double[] Checked(PlainMatrix a, double[] result) => a.Elements.All(double.IsFinite) ? result : Filled(result.Length);

    private static double[] Filled(int length)
    {
        var result = new double[length];
        Array.Fill(result, double.NaN);
        return result;
    }
}
