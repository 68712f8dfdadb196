namespace AutoDiff.Curvature;

/// <summary>A symmetric operator seen from the Krylov space of a vector b: A ≈ Q·T·Qᵀ, Q orthonormal and T tridiagonal (Lanczos 1950).</summary>
/// <remarks>
/// Each vector is orthogonalized against all before it twice. A space that A maps into itself is left by a vector from outside, where one is given: T then falls
/// apart into blocks (Gould, Lucidi, Roma, Toint 1999, section 5). A product a step; k·n numbers for k steps.
/// </remarks>
internal sealed class KrylovModel
{
    private readonly LinearOperator _a;
    private readonly KrylovBasis _basis;
    private readonly List<double> _diagonal = [];
    private readonly List<double> _beside = [];
    private readonly double[] _next;
    private double _remainder;
    private double _scale;

    /// <summary>The space of b [n], which is finite; no space where it is 0.</summary>
    public KrylovModel(LinearOperator a, ReadOnlySpan<double> b)
    {
        (_a, _basis, _next) = (a, new(a.Size, 16), b.ToArray());
        StartNorm = _remainder = VectorLoops.Norm(b);
    }

    /// <summary>‖b‖₂.</summary>
    public double StartNorm { get; }

    /// <summary>The number k of steps, each a product.</summary>
    public int Count => _diagonal.Count;

    /// <summary>‖A·q − Q·t‖ of the last vector q: what couples the space to the rest.</summary>
    public double Remainder => _remainder;

    /// <summary>Whether A maps the space into itself, to rounding.</summary>
    public bool IsInvariant => _remainder <= 10 * Math.Sqrt(_a.Size) * Roundoff.Epsilon * _scale || Count == _a.Size;

    /// <summary>How many steps for vectors of n elements are within a gibibyte, at least two and at most n.</summary>
    public static int Steps(int n, int wanted) => Math.Min(n, Math.Min(wanted, Math.Max(2, (1 << 27) / n)));

    /// <summary>Takes a step; false where the product is not finite or there is no direction left.</summary>
    public bool Extend()
    {
        if (_remainder == 0 || (Count > 0 && IsInvariant))
            return false;
        if (Count > 0)
            _beside.Add(_remainder);
        return Append();
    }

    /// <summary>Goes on outside an invariant space, in the direction that is left of a vector [n].</summary>
    public bool Leave(ReadOnlySpan<double> vector)
    {
        if (Count == _a.Size)
            return false;
        vector.CopyTo(_next);
        var before = VectorLoops.Norm(vector);
        _remainder = _basis.Orthogonalize(_next, new double[Count]);
        if (!(_remainder > 1e-8 * before))
            return false;
        if (Count > 0)
            _beside.Add(0);
        return Append();
    }

    /// <summary>T's eigenvalues and eigenvectors.</summary>
    public EigenDecomposition Eigen()
    {
        var k = Count;
        var t = new double[k * k];
        for (var i = 0; i < k; i++)
        {
            t[(i * k) + i] = _diagonal[i];
            if (i > 0)
                t[(i * k) + i - 1] = t[((i - 1) * k) + i] = _beside[i - 1];
        }
        return SymmetricEigen.Decompose(t, k);
    }

    /// <summary>The vector Q·U·c [n] of coefficients c [k] in the Ritz vectors.</summary>
    public double[] Vector(EigenDecomposition eigen, ReadOnlySpan<double> coefficients)
    {
        var vector = new double[_a.Size];
        _basis.Combine(Coordinates(eigen, coefficients), vector);
        return vector;
    }

    /// <summary>The Ritz vector [n] of T's i-th eigenvector.</summary>
    public double[] Vector(EigenDecomposition eigen, int index)
    {
        var vector = new double[_a.Size];
        _basis.Combine(eigen.Vectors.AsSpan(index * Count, Count), vector);
        return vector;
    }

    /// <summary>b's coefficients [k] in the Ritz vectors.</summary>
    public double[] Start(EigenDecomposition eigen)
    {
        var start = new double[Count];
        for (var i = 0; i < Count; i++)
            start[i] = StartNorm * eigen.Vectors[i * Count];
        return start;
    }

    /// <summary>‖A·s − Q·T·Qᵀs‖ for the vector s of coefficients c [k] in the Ritz vectors.</summary>
    public double Residual(EigenDecomposition eigen, ReadOnlySpan<double> coefficients) =>
        IsInvariant ? 0 : _remainder * Math.Abs(Coordinates(eigen, coefficients)[^1]);

    private bool Append()
    {
        _basis.Add(_next, _remainder);
        _a.Apply(_basis[Count], _next);
        var size = VectorLoops.Norm(_next);
        var coefficients = new double[Count + 1];
        _remainder = _basis.Orthogonalize(_next, coefficients);
        _diagonal.Add(coefficients[^1]);
        _scale = Math.Max(_scale, size);
        return double.IsFinite(size) && double.IsFinite(_remainder);
    }

    private double[] Coordinates(EigenDecomposition eigen, ReadOnlySpan<double> coefficients)
    {
        var y = new double[Count];
        for (var i = 0; i < coefficients.Length; i++)
            VectorLoops.AddScaled(coefficients[i], eigen.Vectors.AsSpan(i * Count, Count), y);
        return y;
    }
}
