namespace AutoDiff.Curvature;

/// <summary>An orthonormal basis V with T = VᵀAV and the block Q that A leads to from there: AV = VT + QR in the columns of the last block.</summary>
/// <remarks>The basis holds V, whose products are known, and after it the open block Q, whose products are not.</remarks>
internal sealed class RitzSpace(LinearOperator a, int capacity)
{
    /// <summary>Of a vector as long as 1: less than this and the rest of it is looked at anew, in which rounding shows.</summary>
    private const double Short = 1e-3;

    /// <summary>Fewer vectors than this are multiplied one by one.</summary>
    private const int Few = 4;

    private readonly double[] _t = new double[capacity * capacity];
    private readonly KrylovBasis _basis = new(a.Size, capacity);
    private double[] _coupling = [];
    private double[] _x = [];
    private double[] _y = [];
    private int _last;
    private int _products;

    /// <summary>How many vectors of the basis have been multiplied.</summary>
    public int Closed { get; private set; }

    /// <summary>How many have not.</summary>
    public int Open => _basis.Count - Closed;

    /// <summary>How many vectors the basis may hold.</summary>
    public int Capacity => capacity;

    /// <summary>Whether another block as large as the open one fits.</summary>
    public bool HasRoom => capacity >= a.Size || Closed + (2 * Open) <= capacity;

    /// <summary>The number of products computed.</summary>
    public int Products => _products;

    /// <summary>The largest ‖Av‖ of a unit vector, or magnitude of a Ritz value, met.</summary>
    public double Norm { get; private set; }

    /// <summary>What rounding leaves of a product: below it no direction is told from noise.</summary>
    public double Rounding => Math.Max(10, Math.Sqrt(a.Size)) * Roundoff.Epsilon * Norm;

    /// <summary>A vector [n] of the basis.</summary>
    public ReadOnlySpan<double> this[int index] => _basis[index];

    /// <summary>Adds what of a vector x [n] is independent of the basis to the open block; x is overwritten.</summary>
    public void Extend(Span<double> x)
    {
        if (_basis.Count == a.Size || !Normalize(x, VectorLoops.Norm(x)))
            return;
        // What is left of a vector of length 1 after the parts along the basis were taken is some of it, or its rounding.
        for (var norm = 1.0; ; )
        {
            norm = _basis.Orthogonalize(x, new double[_basis.Count]);
            if (norm < 1e-8)
                return;
            if (norm > 0.5)
            {
                _basis.Add(x, norm);
                return;
            }
            Normalize(x, norm);
        }
    }

    /// <summary>Multiplies the open block and opens the next; false where a product is not finite, and nothing is changed but the count of products.</summary>
    public bool Expand(RunOptions run)
    {
        var (n, first, count, q) = (a.Size, Closed, _basis.Count, Open);
        if (!Multiply(run))
            return false;
        var y = _y.AsMemory(0, q * n);
        var norms = new double[q];
        for (var j = 0; j < q; j++)
            norms[j] = VectorLoops.Norm(y.Span.Slice(j * n, n));
        var c = new double[q * count];
        _basis.OrthogonalizeBlock(y, q, c, run);
        SetColumns(c, first, count, q);
        (_last, Closed, _coupling) = (first, count, new double[q * q]);
        for (var j = 0; j < q; j++)
            Append(y.Span.Slice(j * n, n), norms[j], _coupling.AsSpan(j * q, q));
        return true;
    }

    /// <summary>Eigenvalues of T, its part from a vector on, ascending; their vectors in the basis from there, and what is to be expected of their residuals.</summary>
    /// <param name="from">The first vector of the part.</param>
    /// <param name="places">The places of those whose vectors and residuals are wanted, the rest being 0 and NaN; null for all.</param>
    public RitzValues Solve(int from = 0, int[]? places = null)
    {
        var size = Closed - from;
        var t = new double[size * size];
        for (var i = 0; i < size; i++)
            _t.AsSpan(((from + i) * capacity) + from, size).CopyTo(t.AsSpan(i * size));
        var eigen = places is null ? SymmetricEigen.Decompose(t, size) : SymmetricEigen.Pairs(t, size, places);
        if (size > 0)
            Norm = Math.Max(Norm, Math.Max(-eigen.Eigenvalues[0], eigen.Eigenvalues[^1]));
        var q = Closed - _last;
        var (vectors, residuals, part) = (new double[size * size], new double[size], new double[q]);
        Array.Fill(residuals, double.NaN);
        for (var row = 0; row < eigen.Indices.Length; row++)
        {
            var k = eigen.Indices[row];
            var vector = vectors.AsSpan(k * size, size);
            eigen.Vectors.AsSpan().Slice(row * size, size).CopyTo(vector);
            part.AsSpan().Clear();
            for (var j = 0; j < q; j++)
                VectorLoops.AddScaled(vector[_last - from + j], _coupling.AsSpan(j * q, q), part);
            residuals[k] = VectorLoops.Norm(part);
        }
        return new([.. eigen.Eigenvalues], vectors, residuals, from);
    }

    /// <summary>The product with a combination of Ritz vectors of all V, less what the products with V and linearity make of it: its norm, NaN where the product is not finite.</summary>
    public double Discrepancy(RitzValues ritz, int[] places, ReadOnlySpan<double> weights)
    {
        var (n, q) = (a.Size, Closed - _last);
        var (c, image, x, y) = (new double[Closed], new double[_basis.Count], new double[n], new double[n]);
        for (var i = 0; i < places.Length; i++)
        {
            VectorLoops.AddScaled(weights[i], ritz.Vector(places[i]), c);
            VectorLoops.AddScaled(weights[i] * ritz.Values[places[i]], ritz.Vector(places[i]), image);
        }
        for (var j = 0; j < q; j++)
            VectorLoops.AddScaled(c[_last + j], _coupling.AsSpan(j * q, Open), image.AsSpan(Closed));
        _basis.Combine(c, x);
        a.Apply(x, y);
        _products++;
        _basis.Subtract(image, y);
        return VectorLoops.Norm(y) is var norm && double.IsFinite(norm) ? norm : double.NaN;
    }

    /// <summary>Folds V into some of its Ritz vectors, all before the first solved for staying, and keeps the open block (Wu, Simon 2000).</summary>
    public void Restart(RitzValues ritz, int[] kept, RunOptions run)
    {
        var (from, size) = (ritz.From, kept.Length);
        var s = new double[(from + size) * Closed];
        for (var i = 0; i < from; i++)
            s[(i * Closed) + i] = 1;
        for (var i = 0; i < size; i++)
            ritz.Vector(kept[i]).CopyTo(s.AsSpan(((from + i) * Closed) + from));
        _basis.Recombine(s, from + size, Closed, Whole(run));
        for (var i = from; i < from + size; i++)
        {
            _t.AsSpan(i * capacity, from + size).Clear();
            for (var j = 0; j < from; j++)
                _t[(j * capacity) + i] = 0;
            _t[(i * capacity) + i] = ritz.Values[kept[i - from]];
        }
        (Closed, _last, _coupling) = (from + size, from + size, []);
    }

    /// <summary>Leaves nothing but the given Ritz vectors, all of them open.</summary>
    public void Keep(RitzValues ritz, int[] kept, RunOptions run)
    {
        _basis.Truncate(Closed);
        Restart(ritz, kept, run);
        Closed = 0;
    }

    /// <summary>Multiplies the open block, which is all there is, and turns it to its Ritz vectors, of which those chosen by their values stay; null where a product is not finite.</summary>
    public RitzResiduals? Settle(Func<double[], int[]> choose, RunOptions run)
    {
        var (n, count) = (a.Size, _basis.Count);
        if (!Multiply(run))
            return null;
        var c = new double[count * count];
        _basis.OrthogonalizeBlock(_y.AsMemory(0, count * n), count, c, run);
        SetColumns(c, 0, count, count);
        (Closed, _last, _coupling) = (count, count, []);
        var ritz = Solve();
        var kept = choose(ritz.Values);
        double[][] rest = [.. Enumerable.Range(0, count).Select(i => _y.AsSpan(i * n, n).ToArray())];
        KrylovBasis.Turn(rest, [.. kept.SelectMany(k => ritz.Vector(k).ToArray())], kept.Length, count, Whole(run));
        Array.Resize(ref rest, kept.Length);
        var norms = new double[kept.Length];
        for (var i = 0; i < kept.Length; i++)
        {
            // C's are the products' parts along the basis as measured, of which T has the symmetric part.
            var inside = new double[count];
            var vector = ritz.Vector(kept[i]);
            for (var j = 0; j < count; j++)
                VectorLoops.AddScaled(vector[j], c.AsSpan(j * count, count), inside);
            VectorLoops.AddScaled(-ritz.Values[kept[i]], vector, inside);
            norms[i] = VectorLoops.Norm([VectorLoops.Norm(inside), VectorLoops.Norm(rest[i])]);
        }
        Restart(ritz, kept, run);
        return new([.. kept.Select(k => ritz.Values[k])], norms, rest);
    }

    /// <summary>Drops the open block.</summary>
    public void Close() => _basis.Truncate(Closed);

    /// <summary>A basis that is half turned is none: that is not to be stopped.</summary>
    private static RunOptions Whole(RunOptions run) => run with { Cancellation = default };

    private static bool Normalize(Span<double> x, double norm)
    {
        if (norm == 0)
            return false;
        for (var i = 0; i < x.Length; i++)
            x[i] /= norm;
        return true;
    }

    private bool Multiply(RunOptions run)
    {
        var (n, q) = (a.Size, Open);
        if (_x.Length < q * n)
            (_x, _y) = (new double[q * n], new double[q * n]);
        for (var j = 0; j < q; j++)
            _basis[Closed + j].CopyTo(_x.AsSpan(j * n));
        // A block's plan may be made for more vectors than there are.
        if (q < Few)
            Work.Share(q, Product, run);
        else
        {
            a.ApplyBlock(_x.AsMemory(0, q * n), _y.AsMemory(0, q * n), q, run);
            _products += q;
        }
        var largest = 0.0;
        for (var j = 0; j < q; j++)
            largest = Math.Max(largest, VectorLoops.Norm(_y.AsSpan(j * n, n)));
        if (!double.IsFinite(largest))
            return false;
        Norm = Math.Max(Norm, largest);
        return true;

        void Product(int j)
        {
            a.Apply(_x.AsSpan(j * n, n), _y.AsSpan(j * n, n));
            // One by one, since a block may be cut off.
            Interlocked.Increment(ref _products);
        }
    }

    /// <summary>T's rows and columns of q vectors from the first on, whose products have the parts c [q, count].</summary>
    private void SetColumns(double[] c, int first, int count, int q)
    {
        for (var j = 0; j < q; j++)
        {
            for (var i = 0; i < count; i++)
            {
                // Of two vectors of the block both products are known.
                var value = i < first ? c[(j * count) + i] : 0.5 * (c[(j * count) + i] + c[((i - first) * count) + first + j]);
                _t[(i * capacity) + first + j] = _t[((first + j) * capacity) + i] = value;
            }
        }
    }

    /// <summary>Opens w, which was as long as before until its parts along V were taken; the coupling gets its parts along the open block.</summary>
    private void Append(Span<double> w, double before, Span<double> coupling)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < Open; i++)
            {
                var part = VectorLoops.Dot(_basis[Closed + i], w);
                VectorLoops.AddScaled(-part, _basis[Closed + i], w);
                coupling[i] += part;
            }
        }
        var norm = VectorLoops.Norm(w);
        if (!(norm > Rounding) || _basis.Count == a.Size)
            return;
        if (norm < Short * before)
        {
            Normalize(w, norm);
            var left = _basis.Orthogonalize(w, new double[_basis.Count]);
            if (left < 0.5)
                return;
            Normalize(w, left);
            coupling[Open] = norm;
            _basis.Add(w, 1);
            return;
        }
        coupling[Open] = norm;
        _basis.Add(w, norm);
    }
}
