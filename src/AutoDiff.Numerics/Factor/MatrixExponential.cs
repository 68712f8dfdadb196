using System.Numerics.Tensors;

namespace AutoDiff.Numerics;

/// <summary>exp(A) by scaling, a diagonal Padé approximant and squaring.</summary>
/// <remarks>Higham 2005, algorithm 2.3: of the degrees 3, 5, 7, 9 and 13 the first whose backward error is below the unit roundoff, A halved until 13 is. The approximant's denominator is divided out by QR.</remarks>
public static class MatrixExponential
{
    // The largest 1-norm for each degree, and the approximant's coefficients (Higham 2005, table 2.3 and equation 2.4).
    private static readonly (double Norm, double[] Coefficients)[] Degrees =
    [
        (1.495585217958292e-2, [120, 60, 12, 1]),
        (2.539398330063230e-1, [30240, 15120, 3360, 420, 30, 1]),
        (9.504178996162932e-1, [17297280, 8648640, 1995840, 277200, 25200, 1512, 56, 1]),
        (2.097847961257068, [17643225600, 8821612800, 2075673600, 302702400, 30270240, 2162160, 110880, 3960, 90, 1]),
        (
            5.371920351148152,
            [
                64764752532480000,
                32382376266240000,
                7771770303897600,
                1187353796428800,
                129060195264000,
                10559470521600,
                670442572800,
                33522128640,
                1323241920,
                40840800,
                960960,
                16380,
                182,
                1,
            ]
        ),
    ];

    /// <summary>Writes exp(A) [size, size]; NaN where A holds NaN or ∞.</summary>
    /// <exception cref="ArgumentException">A matrix is not square.</exception>
    public static void Compute(ReadOnlySpan<double> matrix, int size, Span<double> result)
    {
        SymmetricMatrix.RequireSquare("MatrixExponential", matrix.Length, size);
        SymmetricMatrix.RequireSquare("MatrixExponential", result.Length, size);
        var norm = Norm(matrix, size);
        if (!double.IsFinite(norm))
        {
            result.Fill(double.NaN);
            return;
        }
        var (most, coefficients) = Degrees[^1];
        foreach (var (limit, of) in Degrees)
        {
            if (norm > limit)
                continue;
            coefficients = of;
            break;
        }
        var halvings = norm > most ? Math.Max(0, (int)Math.Ceiling(Math.Log2(norm / most))) : 0;
        using var a = new Rented(matrix.Length);
        using var y = new Rented(matrix.Length);
        TensorPrimitives.Multiply(matrix, Math.ScaleB(1, -halvings), a.Span);
        Approximate(a, size, coefficients, y);
        for (; halvings > 0; halvings--)
        {
            Multiply(y, y, a, size);
            a.Span.CopyTo(y.Span);
        }
        y.Span.CopyTo(result);
    }

    /// <summary>The largest sum of magnitudes in a column.</summary>
    private static double Norm(ReadOnlySpan<double> a, int size)
    {
        using var sums = new Rented(size);
        sums.Span.Clear();
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                sums.Array[j] += Math.Abs(a[(i * size) + j]);
        }
        return VectorLoops.Largest(sums.Span);
    }

    /// <summary>The approximant p(A)/p(−A): with U and V its odd and even parts, (V − U)⁻¹(V + U).</summary>
    private static void Approximate(Rented a, int size, double[] b, Rented y)
    {
        using var odd = new Rented(a.Span.Length);
        using var even = new Rented(a.Span.Length);
        using var square = new Rented(a.Span.Length);
        using var free = new Rented(a.Span.Length);
        Multiply(a, a, square, size);
        if (b.Length == 14)
            Split(square, size, b, odd, even, free);
        else
            Sum(square, size, b, odd, even, free);
        Multiply(a, odd, free, size);
        TensorPrimitives.Subtract(even.Span, free.Span, odd.Span);
        TensorPrimitives.Add(even.Span, free.Span, even.Span);
        Divide(odd.Span, even, size, y);
    }

    /// <summary>Σ b₂ₖA²ᵏ and Σ b₂ₖ₊₁A²ᵏ by powers of A², one after another.</summary>
    private static void Sum(Rented square, int size, double[] b, Rented odd, Rented even, Rented free)
    {
        using var power = new Rented(square.Span.Length);
        square.Span.CopyTo(power.Span);
        odd.Span.Clear();
        even.Span.Clear();
        AddIdentity(odd, size, b[1]);
        AddIdentity(even, size, b[0]);
        for (var k = 2; k < b.Length; k += 2)
        {
            if (k > 2)
            {
                Multiply(power, square, free, size);
                free.Span.CopyTo(power.Span);
            }
            VectorLoops.AddScaled(b[k], power.Span, even.Span);
            VectorLoops.AddScaled(b[k + 1], power.Span, odd.Span);
        }
    }

    /// <summary>The same for degree 13 from A², A⁴ and A⁶ alone.</summary>
    private static void Split(Rented square, int size, double[] b, Rented odd, Rented even, Rented free)
    {
        using var fourth = new Rented(square.Span.Length);
        using var sixth = new Rented(square.Span.Length);
        Multiply(square, square, fourth, size);
        Multiply(fourth, square, sixth, size);
        Half(1, odd);
        Half(0, even);

        void Half(int start, Rented to)
        {
            free.Span.Clear();
            VectorLoops.AddScaled(b[12 + start], sixth.Span, free.Span);
            VectorLoops.AddScaled(b[10 + start], fourth.Span, b[8 + start], square.Span, free.Span);
            Multiply(sixth, free, to, size);
            VectorLoops.AddScaled(b[6 + start], sixth.Span, to.Span);
            VectorLoops.AddScaled(b[4 + start], fourth.Span, b[2 + start], square.Span, to.Span);
            AddIdentity(to, size, b[start]);
        }
    }

    private static void AddIdentity(Rented x, int size, double value)
    {
        for (var i = 0; i < size; i++)
            x.Array[i * (size + 1)] += value;
    }

    /// <summary>Y ← D⁻¹·N by D = QR, whose diagonal is not 0: the approximant's denominator is well conditioned.</summary>
    private static void Divide(ReadOnlySpan<double> denominator, Rented numerator, int size, Rented y)
    {
        using var q = new Rented(size * size);
        using var r = new Rented(size * size);
        HouseholderQr.Decompose(denominator, size, size, q.Span, r.Span);
        Products.Set(new(q.Array, 0, 1, size), new(numerator.Array, 0, size, 1), new(y.Array, 0, size, 1), size, size, size);
        for (var i = size - 1; i >= 0; i--)
        {
            var row = y.Span.Slice(i * size, size);
            for (var j = i + 1; j < size; j++)
                VectorLoops.AddScaled(-r.Array[(i * size) + j], y.Span.Slice(j * size, size), row);
            VectorLoops.Scale(1 / r.Array[i * (size + 1)], row);
        }
    }

    private static void Multiply(Rented x, Rented y, Rented to, int size) =>
        Products.Set(new(x.Array, 0, size, 1), new(y.Array, 0, size, 1), new(to.Array, 0, size, 1), size, size, size);
}
