namespace AutoDiff.Numerics;

/// <summary>The eigenvectors of blocks along the diagonal of a tridiagonal matrix, and the step that joins two neighbouring blocks into one.</summary>
/// <remarks>
/// Row i of the block at <c>start</c> holds an eigenvector for <c>_d[start + i]</c> in columns start … start + size − 1; <c>_order</c> lists a block's rows by value.
/// Joined, the blocks are D + ρzzᵀ in their eigenvectors' basis. Where an element of z is negligible, or two of D nearly agree and z can be turned to
/// hide one, a pair is done ("deflated", Dongarra, Sorensen 1987). The others' eigenvectors are z̃ᵢ/(dᵢ − λ) with the z̃ for which the computed λ are exact, which makes
/// them orthogonal to working precision however close the λ are (Gu, Eisenstat 1994).
/// </remarks>
internal sealed class RankOneMerge
{
    private readonly int _n;
    private readonly double[] _d;
    private readonly int[] _order;
    private readonly double[] _rows;
    private readonly double[] _work;
    private readonly double[] _packed;
    private readonly double[] _z;
    private readonly bool[] _inFirst;
    private readonly bool[] _inSecond;
    private readonly ParallelOptions _parallel;

    /// <summary>For the diagonal <paramref name="d"/>, which is overwritten; only where there is one block is there nothing to join.</summary>
    public RankOneMerge(double[] d, bool joins, int threads, CancellationToken cancellation)
    {
        _n = d.Length;
        (_d, _order, _rows, _work) = (d, new int[_n], new double[_n * _n], new double[_n * _n]);
        (_packed, _z) = (new double[joins ? _n * ((_n + 1) / 2) : 0], new double[_n]);
        (_inFirst, _inSecond) = (new bool[_n], new bool[_n]);
        _parallel = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
    }

    /// <summary>Takes the rank-one matrix that couples rows row − 1 and row out of the diagonal.</summary>
    public void Cut(int row, double magnitude)
    {
        _d[row - 1] -= magnitude;
        _d[row] -= magnitude;
    }

    /// <summary>Solves a block by QL.</summary>
    public bool Leaf(int start, ReadOnlySpan<double> e, int size)
    {
        var rotations = new Rotations(_rows, (start * _n) + start, _n, size);
        for (var i = 0; i < size; i++)
            (rotations.Row(i)[i], _order[start + i]) = (1, i);
        var values = _d.AsSpan(start, size).ToArray();
        var done = ImplicitQl.Run(values, e.ToArray(), rotations, _parallel.CancellationToken);
        values.CopyTo(_d, start);
        values.AsSpan().Sort(_order.AsSpan(start, size));
        return done;
    }

    /// <summary>All rows in ascending order of their eigenvalues.</summary>
    public double[] Sorted()
    {
        for (var i = 0; i < _n; i++)
            _rows.AsSpan(_order[i] * _n, _n).CopyTo(_work.AsSpan(i * _n));
        return _work;
    }

    /// <summary>Joins the blocks of <paramref name="first"/> and <paramref name="second"/> rows that meet in the off-diagonal element <paramref name="coupling"/>.</summary>
    public bool Join(int start, int first, int second, double coupling)
    {
        var size = first + second;
        var d = _d.AsSpan(start, size);
        var z = _z.AsSpan(0, size);
        // z is Qᵀ(last row of the first block, ± first row of the second)/√2, and ρ = 2|coupling|.
        for (var i = 0; i < size; i++)
        {
            (_inFirst[i], _inSecond[i]) = (i < first, i >= first);
            z[i] = _rows[((start + i) * _n) + start + (i < first ? first - 1 : first)] * Math.Sqrt(0.5);
            if (i >= first && coupling < 0)
                z[i] = -z[i];
        }
        var rho = 2 * Math.Abs(coupling);
        var (kept, deflated) = Deflate(start, Ascending(start, first, second), rho);
        var k = kept.Count;
        var poles = new double[k];
        var weights = new double[k];
        for (var i = 0; i < k; i++)
            (poles[i], weights[i]) = (d[kept[i]], z[kept[i]]);
        var (roots, done) = Roots(poles, weights, rho, size);
        var top = Places(kept, _inFirst);
        var bottom = Places(kept, _inSecond);
        Weights(poles, weights, size);
        Spread(weights, top, bottom, size);
        _parallel.CancellationToken.ThrowIfCancellationRequested();
        Multiply(start, first, second, kept, deflated, top, bottom);
        var values = new double[size];
        roots.CopyTo(values, 0);
        for (var i = k; i < size; i++)
            values[i] = d[deflated[i - k]];
        values.CopyTo(d);
        var order = _order.AsSpan(start, size);
        for (var i = 0; i < size; i++)
            order[i] = i;
        values.AsSpan().Sort(order);
        return done;
    }

    /// <summary>The rows of both blocks by value.</summary>
    private int[] Ascending(int start, int first, int second)
    {
        var rows = new int[first + second];
        for (int i = 0, j = 0; i + j < rows.Length; )
        {
            var (low, high) = (i < first ? _order[start + i] : -1, j < second ? first + _order[start + first + j] : -1);
            var takeLow = high < 0 || (low >= 0 && _d[start + low] <= _d[start + high]);
            rows[i + j] = takeLow ? low : high;
            (i, j) = takeLow ? (i + 1, j) : (i, j + 1);
        }
        return rows;
    }

    /// <summary>Parts the rows into those that take part in the equation, by value, and those whose pairs are done.</summary>
    private (List<int> Kept, List<int> Deflated) Deflate(int start, ReadOnlySpan<int> ascending, double rho)
    {
        var (kept, deflated) = (new List<int>(ascending.Length), new List<int>(ascending.Length));
        var d = _d.AsSpan(start, ascending.Length);
        var tolerance = 8 * Roundoff.Unit * Math.Max(rho, VectorLoops.Largest(d));
        var rotations = new Rotations(_rows, (start * _n) + start, _n, d.Length);
        var before = -1;
        foreach (var row in ascending)
        {
            if (rho * Math.Abs(_z[row]) <= tolerance)
            {
                deflated.Add(row);
                continue;
            }
            if (before >= 0)
            {
                var length = PlanePair.Hypotenuse(_z[row], _z[before]);
                var (c, s) = (_z[row] / length, -_z[before] / length);
                if (Math.Abs((d[row] - d[before]) * c * s) <= tolerance)
                {
                    (_z[row], _z[before]) = (length, 0);
                    _inFirst[row] = _inFirst[before] = _inFirst[row] | _inFirst[before];
                    _inSecond[row] = _inSecond[before] = _inSecond[row] | _inSecond[before];
                    Rotations.Turn(rotations.Row(before), rotations.Row(row), c, s);
                    (d[before], d[row]) = ((d[before] * c * c) + (d[row] * s * s), (d[before] * s * s) + (d[row] * c * c));
                    deflated.Add(before);
                }
                else
                {
                    kept.Add(before);
                }
            }
            before = row;
        }
        if (before >= 0)
            kept.Add(before);
        return (kept, deflated);
    }

    /// <summary>The roots; row j of the work matrix becomes dᵢ − λⱼ.</summary>
    private (double[] Roots, bool Done) Roots(double[] poles, double[] z, double rho, int size)
    {
        var roots = new double[poles.Length];
        var failures = 0;
        Run(
            poles.Length,
            j =>
            {
                (roots[j], var done) = SecularEquation.Root(j, poles, z, rho, _work.AsSpan(j * size, poles.Length));
                if (!done)
                    Interlocked.Increment(ref failures);
            }
        );
        return (roots, failures == 0);
    }

    /// <summary>z̃ in place of z: z̃ᵢ² = Πⱼ(λⱼ − dᵢ)/Πⱼ≠ᵢ(dⱼ − dᵢ) up to a common factor (Löwner 1934), with z's sign.</summary>
    private void Weights(double[] poles, double[] z, int size)
    {
        var k = poles.Length;
        var products = new double[k];
        Array.Fill(products, 1);
        for (var j = 0; j < k; j++)
        {
            var distances = _work.AsSpan(j * size, k);
            VectorLoops.MultiplyByRatio(distances[..j], poles.AsSpan(0, j), poles[j], products.AsSpan(0, j));
            products[j] *= distances[j];
            VectorLoops.MultiplyByRatio(distances[(j + 1)..], poles.AsSpan(j + 1), poles[j], products.AsSpan(j + 1));
        }
        for (var i = 0; i < k; i++)
            z[i] = Math.CopySign(Math.Sqrt(Math.Abs(products[i])), z[i]);
    }

    /// <summary>Row j of the work matrix becomes eigenvector j: first the elements that multiply rows of the first block, then those of the second.</summary>
    private void Spread(double[] z, int[] top, int[] bottom, int size) =>
        Run(
            z.Length,
            j =>
            {
                var row = _work.AsSpan(j * size, size);
                var vector = System.Buffers.ArrayPool<double>.Shared.Rent(z.Length);
                for (var i = 0; i < z.Length; i++)
                    vector[i] = z[i] / row[i];
                VectorLoops.Scale(1 / VectorLoops.Norm(vector.AsSpan(0, z.Length)), vector.AsSpan(0, z.Length));
                for (var i = 0; i < top.Length; i++)
                    row[i] = vector[top[i]];
                for (var i = 0; i < bottom.Length; i++)
                    row[top.Length + i] = vector[bottom[i]];
                System.Buffers.ArrayPool<double>.Shared.Return(vector);
            }
        );

    /// <summary>Puts the new eigenvectors into the leading rows and the deflated ones after them.</summary>
    private void Multiply(int start, int first, int second, List<int> kept, List<int> deflated, int[] top, int[] bottom)
    {
        var (size, k) = (first + second, kept.Count);
        Span<double> Row(int i) => _rows.AsSpan(((start + i) * _n) + start, size);
        for (var i = 0; i < top.Length; i++)
            Row(kept[top[i]])[..first].CopyTo(_packed.AsSpan(i * first));
        var low = top.Length * first;
        for (var i = 0; i < bottom.Length; i++)
            Row(kept[bottom[i]])[first..].CopyTo(_packed.AsSpan(low + (i * second)));
        // Work has a row left for each deflated pair.
        for (var i = 0; i < deflated.Count; i++)
            Row(deflated[i]).CopyTo(_work.AsSpan((k + i) * size));
        var threads = _parallel.MaxDegreeOfParallelism;
        var corner = (start * _n) + start;
        Products.Set(new(_work, 0, size, 1), new(_packed, 0, first, 1), new(_rows, corner, _n, 1), k, top.Length, first, threads);
        Products.Set(
            new(_work, top.Length, size, 1),
            new(_packed, low, second, 1),
            new(_rows, corner + first, _n, 1),
            k,
            bottom.Length,
            second,
            threads
        );
        for (var i = k; i < size; i++)
            _work.AsSpan(i * size, size).CopyTo(Row(i));
    }

    private static int[] Places(List<int> kept, ReadOnlySpan<bool> member)
    {
        var places = new List<int>(kept.Count);
        for (var i = 0; i < kept.Count; i++)
        {
            if (member[kept[i]])
                places.Add(i);
        }
        return [.. places];
    }

    private void Run(int count, Action<int> body)
    {
        if (_parallel.MaxDegreeOfParallelism > 1)
        {
            Parallel.For(0, count, _parallel, body);
            return;
        }
        for (var j = 0; j < count; j++)
            body(j);
    }
}
