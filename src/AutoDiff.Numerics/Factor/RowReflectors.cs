namespace AutoDiff.Numerics;

/// <summary>Householder reflectors H = I − τvvᵀ that triangularize the transpose of a matrix held by rows: reflector i lies in row i from column i on.</summary>
/// <remarks>
/// LAPACK's dgeqrf on the transpose, so that all work is along rows: a panel of rows is eliminated one row at a time, the rows below it by matrix products,
/// Hₛ … Hₑ = I − VᵀTV (Schreiber, Van Loan 1989).
/// </remarks>
internal readonly struct RowReflectors
{
    private const int Panel = 32;

    // What is smaller, in a matrix scaled to about 1, is far within rounding.
    private const double Negligible = 1e-290;

    private readonly double[] _rows;
    private readonly double[] _tau;
    private readonly int _length;

    /// <summary>Eliminates <paramref name="rows"/> [count, length], of elements of about 1 at most; τ and the diagonal left [min(count, length)] are written.</summary>
    public RowReflectors(double[] rows, int count, int length, double[] tau, Span<double> diagonal)
    {
        (_rows, _tau, _length, Count) = (rows, tau, length, Math.Min(count, length));
        for (var start = 0; start < Count; start += Panel)
        {
            var end = Math.Min(start + Panel, Count);
            // A wide matrix's last panel takes its remaining rows in as they are.
            var below = end == Count && count - end <= Panel ? count : end;
            for (var i = start; i < end; i++)
            {
                var v = Row(i)[i..];
                (diagonal[i], tau[i]) = Reflect(v);
                for (var j = i + 1; j < below; j++)
                    Turn(v, tau[i], Row(j)[i..]);
            }
            if (below < count)
                Apply(start, end - start, new(rows, (below * length) + start, length, 1), count - below, inverse: true);
        }
    }

    /// <summary>The number of reflectors.</summary>
    public int Count { get; }

    /// <summary>Turns <paramref name="x"/>, the leading <paramref name="count"/> rows of the identity [length, length], into the columns of Q = H₀ … Hₖ₋₁.</summary>
    /// <remarks>The rows before i are 0 where reflector i would change them.</remarks>
    public void Columns(double[] x, int count)
    {
        if (Count <= Panel / 2)
        {
            for (var i = Count - 1; i >= 0; i--)
            {
                var v = Row(i)[i..];
                for (var row = i; row < count; row++)
                    Turn(v, _tau[i], x.AsSpan((row * _length) + i, _length - i));
            }
            return;
        }
        for (var start = (Count - 1) / Panel * Panel; start >= 0; start -= Panel)
        {
            var width = Math.Min(Panel, Count - start);
            Apply(start, width, new(x, (start * _length) + start, _length, 1), count - start, inverse: false);
        }
    }

    private Span<double> Row(int i) => _rows.AsSpan(i * _length, _length);

    /// <summary>y ← Hy.</summary>
    private static void Turn(ReadOnlySpan<double> v, double tau, Span<double> y)
    {
        if (tau != 0)
            VectorLoops.AddScaled(-tau * VectorLoops.Dot(v, y), v, y);
    }

    /// <summary>Turns x into v, first element 1, with (I − τvvᵀ)x = (β, 0, …, 0); gives β and τ.</summary>
    private static (double Beta, double Tau) Reflect(Span<double> x)
    {
        var (alpha, rest) = (x[0], VectorLoops.Norm(x[1..]));
        x[0] = 1;
        if (rest < Negligible)
        {
            x[1..].Clear();
            return (alpha, 0);
        }
        var beta = -Math.CopySign(PlanePair.Hypotenuse(alpha, rest), alpha);
        VectorLoops.Scale(1 / (alpha - beta), x[1..]);
        return (beta, (beta - alpha) / beta);
    }

    /// <summary>Each of <paramref name="count"/> rows x, from column <paramref name="start"/> on, ← Hₛ … Hₑx, or Hₑ … Hₛx for the inverse.</summary>
    private void Apply(int start, int width, MatrixView targets, int count, bool inverse)
    {
        var length = _length - start;
        using var v = new Rented(width * length);
        using var tv = new Rented(width * length);
        using var products = new Rented(count * width);
        v.Span.Clear();
        for (var k = 0; k < width; k++)
            Row(start + k)[(start + k)..].CopyTo(v.Span[((k * length) + k)..]);
        Combine(v.Span, tv.Span, start, width, inverse);
        MatrixView product = new(products.Array, 0, width, 1);
        Products.Set(targets, new(v.Array, 0, 1, length), product, count, length, width);
        Products.Add(product, new(tv.Array, 0, length, 1), targets, count, width, length);
    }

    /// <summary>−TᵀV, or −TV for the inverse, of V [width, length]; T is upper triangular, Tⱼⱼ = τⱼ, and column j above it is −τⱼ·T·(Vvⱼ).</summary>
    private void Combine(ReadOnlySpan<double> v, Span<double> tv, int start, int width, bool inverse)
    {
        var length = _length - start;
        Span<double> t = stackalloc double[Panel * Panel];
        Span<double> products = stackalloc double[Panel];
        for (var j = 0; j < width; j++)
        {
            var tau = _tau[start + j];
            for (var i = 0; i < j; i++)
                products[i] = VectorLoops.Dot(v.Slice((i * length) + j, length - j), v.Slice((j * length) + j, length - j));
            for (var i = 0; i < j; i++)
            {
                var sum = 0.0;
                for (var k = i; k < j; k++)
                    sum += t[(i * Panel) + k] * products[k];
                t[(i * Panel) + j] = -tau * sum;
            }
            t[(j * Panel) + j] = tau;
        }
        tv.Clear();
        for (var i = 0; i < width; i++)
        {
            for (var k = i; k < width; k++)
            {
                var (from, to) = inverse ? (k, i) : (i, k);
                VectorLoops.AddScaled(-t[(i * Panel) + k], v.Slice((from * length) + from, length - from), tv[((to * length) + from)..]);
            }
        }
    }
}
