using System.Numerics.Tensors;

namespace AutoDiff.Numerics;

/// <summary>A = Q·T·Qᵀ with T tridiagonal and Q a product of Householder reflectors H = I − τvvᵀ.</summary>
/// <remarks>
/// Rows are eliminated from the last upwards, so that each reflector lies along a row: Q = Hₙ₋₁ … H₁, Hᵢ acting on coordinates 0 … i − 1.
/// While what remains is larger than the cache it is only read, once a row, and changed by a product of depth 2k a panel of k rows (LAPACK's dsytrd and
/// dlatrd; Dongarra, Sorensen, Hammarling 1989). What fits is changed a row at a time, in the pass that multiplies it.
/// </remarks>
internal sealed class Tridiagonal
{
    private const int Panel = 32;

    /// <summary>The size up to which reading and writing costs less than a panel's bookkeeping: half of it squared fills a second-level cache.</summary>
    private const int Resident = 320;

    private readonly double[] _matrix;
    private readonly int _stride;
    private readonly double[] _tau;

    private Tridiagonal(int size) =>
        (_stride, _matrix, _tau, Size, Diagonal, OffDiagonal) = (
            Stride(size),
            new double[RowQuad.Padded(size) * Stride(size)],
            new double[size],
            size,
            new double[size],
            new double[Math.Max(size - 1, 0)]
        );

    public int Size { get; }

    /// <summary>T's diagonal [n].</summary>
    public double[] Diagonal { get; }

    /// <summary>T's off-diagonal [n − 1]: element i couples i and i + 1.</summary>
    public double[] OffDiagonal { get; }

    /// <summary>Reduces a symmetric matrix [size, size] with elements of about 1 at most.</summary>
    public static Tridiagonal Reduce(ReadOnlySpan<double> matrix, int size, int threads, CancellationToken cancellation)
    {
        var reduction = new Tridiagonal(size);
        for (var i = 0; i < size; i++)
            matrix.Slice(i * size, Math.Min(RowQuad.Padded(i + 1), size)).CopyTo(reduction.Row(i, size));
        var end = size;
        if (end > Resident)
            end = reduction.ReducePanels(end, threads, cancellation);
        cancellation.ThrowIfCancellationRequested();
        reduction.ReduceRows(end);
        return reduction;
    }

    /// <summary>x ← Q·x: an eigenvector of T becomes one of A.</summary>
    public void Back(Span<double> x)
    {
        for (var i = 1; i < Size; i++)
        {
            var v = Row(i, i);
            VectorLoops.AddScaled(-_tau[i] * VectorLoops.Dot(v, x), v, x);
        }
    }

    /// <summary>Each row x of <paramref name="rows"/> [n, n] ← Q·x, reflectors multiplied in blocks, Hₛ … Hₑ = I − VᵀSV (Schreiber, Van Loan 1989).</summary>
    public void Back(double[] rows, int threads, CancellationToken cancellation)
    {
        const int block = 2 * Panel;
        var n = Size;
        var (v, sv, products) = (new double[block * n], new double[block * n], new double[n * block]);
        for (var start = 1; start < n; start += block)
        {
            cancellation.ThrowIfCancellationRequested();
            var width = Math.Min(block, n - start);
            var length = start + width - 1;
            v.AsSpan().Clear();
            for (var k = 0; k < width; k++)
                Row(start + k, start + k).CopyTo(v.AsSpan(k * n));
            Combine(v, sv, start, width);
            MatrixView targets = new(rows, 0, n, 1),
                product = new(products, 0, block, 1);
            Products.Set(targets, new(v, 0, 1, n), product, n, length, width, threads);
            Products.Add(product, new(sv, 0, n, 1), targets, n, width, length, threads);
        }
    }

    /// <summary>A length between rows that keeps them in step with vectors and cache lines, and off powers of two, where they would share few places in a cache.</summary>
    private static int Stride(int size)
    {
        var stride = (size + 7) & -8;
        return stride % 256 == 0 ? stride + 8 : stride;
    }

    private Span<double> Row(int i, int length) => _matrix.AsSpan(i * _stride, length);

    /// <summary>Eliminates rows panel by panel until what is left is small; gives its size.</summary>
    private int ReducePanels(int end, int threads, CancellationToken cancellation)
    {
        var changes = new LowRankUpdate(2 * Panel, _stride, threads);
        for (; end > Resident; end -= Panel)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = end - 1; i >= end - Panel; i--)
            {
                var row = Row(i, i + 1);
                changes.AddRow(i, row);
                Diagonal[i] = row[i];
                var v = row[..i];
                (OffDiagonal[i - 1], _tau[i]) = Reflect(v);
                Append(changes, v, _tau[i]);
            }
            changes.Flush(_matrix, _stride, end - Panel);
        }
        return end;
    }

    /// <summary>Appends −vwᵀ − wvᵀ for the reflector with <paramref name="v"/> and τ.</summary>
    private void Append(LowRankUpdate changes, ReadOnlySpan<double> v, double tau)
    {
        var (n, k, padded) = (v.Length, changes.Count, RowQuad.Padded(v.Length));
        var x = changes.Right(k + 1)[..padded];
        var w = changes.Right(k)[..padded];
        v.CopyTo(x);
        x[n..].Clear();
        w.Clear();
        RowQuad.Multiply(_matrix, _stride, n, x, w);
        w = w[..n];
        changes.Multiply(v, w);
        Complete(w, v, tau);
        TensorPrimitives.Negate(v, changes.Left(k));
        TensorPrimitives.Negate(w, changes.Left(k + 1));
        changes.Append(2);
    }

    /// <summary>Eliminates the leading rows one at a time: A − vwᵀ − wvᵀ is left pending until the next reflector is known.</summary>
    private void ReduceRows(int end)
    {
        var length = RowQuad.Padded(end);
        double[] v = new double[length],
            w = new double[length],
            x = new double[length],
            y = new double[length];
        for (var i = end - 1; i >= 0; i--)
        {
            var row = Row(i, i + 1);
            VectorLoops.AddScaled(-v[i], w.AsSpan(0, i + 1), -w[i], v.AsSpan(0, i + 1), row);
            (v[i], w[i]) = (0, 0);
            Diagonal[i] = row[i];
            if (i == 0)
                return;
            var reflector = row[..i];
            (OffDiagonal[i - 1], _tau[i]) = Reflect(reflector);
            reflector.CopyTo(x);
            y.AsSpan().Clear();
            RowQuad.UpdateAndMultiply(_matrix, _stride, i, v, w, x, y);
            y.AsSpan(i).Clear();
            Complete(y.AsSpan(0, i), reflector, _tau[i]);
            (v, w, x, y) = (x, y, v, w);
            x.AsSpan().Clear();
        }
    }

    /// <summary>From y = Av the w for which HAH = A − vwᵀ − wvᵀ: w = τy − ½τ²(yᵀv)v.</summary>
    private static void Complete(Span<double> y, ReadOnlySpan<double> v, double tau)
    {
        VectorLoops.Scale(tau, y);
        VectorLoops.AddScaled(-0.5 * tau * VectorLoops.Dot(y, v), v, y);
    }

    /// <summary>Turns x into v, last element 1, with (I − τvvᵀ)x = (0, …, 0, β); gives β and τ.</summary>
    private static (double Beta, double Tau) Reflect(Span<double> x)
    {
        var last = x.Length - 1;
        var alpha = x[last];
        var squares = VectorLoops.Dot(x[..last], x[..last]);
        // The matrix is scaled to about 1: what is below 1e-140 is dropped, far within rounding.
        if (squares < 1e-280)
        {
            x.Clear();
            x[last] = 1;
            return (Math.Abs(alpha) < 1e-140 ? 0 : alpha, 0);
        }
        var beta = -Math.CopySign(Math.Sqrt((alpha * alpha) + squares), alpha);
        VectorLoops.Scale(1 / (alpha - beta), x[..last]);
        x[last] = 1;
        return (beta, (beta - alpha) / beta);
    }

    /// <summary>−SV for the reflectors V [width, n]; S is upper triangular, Sⱼⱼ = τⱼ, and column j above it is −τⱼ·S·(Vvⱼ).</summary>
    private void Combine(double[] v, double[] sv, int start, int width)
    {
        var s = new double[width, width];
        Span<double> products = stackalloc double[width];
        for (var j = 0; j < width; j++)
        {
            var tau = _tau[start + j];
            for (var i = 0; i < j; i++)
                products[i] = VectorLoops.Dot(v.AsSpan(i * Size, start + i), v.AsSpan(j * Size, start + i));
            for (var i = 0; i < j; i++)
            {
                var sum = 0.0;
                for (var k = i; k < j; k++)
                    sum += s[i, k] * products[k];
                s[i, j] = -tau * sum;
            }
            s[j, j] = tau;
        }
        sv.AsSpan().Clear();
        for (var i = 0; i < width; i++)
        {
            for (var k = i; k < width; k++)
                VectorLoops.AddScaled(-s[i, k], v.AsSpan(k * Size, start + k), sv.AsSpan(i * Size, start + k));
        }
    }
}
