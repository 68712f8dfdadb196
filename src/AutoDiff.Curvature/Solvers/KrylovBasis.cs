using System.Runtime.InteropServices;

namespace AutoDiff.Curvature;

/// <summary>Orthonormal vectors [count, n], to which more are added; each is orthogonalized against all before it twice.</summary>
/// <remarks>
/// Twice is enough (Giraud, Langou, Rozložník 2005): the vectors stay orthogonal to some ε. Classical Gram–Schmidt, in which the second coefficients are taken while the
/// first parts are subtracted: the vectors are read three times for a whole block, in stretches that stay in cache. Sums run in an order that depends on n alone.
/// </remarks>
internal sealed class KrylovBasis(int size, int capacity)
{
    /// <summary>Elements of a part, the sums over which threads share; and of a stretch, which stays in the first-level cache.</summary>
    private const int Part = 16 * Stretch;
    private const int Stretch = 1024;

    private readonly List<double[]> _vectors = new(capacity);
    private readonly Stack<double[]> _spare = new();

    /// <summary>The number n of elements of a vector.</summary>
    public int Size => size;

    /// <summary>How many vectors there are.</summary>
    public int Count => _vectors.Count;

    /// <summary>A vector [n].</summary>
    public ReadOnlySpan<double> this[int index] => _vectors[index];

    private ReadOnlySpan<double[]> Vectors => CollectionsMarshal.AsSpan(_vectors);

    /// <summary>Takes from w [n] its parts along the vectors, twice; adds what was taken to the coefficients [count]; gives the norm of the rest.</summary>
    public double Orthogonalize(Span<double> w, Span<double> coefficients) => Orthogonalize(w, coefficients, 0);

    /// <summary>The same along the vectors from a number on: coefficients [count − from].</summary>
    public double Orthogonalize(Span<double> w, Span<double> coefficients, int from)
    {
        var (first, second) = (new double[Count - from], new double[Count - from]);
        Sweep(w, 0, [], first, from);
        Sweep(w, 0, first, second, from);
        Sweep(w, 0, second, [], from);
        for (var i = 0; i < first.Length; i++)
            coefficients[i] += first[i] + second[i];
        return VectorLoops.Norm(w);
    }

    /// <summary>The same for the rows of w [rows, n], which threads share; adds to the coefficients [rows, count].</summary>
    public void OrthogonalizeBlock(Memory<double> w, int rows, Span<double> coefficients, RunOptions options)
    {
        var taken = Sums(w, rows, [], options, dots: true);
        Add(taken, coefficients);
        taken = Sums(w, rows, taken, options, dots: true);
        Add(taken, coefficients);
        Sums(w, rows, taken, options, dots: false);

        static void Add(double[] taken, Span<double> sums)
        {
            for (var i = 0; i < taken.Length; i++)
                sums[i] += taken[i];
        }
    }

    /// <summary>w ← w − Σ cᵢ·vᵢ for coefficients c [count].</summary>
    public void Subtract(ReadOnlySpan<double> coefficients, Span<double> w) => Sweep(w, 0, coefficients, []);

    /// <summary>Adds w [n], which is orthogonal to the rest, divided by its norm.</summary>
    public void Add(ReadOnlySpan<double> w, double norm)
    {
        var vector = NewVector();
        for (var i = 0; i < vector.Length; i++)
            vector[i] = w[i] / norm;
        _vectors.Add(vector);
    }

    /// <summary>y ← Σ cᵢ·vᵢ [n] for coefficients c [count or fewer].</summary>
    public void Combine(ReadOnlySpan<double> coefficients, Span<double> y)
    {
        y.Clear();
        for (var i = 0; i < coefficients.Length; i++)
            VectorLoops.AddScaled(coefficients[i], _vectors[i], y);
    }

    /// <summary>The first vectors ← combinations of them by the rows of coefficients [kept, of]; those between are dropped, those after stay.</summary>
    public void Recombine(double[] coefficients, int kept, int of, RunOptions options)
    {
        Turn(_vectors, coefficients, kept, of, options);
        for (var i = kept; i < of; i++)
            _spare.Push(_vectors[i]);
        _vectors.RemoveRange(kept, of - kept);
    }

    /// <summary>The first vectors x [of, n] ← combinations of them by the rows of coefficients [kept, of], kept ≤ of; what follows is left as it is.</summary>
    public static void Turn(IReadOnlyList<double[]> x, double[] coefficients, int kept, int of, RunOptions options)
    {
        if (of == 0 || kept == 0)
            return;
        var n = x[0].Length;
        double[][]? spare = null;
        Work.Share(
            (n + Stretch - 1) / Stretch,
            ref spare,
            () => [new double[of * Stretch], new double[kept * Stretch]],
            (stretch, scratch) =>
            {
                var start = stretch * Stretch;
                var length = Math.Min(Stretch, n - start);
                for (var i = 0; i < of; i++)
                    x[i].AsSpan(start, length).CopyTo(scratch[0].AsSpan(i * length));
                Products.Multiply(
                    coefficients,
                    scratch[0].AsMemory(0, of * length),
                    scratch[1].AsMemory(0, kept * length),
                    kept,
                    of,
                    length
                );
                for (var i = 0; i < kept; i++)
                    scratch[1].AsSpan(i * length, length).CopyTo(x[i].AsSpan(start));
            },
            options
        );
    }

    /// <summary>Drops all vectors from the given one on.</summary>
    public void Truncate(int count)
    {
        for (var i = count; i < Count; i++)
            _spare.Push(_vectors[i]);
        _vectors.RemoveRange(count, Count - count);
    }

    private double[] NewVector() => _spare.TryPop(out var vector) ? vector : new double[size];

    /// <summary>Subtracts c [rows, count] times the vectors where there are any; gives the products with what is then left, if asked for.</summary>
    private double[] Sums(Memory<double> w, int rows, double[] c, RunOptions options, bool dots)
    {
        var (count, parts) = (Count, Math.Max(1, (size + Part - 1) / Part));
        var sums = new double[dots ? parts : 0][];
        Work.Share(
            parts,
            part =>
            {
                var mine = new double[dots ? rows * count : 0];
                var end = Math.Min(size, (part + 1) * Part);
                for (var start = part * Part; start < end; start += Stretch)
                {
                    for (var row = 0; row < rows; row++)
                        Sweep(
                            w.Span.Slice((row * size) + start, Math.Min(Stretch, end - start)),
                            start,
                            c.Length == 0 ? [] : c.AsSpan(row * count, count),
                            dots ? mine.AsSpan(row * count, count) : []
                        );
                }
                if (dots)
                    sums[part] = mine;
            },
            options
        );
        for (var part = 1; part < sums.Length; part++)
            VectorLoops.AddScaled(1, sums[part], sums[0]);
        return dots ? sums[0] : [];
    }

    private void Sweep(Span<double> w, int start, ReadOnlySpan<double> c, Span<double> sums, int from = 0)
    {
        var vectors = Vectors[from..];
        for (var at = 0; at < w.Length; at += Stretch)
        {
            var stretch = w.Slice(at, Math.Min(Stretch, w.Length - at));
            if (c.Length > 0)
                BasisLoops.Subtract(vectors, start + at, c, stretch);
            if (sums.Length > 0)
                BasisLoops.AddDots(vectors, start + at, stretch, sums);
        }
    }
}
