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

    /// <summary>How many vectors are orthogonalized against the basis together.</summary>
    private const int Together = 16;

    /// <summary>What is left of a vector, below which it must be orthogonalized again: its rounding grows by the inverse.</summary>
    private const double Loss = 0.1;

    /// <summary>Elements of a stretch of vectors that are multiplied as a matrix, and how many sums over stretches threads share.</summary>
    private const int Stretch = 2048;
    private const int MostParts = 8;

    private readonly List<double[]> _columns = [];
    private readonly List<double[]> _images = [];
    private double _largest;

    /// <summary>The vector [n] of a number.</summary>
    public delegate ReadOnlySpan<double> Vectors(int index);

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
    public double[] Extend(double[] y, int count, RunOptions options)
    {
        var before = Rank;
        for (var start = 0; start < count; start += Together)
        {
            var rows = Math.Min(Together, count - start);
            ExtendTogether(y.AsMemory(start * size, rows * size), rows, options);
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

    /// <summary>Drops all columns of Y from the given one on, with the vectors that they gave and the products with these.</summary>
    public void Truncate(int count)
    {
        if (count >= Count)
            return;
        _columns.RemoveRange(count, Count - count);
        // A column that gave a vector ends in what was left of it.
        Basis.Truncate(_columns.Count(column => column[^1] > 0));
        if (_images.Count > Rank)
            _images.RemoveRange(Rank, _images.Count - Rank);
    }

    /// <summary>H = QᵀAQ [r, r].</summary>
    public double[] Compressed(RunOptions options) => Dots(Rank, i => Basis[i], Rank, Image, options);

    /// <summary>The coordinates Qᵀx [k, r] of vectors x [n].</summary>
    public double[] AlongBasis(IReadOnlyList<double[]> vectors, RunOptions options) =>
        Dots(vectors.Count, i => vectors[i], Rank, j => Basis[j], options);

    /// <summary>(AQ)ᵀx [k, r] for vectors x [n].</summary>
    public double[] AlongImages(IReadOnlyList<double[]> vectors, RunOptions options) =>
        Dots(vectors.Count, i => vectors[i], Rank, Image, options);

    /// <summary>Copies a stretch of vectors to the rows of a matrix [count, length].</summary>
    public static void Copy(Vectors vectors, int count, int start, int length, double[] matrix)
    {
        for (var i = 0; i < count; i++)
            vectors(i).Slice(start, length).CopyTo(matrix.AsSpan(i * length));
    }

    private void ExtendTogether(Memory<double> y, int rows, RunOptions options)
    {
        var (known, norms) = (Rank, new double[rows]);
        for (var row = 0; row < rows; row++)
            norms[row] = VectorLoops.Norm(y.Span.Slice(row * size, size));
        var along = new double[rows * known];
        Basis.OrthogonalizeBlock(y, rows, along, options);
        for (var row = 0; row < rows; row++)
        {
            var w = y.Span.Slice(row * size, size);
            _largest = Math.Max(_largest, norms[row]);
            var coefficients = new double[Rank + 1];
            along.AsSpan(row * known, known).CopyTo(coefficients);
            var rest = 0.0;
            if (Rank < size)
            {
                var left = VectorLoops.Norm(w);
                rest = Basis.Orthogonalize(w, coefficients.AsSpan(known), known);
                if (rest < Loss * left)
                    rest = Basis.Orthogonalize(w, coefficients);
            }
            if (rest > size * Roundoff.Epsilon * _largest)
            {
                coefficients[^1] = rest;
                Basis.Add(w, rest);
            }
            _columns.Add(coefficients);
        }
    }

    /// <summary>All products of vectors with vectors [rows, columns], as matrix products of a stretch of them at a time.</summary>
    private double[] Dots(int rows, Vectors left, int columns, Vectors right, RunOptions options)
    {
        if (rows == 0 || columns == 0)
            return [];
        var stretches = (size + Stretch - 1) / Stretch;
        var sums = new double[Math.Min(MostParts, stretches)][];
        Work.Share(
            sums.Length,
            part =>
            {
                var (x, y) = (new double[rows * Stretch], new double[columns * Stretch]);
                var (sum, product) = (sums[part] = new double[rows * columns], new double[rows * columns]);
                for (var stretch = Bound(part); stretch < Bound(part + 1); stretch++)
                {
                    options.Cancellation.ThrowIfCancellationRequested();
                    var start = stretch * Stretch;
                    var length = Math.Min(Stretch, size - start);
                    Copy(left, rows, start, length, x);
                    Copy(right, columns, start, length, y);
                    Products.MultiplyTransposed(
                        x.AsMemory(0, rows * length),
                        y.AsMemory(0, columns * length),
                        product,
                        rows,
                        length,
                        columns
                    );
                    VectorLoops.AddScaled(1, product, sum);
                }
            },
            options
        );
        for (var part = 1; part < sums.Length; part++)
            VectorLoops.AddScaled(1, sums[part], sums[0]);
        return sums[0];

        int Bound(int part) => (int)((long)stretches * part / sums.Length);
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
