namespace AutoDiff.Curvature;

/// <summary>A basis Q of the range of Y = AΩ that grows with Ω, with Y = QR and the products Z = AQ.</summary>
/// <remarks>What depends on vectors before it to rounding gives no vector of the basis, so that R [r, k] may have fewer rows than columns.</remarks>
internal sealed class Sketch(int size)
{
    private readonly List<double[]> _columns = [];
    private readonly List<double[]> _images = [];
    private double _largest;

    /// <summary>The orthonormal vectors qⱼ [r, n].</summary>
    public KrylovBasis Basis { get; } = new(size, 0);

    /// <summary>The number r of vectors in the basis.</summary>
    public int Rank => Basis.Count;

    /// <summary>The number k of vectors in Ω.</summary>
    public int Count => _columns.Count;

    /// <summary>zⱼ = Aqⱼ [n].</summary>
    public double[] Image(int index) => _images[index];

    /// <summary>Element (i, j) of R.</summary>
    public double R(int i, int j) => i < _columns[j].Length ? _columns[j][i] : 0;

    /// <summary>Takes in products y [count, n], which are overwritten; gives the vectors [added, n] that the basis got, whose products are then to be added.</summary>
    public double[] Extend(double[] y, int count)
    {
        var before = Rank;
        for (var k = 0; k < count; k++)
        {
            var w = y.AsSpan(k * size, size);
            _largest = Math.Max(_largest, VectorLoops.Norm(w));
            var coefficients = new double[Rank + 1];
            var rest = Rank < size ? Basis.Orthogonalize(w, coefficients) : 0;
            if (rest > size * Roundoff.Epsilon * _largest)
            {
                coefficients[^1] = rest;
                Basis.Add(w, rest);
            }
            _columns.Add(coefficients);
        }
        var added = new double[(Rank - before) * size];
        for (var i = before; i < Rank; i++)
            Basis[i].CopyTo(added.AsSpan((i - before) * size));
        return added;
    }

    /// <summary>Takes in the products [added, n] with what <see cref="Extend"/> gave.</summary>
    public void AddImages(double[] products)
    {
        for (var start = 0; start < products.Length; start += size)
            _images.Add(products[start..(start + size)]);
    }

    /// <summary>H = QᵀAQ [r, r].</summary>
    public double[] Compressed(RunOptions options)
    {
        var h = new double[Rank * Rank];
        Work.Share(
            Rank,
            j =>
            {
                for (var i = 0; i < Rank; i++)
                    h[(i * Rank) + j] = VectorLoops.Dot(Basis[i], _images[j]);
            },
            options
        );
        return h;
    }

    /// <summary>w = Qᵀx and t = ZᵀX [r].</summary>
    public (double[] W, double[] T) Coordinates(ReadOnlySpan<double> x)
    {
        var (w, t) = (new double[Rank], new double[Rank]);
        for (var i = 0; i < Rank; i++)
            (w[i], t[i]) = (VectorLoops.Dot(Basis[i], x), VectorLoops.Dot(_images[i], x));
        return (w, t);
    }

    /// <summary>
    /// For each column i of Ω the unit vector sᵢ [r] for which Q(I − sᵢsᵢᵀ) spans what the other columns of Y span: orthogonal to all columns of R but the i-th; 0 where
    /// the others span column i too.
    /// </summary>
    /// <remarks>Row i of the pseudoinverse of R, divided by its norm: for an R that is square and regular it is column i of R⁻ᵀ, as in Epperly, Tropp, Webber 2024, section 2.1.</remarks>
    public double[][] LeftOut()
    {
        var (r, k) = (Rank, Count);
        var directions = Enumerable.Range(0, k).Select(_ => new double[r]).ToArray();
        if (r == 0)
            return directions;
        var matrix = new double[r * k];
        for (var i = 0; i < r; i++)
        {
            for (var j = 0; j < k; j++)
                matrix[(i * k) + j] = R(i, j);
        }
        var (u, values, v) = (new double[r * r], new double[r], new double[k * r]);
        SingularValueDecomposition.Decompose(matrix, r, k, u, values, v);
        for (var column = 0; column < k; column++)
        {
            var row = v.AsSpan(column * r, r);
            // Its distance from 1 is the part of the unit vector eᵢ that R maps to 0: a combination in which column i takes part.
            if (VectorLoops.Dot(row, row) < 1 - 1e-8)
                continue;
            for (var l = 0; l < r && values[l] > 0; l++)
            {
                // Relative to the smallest: quotients stay in range.
                var factor = row[l] * (values[r - 1] / values[l]);
                for (var i = 0; i < r; i++)
                    directions[column][i] += factor * u[(i * r) + l];
            }
            var norm = VectorLoops.Norm(directions[column]);
            if (norm > 0)
                VectorLoops.Scale(1 / norm, directions[column]);
        }
        return directions;
    }

    /// <summary>wᵀHw for H [r, r].</summary>
    public static double Quadratic(double[] h, double[] w)
    {
        var sum = 0.0;
        for (var i = 0; i < w.Length; i++)
            sum += w[i] * VectorLoops.Dot(h.AsSpan(i * w.Length, w.Length), w);
        return sum;
    }
}
