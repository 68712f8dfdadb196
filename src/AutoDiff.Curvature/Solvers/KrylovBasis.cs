namespace AutoDiff.Curvature;

/// <summary>Orthonormal vectors [count, n], to which more are added; each is orthogonalized against all before it twice.</summary>
/// <remarks>Twice is enough (Giraud, Langou, Rozložník 2005): the vectors stay orthogonal to some ε.</remarks>
internal sealed class KrylovBasis(int size, int capacity)
{
    private readonly List<double[]> _vectors = new(capacity);

    /// <summary>The number n of elements of a vector.</summary>
    public int Size => size;

    /// <summary>How many vectors there are.</summary>
    public int Count => _vectors.Count;

    /// <summary>A vector [n].</summary>
    public ReadOnlySpan<double> this[int index] => _vectors[index];

    /// <summary>Takes from w [n] its parts along the vectors, twice; adds what was taken to the coefficients [count]; gives the norm of the rest.</summary>
    public double Orthogonalize(Span<double> w, Span<double> coefficients)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < Count; i++)
            {
                var part = VectorLoops.Dot(_vectors[i], w);
                VectorLoops.AddScaled(-part, _vectors[i], w);
                coefficients[i] += part;
            }
        }
        return VectorLoops.Norm(w);
    }

    /// <summary>Adds w [n], which is orthogonal to the rest, divided by its norm.</summary>
    public void Add(ReadOnlySpan<double> w, double norm)
    {
        var vector = w.ToArray();
        for (var i = 0; i < vector.Length; i++)
            vector[i] /= norm;
        _vectors.Add(vector);
    }

    /// <summary>y ← Σ cᵢ·vᵢ [n] for coefficients c [count or fewer].</summary>
    public void Combine(ReadOnlySpan<double> coefficients, Span<double> y)
    {
        y.Clear();
        for (var i = 0; i < coefficients.Length; i++)
            VectorLoops.AddScaled(coefficients[i], _vectors[i], y);
    }
}
