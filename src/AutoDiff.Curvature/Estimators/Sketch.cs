namespace AutoDiff.Curvature;

/// <summary>A basis Q of the range of Y = AΩ that grows with Ω, with Y = QR and the products Z = AQ.</summary>
/// <remarks>What depends on vectors before it to rounding gives no vector of the basis, so that R [r, k] may have fewer rows than columns.</remarks>
internal sealed class Sketch(int size)
{
    /// <summary>By how much the standard error of the mean of samples that leave one column out exceeds that of as many independent ones, at most as a rule.</summary>
    /// <remarks>
    /// Sample i depends on all columns. Where what two columns have to do with one another makes up the variance, Σⱼ g(i, j) for a symmetric g, each such term is in two samples, and the
    /// variance of the mean is twice that of independent samples (Hoeffding 1948); where a column's own part does, it is once.
    /// </remarks>
    public const double LeftOutDependence = 1.4142135623730951;

    private const int Tile = 48;

    private readonly List<double[]> _columns = [];
    private readonly List<double[]> _images = [];
    private double _largest;

    private delegate ReadOnlySpan<double> Vectors(int index);

    /// <summary>The orthonormal vectors qⱼ [r, n].</summary>
    public KrylovBasis Basis { get; } = new(size, 0);

    /// <summary>The number r of vectors in the basis.</summary>
    public int Rank => Basis.Count;

    /// <summary>The number k of vectors in Ω.</summary>
    public int Count => _columns.Count;

    /// <summary>zⱼ = Aqⱼ [n].</summary>
    public ReadOnlySpan<double> Image(int index) => _images[index];

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
    public double[] Compressed(RunOptions options) => Dots(Rank, i => Basis[i], Rank, Image, options);

    /// <summary>The coordinates Qᵀx [k, r] of vectors x [n].</summary>
    public double[] AlongBasis(IReadOnlyList<double[]> vectors, RunOptions options) =>
        Dots(vectors.Count, i => vectors[i], Rank, j => Basis[j], options);

    /// <summary>(AQ)ᵀx [k, r] for vectors x [n].</summary>
    public double[] AlongImages(IReadOnlyList<double[]> vectors, RunOptions options) =>
        Dots(vectors.Count, i => vectors[i], Rank, Image, options);

    /// <summary>All products of vectors with vectors [rows, columns], as matrix products of some of them at a time.</summary>
    private double[] Dots(int rows, Vectors left, int columns, Vectors right, RunOptions options)
    {
        var dots = new double[rows * columns];
        var (block, turned, tile) = (new double[Tile * size], new double[size * Tile], new double[Tile * Tile]);
        for (var start = 0; start < columns; start += Tile)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            // A last tile that is not full keeps vectors of the one before it, whose products are not read.
            var width = Math.Min(Tile, columns - start);
            for (var j = 0; j < width; j++)
            {
                var vector = right(start + j);
                for (var e = 0; e < size; e++)
                    turned[(e * Tile) + j] = vector[e];
            }
            for (var top = 0; top < rows; top += Tile)
            {
                var height = Math.Min(Tile, rows - top);
                for (var i = 0; i < height; i++)
                    left(top + i).CopyTo(block.AsSpan(i * size));
                Products.Multiply(block, turned, tile, Tile, size, Tile, options.Threads);
                for (var i = 0; i < height; i++)
                    tile.AsSpan(i * Tile, width).CopyTo(dots.AsSpan(((top + i) * columns) + start));
            }
        }
        return dots;
    }

    /// <summary>
    /// For each column i of Ω the unit vector sᵢ [r] for which Q(I − sᵢsᵢᵀ) spans what the other columns of Y span: orthogonal to all columns of R but the i-th; 0 where
    /// the others span column i too.
    /// </summary>
    /// <remarks>Column i of R⁻ᵀ (Epperly, Tropp, Webber 2024, section 2.1), or row i of the pseudoinverse of R where that has fewer rows than columns, divided by its norm.</remarks>
    public double[][] LeftOut()
    {
        var directions = Enumerable.Range(0, Count).Select(_ => new double[Rank]).ToArray();
        if (Rank == Count)
            Substitute(directions);
        else if (Rank > 0)
            Invert(directions);
        foreach (var direction in directions)
        {
            var norm = VectorLoops.Norm(direction);
            if (norm > 0)
                VectorLoops.Scale(1 / norm, direction);
        }
        return directions;
    }

    /// <summary>Solves Rᵀs = R[i, i]·e for the i-th unit vector e, row after row.</summary>
    private void Substitute(double[][] directions)
    {
        for (var i = 0; i < directions.Length; i++)
        {
            var s = directions[i];
            s[i] = 1;
            for (var j = i + 1; j < s.Length; j++)
                s[j] = -VectorLoops.Dot(_columns[j].AsSpan(i, j - i), s.AsSpan(i, j - i)) / _columns[j][j];
        }
    }

    private void Invert(double[][] directions)
    {
        var (r, k) = (Rank, Count);
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
        }
    }

    /// <summary>wᵀHw for H [r, r].</summary>
    public static double Quadratic(double[] h, ReadOnlySpan<double> w)
    {
        var sum = 0.0;
        for (var i = 0; i < w.Length; i++)
            sum += w[i] * VectorLoops.Dot(h.AsSpan(i * w.Length, w.Length), w);
        return sum;
    }
}
