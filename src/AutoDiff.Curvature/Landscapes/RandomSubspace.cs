namespace AutoDiff.Curvature;

/// <summary>The range of a Gaussian matrix A [n, p], held by columns [p, n], with A⁺ by A = QR.</summary>
internal sealed class RandomSubspace
{
    private readonly int _n;
    private readonly int _p;
    private readonly double[] _columns;
    private readonly double[] _q;
    private readonly double[] _r;

    private RandomSubspace(int n, int p, double[] columns, double[] q, double[] r) => (_n, _p, _columns, _q, _r) = (n, p, columns, q, r);

    public static RandomSubspace Of(int n, int p, Key key)
    {
        var columns = key.Normal([p, n]).ToArray();
        var (matrix, q, r) = (new double[n * p], new double[n * p], new double[p * p]);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < p; j++)
                matrix[(i * p) + j] = columns[(j * n) + i];
        }
        HouseholderQr.Decompose(matrix, n, p, q, r);
        return new(n, p, columns, q, r);
    }

    /// <summary>Ay [n].</summary>
    public double[] Map(double[] y)
    {
        var x = new double[_n];
        for (var j = 0; j < _p; j++)
            VectorLoops.AddScaled(y[j], _columns.AsSpan(j * _n, _n), x);
        return x;
    }

    /// <summary>Aᵀg [p].</summary>
    public double[] Pull(double[] g)
    {
        var y = new double[_p];
        for (var j = 0; j < _p; j++)
            y[j] = VectorLoops.Dot(_columns.AsSpan(j * _n, _n), g);
        return y;
    }

    /// <summary>A⁺x = R⁻¹Qᵀx [p].</summary>
    public double[] Coordinates(double[] x)
    {
        var y = new double[_p];
        for (var i = 0; i < _n; i++)
            VectorLoops.AddScaled(x[i], _q.AsSpan(i * _p, _p), y);
        for (var j = _p - 1; j >= 0; j--)
        {
            for (var k = j + 1; k < _p; k++)
                y[j] -= _r[(j * _p) + k] * y[k];
            y[j] /= _r[(j * _p) + j];
        }
        return y;
    }
}
